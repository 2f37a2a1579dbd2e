// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the scale of a picture is called, for whoever wonders about the distances of its marks. Shown by the charts and by the
// picture of the selection.

#include "gui/symlog_scale.h"

#include <QCoreApplication>
#include <QFontMetricsF>

namespace foliot::gui {

class ScaleName {
    Q_DECLARE_TR_FUNCTIONS(foliot::gui::ScaleName)

public:
    // The longest form that is no wider than `room`; empty where none is, and for a scale that is linear as far as it goes.
    [[nodiscard]] static QString of(const SymlogScale& scale, const QFontMetricsF& metrics, double room);
    // What it means, a sentence.
    [[nodiscard]] static QString meaning();
};

} // namespace foliot::gui
