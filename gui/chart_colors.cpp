// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/chart_colors.h"

#include "gui/tone.h"

namespace foliot::gui {

QColor lineColor(const QPalette& palette)
{
    return toneColor(Tone::Accent, palette);
}

QColor uncertaintyColor(const QPalette& palette)
{
    return mixed(palette.color(QPalette::Base), lineColor(palette), 0.40);
}

QColor boundColor(const QPalette& palette)
{
    return mixed(palette.color(QPalette::Base), lineColor(palette), 0.16);
}

QColor boundEdge(const QPalette& palette)
{
    return mixed(palette.color(QPalette::Base), lineColor(palette), 0.55);
}

} // namespace foliot::gui
