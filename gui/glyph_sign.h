// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A large sign, as tall as some lines of text.

#include "gui/glyph_icon.h"

#include <QWidget>

namespace foliot::gui {

class GlyphSign : public QWidget {
    Q_OBJECT

public:
    explicit GlyphSign(double lines, QWidget* parent = nullptr);

    void setGlyph(Glyph glyph, Tone tone);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    double m_lines;
    Glyph m_glyph = Glyph::Waiting;
    Tone m_tone = Tone::Neutral;
};

} // namespace foliot::gui
