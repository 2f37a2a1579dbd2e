// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/status_report.h"

#include "bus/client/duration.h"
#include "cli/facts.h"
#include "cli/text.h"
#include "cli/values.h"

#include <algorithm>
#include <cmath>

namespace foliot::cli {

using namespace Qt::StringLiterals;
using bus::durationText;
using bus::Verdict;

namespace {

// What is wrong that no measurement shows.
void addProblems(const bus::ClockData& clock, Facts& facts)
{
    QStringList lines;
    for (const QString& line : clock.configurationProblem.split(u'\n', Qt::SkipEmptyParts))
        lines.append(printable(line));
    if (!lines.isEmpty())
        lines.prepend(u"not taken, the one before is in force:"_s);
    for (qsizetype i = 0; i < lines.size(); ++i)
        facts.add(i == 0 ? u"Configuration"_s : QString(), lines.at(i), Style::Bad);
    if (!clock.restartNeeded.isEmpty())
        facts.add(u"Restart"_s, u"needed for "_s + printable(clock.restartNeeded.join(u", "_s)), Style::Attention);
    for (const QString& sentence : clock.sourcesLeftOut)
        facts.add(u"Left out"_s, printable(sentence), Style::Attention);
    if (!clock.otherClockKeepers.isEmpty())
        facts.add(u"Kept by"_s, printable(clock.otherClockKeepers.join(u", "_s)), Style::Attention);
    if (!clock.leapListProblem.isEmpty())
        facts.add(u"Leap list"_s, printable(clock.leapListProblem), Style::Attention);
    if (!clock.stateProblem.isEmpty())
        facts.add(u"Memory"_s, printable(clock.stateProblem), Style::Bad);
}

QString sourceCounts(const Snapshot& snapshot)
{
    int used = 0;
    int falsetickers = 0;
    for (const auto& [id, source] : snapshot.sources) {
        used += source.verdict == Verdict::Selected || source.verdict == Verdict::Combined;
        falsetickers += source.verdict == Verdict::Falseticker;
    }
    QString text = u"%1, %2 used"_s.arg(snapshot.sources.size()).arg(used);
    if (falsetickers > 0)
        text += u", %1 telling the wrong time"_s.arg(falsetickers);
    return text;
}

QString reference(const Snapshot& snapshot)
{
    const bus::ClockData& clock = snapshot.clock;
    if (clock.stratum >= 16)
        return u"unsynchronized"_s;
    QString text = u"%1, from %2"_s.arg(clock.stratum).arg(printable(clock.referenceId));
    if (clock.selectedSource) {
        const auto source = snapshot.sources.find(*clock.selectedSource);
        if (source != snapshot.sources.end())
            text += u" (%1)"_s.arg(printable(source->second.name));
    }
    return text;
}

} // namespace

Lines headlineLines(const Snapshot& snapshot, std::optional<int> width)
{
    Lines lines;
    const Sentence sentence = snapshot.sentence();
    for (const QString& line : wrapped(sentence.headline, width))
        lines.push_back({{.text = line, .style = sentence.style}});
    if (!sentence.advice.isEmpty()) {
        for (const QString& line : wrapped(sentence.advice, width))
            lines.push_back({{.text = line}});
    }
    return lines;
}

Lines statusLines(const Snapshot& snapshot)
{
    Lines lines = headlineLines(snapshot);
    if (!snapshot.isAvailable())
        return lines;
    const bus::ClockData& clock = snapshot.clock;
    Facts facts;
    if (std::isfinite(clock.boundSeconds)) {
        // What holds whatever the paths are holds 99.9 % of the time too.
        const double bound = snapshot.summary().boundSeconds;
        const double likely = std::min(clock.uncertaintySeconds, bound);
        const auto known = bus::uncertaintyOfOffset(clock);
        facts.add(
            u"Offset"_s, known ? u"%1, known to ±%2"_s.arg(signedDuration(clock.offsetSeconds), bus::boundText(*known))
                               : signedDuration(bus::meaningful(clock.offsetSeconds, clock.uncertaintySeconds)));
        facts.add(u"Uncertainty"_s, u"±%1, 99.9 % of the time%2"_s.arg(bus::boundText(likely),
                                        known ? u"; most of it is the offset, not corrected yet"_s : QString()));
        facts.add(u"Bound"_s, u"±%1, whatever the paths"_s.arg(bus::boundText(bound)));
        facts.add(u"Measured"_s, clock.lastUpdateBoottimeUSec == 0
                                     ? u"none"_s
                                     : ageOf(clock.lastUpdateBoottimeUSec, snapshot.now) + u" ago"_s);
        facts.add(u"Jitter"_s, durationText(clock.jitterSeconds));
    }
    facts.add(u"Frequency"_s, ppm(clock.frequencyPpm) + u" ±"_s + ppm(clock.frequencyUncertaintyPpm, false));
    if (clock.extraRatePpm != 0.0)
        facts.add(u"Slewing"_s, ppm(clock.extraRatePpm), Style::Attention);
    facts.add(u"Clock"_s,
        wordOf(snapshot.clockProperties, u"ClockType"_s) + (clock.steering ? u", steered"_s : u", not steered"_s));
    facts.add(u"Stratum"_s, reference(snapshot));
    facts.add(u"Root"_s, u"delay %1, dispersion %2"_s.arg(
                             durationText(clock.rootDelaySeconds), durationText(clock.rootDispersionSeconds)));
    facts.add(u"Leap second"_s,
        wordOf(snapshot.clockProperties, u"Leap"_s) +
            (clock.taiMinusUtcSeconds == 0 ? QString() : u", TAI is %1 s ahead"_s.arg(clock.taiMinusUtcSeconds)));
    facts.add(u"Steps"_s, clock.stepCount == 0
                              ? u"none"_s
                              : u"%1, the last %2"_s.arg(clock.stepCount).arg(signedDuration(clock.lastStepSeconds)));
    facts.add(u"Sources"_s, sourceCounts(snapshot));
    if (clock.serverEnabled)
        facts.add(u"Server"_s, u"%1 answered, %2 dropped"_s.arg(clock.serverAnswered).arg(clock.serverDropped));
    addProblems(clock, facts);
    facts.add(u"Service"_s, u"foliotd "_s + printable(clock.version));
    facts.appendTo(lines);
    return lines;
}

} // namespace foliot::cli
