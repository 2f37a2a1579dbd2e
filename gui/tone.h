// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The few meanings a colour and a size of text have here. Colours are made from the palette of the moment, so that light,
// dark and high-contrast schemes all stay readable. Colour never stands alone: a shape or a word says the same.

#include <QColor>
#include <QFont>
#include <QPalette>

namespace foliot::gui {

enum class Tone : quint8 { Neutral, Good, Attention, Bad, Accent };

// As text or icon on `background`: contrast at least 4.5 to 1.
[[nodiscard]] QColor toneColor(Tone tone, const QPalette& palette, QPalette::ColorRole background = QPalette::Base);

// Text of second rank: softer than the text of first rank, contrast still at least 4.5 to 1.
[[nodiscard]] QColor secondaryText(const QPalette& palette, QPalette::ColorRole background = QPalette::Window);

// Lines that separate, and grids.
[[nodiscard]] QColor hairline(const QPalette& palette, QPalette::ColorRole background = QPalette::Base);

// A mix of two opaque colours; 0 is all `first`.
[[nodiscard]] QColor mixed(const QColor& first, const QColor& second, double share);

// The colour, let through to what is below it; opacity 0 to 1.
[[nodiscard]] QColor faded(QColor color, double opacity);

// Contrast of two opaque colours as WCAG 2.1 defines it, 1 to 21.
[[nodiscard]] double contrast(const QColor& first, const QColor& second);

// The font in the size that desktops use for captions.
[[nodiscard]] QFont captionFont(QFont font);

} // namespace foliot::gui
