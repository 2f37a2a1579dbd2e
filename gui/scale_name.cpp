// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/scale_name.h"

namespace foliot::gui {

QString ScaleName::of(const SymlogScale& scale, const QFontMetricsF& metrics, double room)
{
    if (scale.isLinear())
        return {};
    for (const QString& name : {tr("symmetric-logarithmic scale"), tr("symmetric log scale"), tr("log scale")}) {
        if (metrics.horizontalAdvance(name) <= room)
            return name;
    }
    return {};
}

QString ScaleName::meaning()
{
    return tr("The scale is symmetric-logarithmic where what is far away would squeeze the rest: linear about zero, "
              "logarithmic beyond.");
}

} // namespace foliot::gui
