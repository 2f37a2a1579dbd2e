// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/clock_facts.h"

#include "bus/client/duration.h"
#include "bus/client/summary.h"
#include "gui/format.h"

#include <cmath>

namespace foliot::gui {

namespace {

constexpr qsizetype longestName = 48; // so that the figures after it are seen

QString shortened(const QString& name)
{
    return name.size() <= longestName ? name : name.first(longestName - 1) + QChar(0x2026);
}

} // namespace

QString ClockFacts::of(const bus::ClockData& clock, const QString& selectedName)
{
    QStringList facts;
    if (!selectedName.isEmpty())
        facts << shortened(selectedName);
    if (clock.stratum >= 1 && clock.stratum < 16)
        //: %1 is a number from 1 to 15: that of this computer, one more than its source's, whose name stands before it
        facts << tr("own stratum %1").arg(clock.stratum);
    if (const auto known = bus::uncertaintyOfOffset(clock)) {
        //: %1 is an offset such as +3.2 h that was not corrected, %2 a length of time such as 0.2 ms; 99.9 % certain
        facts << tr("offset %1, known to ±%2").arg(Format::tick(clock.offsetSeconds), Format::limit(*known));
    } else if (std::isfinite(clock.uncertaintySeconds)) {
        //: %1 is an offset such as +12 µs
        facts << tr("offset %1").arg(Format::tick(bus::meaningful(clock.offsetSeconds, clock.uncertaintySeconds)));
        //: %1 is a length of time such as 0.2 ms; 99.9 % certain
        facts << tr("uncertainty ±%1").arg(Format::limit(clock.uncertaintySeconds));
    }
    if (std::isfinite(clock.uncertaintySeconds)) {
        //: %1 is a correction such as +30.12 ppm
        facts << tr("frequency %1").arg(Format::ppm(clock.frequencyPpm));
    }
    return inOneLine(facts);
}

QString ClockFacts::age(double seconds)
{
    if (!std::isfinite(seconds))
        return {};
    //: %1 is a length of time such as 12 min
    return tr("measured %1 ago").arg(Format::age(seconds));
}

QString ClockFacts::inOneLine(QStringList facts)
{
    facts.removeAll(QString());
    return facts.join(QStringLiteral(" \u00b7 "));
}

} // namespace foliot::gui
