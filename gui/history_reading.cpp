// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/history_reading.h"

#include "gui/format.h"

#include <algorithm>
#include <cmath>

namespace foliot::gui {

namespace {

// Of the offsets that fell into one slot, the one that is farther from zero.
double largerOffset(const HistorySlot& slot)
{
    return std::abs(slot.offsetHigh) > std::abs(slot.offsetLow) ? slot.offsetHigh : slot.offsetLow;
}

} // namespace

QString HistoryReading::moment(double ageSeconds)
{
    //: %1 is a length of time such as 5 min
    return tr("%1 ago").arg(Format::age(ageSeconds));
}

QStringList HistoryReading::values(const HistorySlot& slot, HistoryQuantity quantity)
{
    switch (quantity) {
    case HistoryQuantity::Jitter:
        //: %1 is a length of time
        return {tr("Jitter %1").arg(Format::seconds(slot.jitter))};
    case HistoryQuantity::Offset:
        //: %1 is an offset such as +12 µs
        return {tr("Offset %1").arg(Format::seconds(largerOffset(slot), Format::Sign::Always)),
            //: %1 is a length of time
            tr("Uncertainty ±%1").arg(Format::limit(slot.uncertainty)),
            //: %1 is a length of time
            tr("Bound ±%1").arg(Format::limit(slot.bound))};
    }
    return {};
}

QString HistoryReading::summary(const HistoryBuffer& buffer, HistoryQuantity quantity)
{
    const QList<HistorySlot>& all = buffer.slotList();
    if (all.isEmpty())
        return tr("Nothing measured yet");
    const QString newest = values(all.constLast(), quantity).join(QStringLiteral(", "));
    switch (quantity) {
    case HistoryQuantity::Jitter: {
        const HistorySlot most = std::ranges::max(all, {}, &HistorySlot::jitter);
        //: %1 says the newest values, %2 and %3 are lengths of time
        return tr("Now: %1. At most %2 in the last %3.")
            .arg(newest, Format::seconds(most.jitter), Format::span(buffer.rangeSeconds()));
    }
    case HistoryQuantity::Offset: {
        const double low = std::ranges::min(all, {}, &HistorySlot::offsetLow).offsetLow;
        const double high = std::ranges::max(all, {}, &HistorySlot::offsetHigh).offsetHigh;
        //: %1 says the newest values, %2 and %3 are offsets such as −2 ms and +80 ms, %4 is a length of time
        return tr("Now: %1. Between %2 and %3 in the last %4.")
            .arg(newest, Format::seconds(low, Format::Sign::Always), Format::seconds(high, Format::Sign::Always),
                Format::span(buffer.rangeSeconds()));
    }
    }
    return {};
}

} // namespace foliot::gui
