// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The colours of the history charts, for what they draw and for the keys that explain it.

#include <QColor>
#include <QPalette>

namespace foliot::gui {

[[nodiscard]] QColor lineColor(const QPalette& palette);
[[nodiscard]] QColor uncertaintyColor(const QPalette& palette);
[[nodiscard]] QColor boundColor(const QPalette& palette);
// The band is faint; its edge is what is read.
[[nodiscard]] QColor boundEdge(const QPalette& palette);

} // namespace foliot::gui
