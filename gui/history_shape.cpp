// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/history_shape.h"

#include <algorithm>
#include <cmath>

namespace foliot::gui {

RunShape shapeOf(std::span<const HistorySlot> run, const HistoryBuffer& buffer, quint64 nowUSec,
    const SymlogScale& scale, HistoryQuantity quantity)
{
    const double lowest = scale.transformed(scale.low());
    const double highest = scale.transformed(scale.high());
    const auto clamped = [lowest, highest](double place) { return std::clamp(place, lowest, highest); };
    const auto inside = [&](double seconds) { return clamped(scale.transformed(seconds)); };
    RunShape shape;
    for (const HistorySlot& slot : run) {
        const double x = -buffer.ageOf(slot, nowUSec);
        if (quantity == HistoryQuantity::Jitter) {
            if (std::isfinite(slot.jitter))
                shape.line.append({x, inside(slot.jitter)});
            continue;
        }
        shape.line.append({x, inside(slot.offsetLow)});
        if (slot.offsetHigh != slot.offsetLow)
            shape.line.append({x, inside(slot.offsetHigh)});
        if (std::isfinite(slot.bound)) {
            const double height = scale.transformed(slot.bound);
            shape.boundAbove.append({x, clamped(height)});
            shape.boundBelow.append({x, clamped(-height)});
        }
        if (std::isfinite(slot.uncertainty)) {
            const double height = scale.transformed(slot.uncertainty);
            shape.uncertaintyAbove.append({x, clamped(height)});
            shape.uncertaintyBelow.append({x, clamped(-height)});
        }
    }
    if (run.size() != 1)
        return shape;
    // One slot alone is as wide as it is long, so that it is seen.
    for (QList<QPointF>* points :
        {&shape.line, &shape.boundAbove, &shape.boundBelow, &shape.uncertaintyAbove, &shape.uncertaintyBelow}) {
        if (!points->isEmpty())
            points->append({std::min(points->constLast().x() + buffer.slotSeconds(), 0.0), points->constLast().y()});
    }
    return shape;
}

std::vector<OffsetRange> rangesOf(const HistoryBuffer& buffer, HistoryQuantity quantity)
{
    std::vector<OffsetRange> ranges;
    for (const HistorySlot& slot : buffer.slotList()) {
        if (quantity == HistoryQuantity::Jitter) {
            ranges.push_back({.low = 0.0, .high = slot.jitter});
            continue;
        }
        ranges.push_back({.low = slot.offsetLow, .high = slot.offsetHigh});
        ranges.push_back({.low = -slot.uncertainty, .high = slot.uncertainty});
        ranges.push_back({.low = -slot.bound, .high = slot.bound});
    }
    return ranges;
}

} // namespace foliot::gui
