// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/source_report.h"

#include "bus/client/duration.h"
#include "cli/facts.h"
#include "cli/nts_report.h"
#include "cli/status_report.h"
#include "cli/table.h"
#include "cli/text.h"
#include "cli/values.h"

namespace foliot::cli {

using namespace Qt::StringLiterals;
using bus::ageText;
using bus::durationText;
using bus::Verdict;

namespace {

Style styleOf(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Selected:
    case Verdict::Combined:
        return Style::Good;
    case Verdict::Falseticker:
        return Style::Bad;
    case Verdict::Outlier:
    case Verdict::Undecided:
    case Verdict::Unusable:
    case Verdict::Unreachable:
        return Style::Attention;
    case Verdict::Waiting:
    case Verdict::Excluded:
    case Verdict::Unknown:
        return Style::Faint;
    }
    Q_UNREACHABLE_RETURN(Style::Plain);
}

// One character that tells verdicts apart without colours.
QString markOf(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Selected:
        return u"*"_s;
    case Verdict::Combined:
        return u"+"_s;
    case Verdict::Outlier:
        return u"-"_s;
    case Verdict::Falseticker:
        return u"x"_s;
    case Verdict::Undecided:
        return u"~"_s;
    case Verdict::Excluded:
        return u"#"_s;
    case Verdict::Unreachable:
    case Verdict::Unusable:
    case Verdict::Waiting:
    case Verdict::Unknown:
        return u"?"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

// The oldest query on the left.
QString reachDots(quint8 reach)
{
    QString dots;
    for (int bit = 7; bit >= 0; --bit)
        dots += (reach >> bit) & 1 ? u'●' : u'○';
    return dots;
}

} // namespace

Lines sourcesLines(const Snapshot& snapshot, std::optional<int> width)
{
    if (!snapshot.isAvailable() || snapshot.sources.empty())
        return headlineLines(snapshot);
    Table table({{.heading = u" "_s}, {.heading = u"Id"_s, .alignment = Alignment::Right},
        {.heading = u"Name"_s, .least = 20}, {.heading = u"Address"_s, .leaves = 1}, {.heading = u"Verdict"_s},
        {.heading = u"St"_s, .alignment = Alignment::Right, .leaves = 4}, {.heading = u"Reach"_s, .leaves = 7},
        {.heading = u"Poll"_s, .alignment = Alignment::Right, .leaves = 2},
        {.heading = u"Answer"_s, .alignment = Alignment::Right, .leaves = 5},
        {.heading = u"Offset"_s, .alignment = Alignment::Right},
        {.heading = u"Delay"_s, .alignment = Alignment::Right, .leaves = 6},
        {.heading = u"Jitter"_s, .alignment = Alignment::Right, .leaves = 3}});
    for (const auto& [id, source] : snapshot.sources) {
        const Style style = styleOf(source.verdict);
        const auto estimate = [&](const QString& text) { return source.hasEstimate ? text : none; };
        table.add({{.text = markOf(source.verdict), .style = style}, {.text = QString::number(id)},
            {.text = printable(source.name)}, {.text = source.address.isEmpty() ? none : printable(source.address)},
            {.text = wordOf(snapshot.sourceProperties.at(id), u"Verdict"_s), .style = style},
            {.text = source.ntpVersion == 0 ? none : QString::number(source.stratum)},
            {.text = reachDots(source.reach)}, {.text = ageText(source.pollSeconds)},
            {.text = ageOf(source.lastAnswerBoottimeUSec, snapshot.now)},
            {.text = estimate(signedDuration(source.offsetSeconds))},
            {.text = estimate(durationText(source.delaySeconds))},
            {.text = estimate(durationText(source.jitterSeconds))}});
    }
    return std::move(table).lines(width, u"foliotctl sources -v"_s);
}

Lines sourceDetailLines(const Snapshot& snapshot)
{
    if (!snapshot.isAvailable() || snapshot.sources.empty())
        return headlineLines(snapshot);
    Lines lines;
    for (const auto& [id, source] : snapshot.sources) {
        const QVariantMap& properties = snapshot.sourceProperties.at(id);
        if (!lines.empty())
            lines.push_back({});
        lines.push_back({{.text = u"%1  "_s.arg(id)}, {.text = printable(source.name), .style = Style::Heading}});
        Facts facts;
        facts.add(u"Verdict"_s, u"%1 (%2)"_s.arg(wordOf(properties, u"Verdict"_s), wordOf(properties, u"Reason"_s)),
            styleOf(source.verdict));
        if (!source.lastError.isEmpty())
            facts.add(u"Last error"_s, printable(source.lastError), Style::Attention);
        facts.add(u"Address"_s, source.address.isEmpty()
                                    ? u"unresolved, port %1"_s.arg(source.port)
                                    : u"%1, port %2"_s.arg(printable(source.address)).arg(source.port));
        facts.add(u"Origin"_s, wordOf(properties, u"Origin"_s));
        QStringList options;
        const QVariantMap given = properties.value(u"Options"_s).toMap();
        for (auto option = given.cbegin(); option != given.cend(); ++option)
            options.append(printable(option.key()) + u' ' + printable(option.value().toString()));
        facts.add(u"Options"_s, options.join(u", "_s));
        addAuthentication(source, facts);
        facts.add(u"Reach"_s, reachDots(source.reach));
        facts.add(u"Poll"_s, u"every "_s + ageText(source.pollSeconds));
        facts.add(u"Last answer"_s, source.lastAnswerBoottimeUSec == 0
                                        ? u"none"_s
                                        : ageOf(source.lastAnswerBoottimeUSec, snapshot.now) + u" ago"_s);
        facts.add(u"Queries"_s, u"%1, %2 answered"_s.arg(source.queries).arg(source.answers));
        QStringList rejected;
        for (auto count = source.rejected.cbegin(); count != source.rejected.cend(); ++count)
            rejected.append(u"%1 %2"_s.arg(count.value()).arg(printable(count.key())));
        if (!rejected.isEmpty())
            facts.add(u"Dropped"_s, rejected.join(u", "_s), Style::Attention);
        if (!source.lastKiss.isEmpty())
            facts.add(u"Kiss code"_s, printable(source.lastKiss), Style::Attention);
        if (source.ntpVersion != 0) {
            facts.add(u"Server"_s, u"NTP version %1, stratum %2, from %3, leap second %4"_s.arg(source.ntpVersion)
                                       .arg(source.stratum)
                                       .arg(printable(source.referenceId), wordOf(properties, u"Leap"_s)));
            facts.add(u"Its root"_s, u"delay %1, dispersion %2"_s.arg(durationText(source.rootDelaySeconds),
                                         durationText(source.rootDispersionSeconds)));
            facts.add(u"Last sample"_s,
                u"offset %1, delay %2, stamped by %3%4"_s.arg(signedDuration(source.lastOffsetSeconds),
                    durationText(source.lastDelaySeconds), wordOf(properties, u"TimestampOrigin"_s),
                    source.interleaved ? u", interleaved"_s : QString()));
        }
        if (source.hasEstimate) {
            facts.add(u"Offset"_s, u"%1 ±%2 (one standard deviation)"_s.arg(signedDuration(source.offsetSeconds),
                                       durationText(source.offsetUncertaintySeconds)));
            facts.add(u"Frequency"_s, ppm(source.frequencyPpm));
            facts.add(u"Delay"_s, durationText(source.delaySeconds));
            facts.add(u"Jitter"_s, durationText(source.jitterSeconds));
            facts.add(u"Error bound"_s, bus::boundText(source.rootDistanceSeconds));
        }
        if (source.hasInterval) {
            facts.add(u"Interval"_s, u"%1 to %2"_s.arg(signedDuration(source.intervalLowSeconds),
                                         signedDuration(source.intervalHighSeconds)));
        }
        facts.appendTo(lines);
    }
    return lines;
}

} // namespace foliot::cli
