// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a HistoryChart draws, as points: x is the age in seconds and negative, y a place on a SymlogScale. Pure; HistoryChart
// hands the points to the drawing library.

#include "gui/history_buffer.h"
#include "gui/history_reading.h"
#include "gui/symlog_scale.h"

#include <QList>
#include <QPointF>

#include <span>
#include <vector>

namespace foliot::gui {

// The line and the edges of the bands of slots without a hole between them. Cut to the scale.
struct RunShape {
    QList<QPointF> line;
    QList<QPointF> boundAbove; // bands are of the offset alone
    QList<QPointF> boundBelow;
    QList<QPointF> uncertaintyAbove;
    QList<QPointF> uncertaintyBelow;
};

[[nodiscard]] RunShape shapeOf(std::span<const HistorySlot> run, const HistoryBuffer& buffer, quint64 nowUSec,
    const SymlogScale& scale, HistoryQuantity quantity);

// What the scale has to hold.
[[nodiscard]] std::vector<OffsetRange> rangesOf(const HistoryBuffer& buffer, HistoryQuantity quantity);

} // namespace foliot::gui
