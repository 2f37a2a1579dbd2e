// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/source_report.h"

#include "bus/client/duration.h"
#include "bus/client/options.h"
#include "bus/client/server_text.h"
#include "cli/facts.h"
#include "cli/nts_report.h"
#include "cli/status_report.h"
#include "cli/text.h"
#include "cli/values.h"

namespace foliot::cli {

using namespace Qt::StringLiterals;
using bus::ageText;
using bus::durationText;
using bus::Term;
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

QString addressText(const bus::SourceData& source)
{
    if (source.address.isEmpty())
        return none;
    return bus::serverText(printable(source.address), source.port, source.authentication == bus::Authentication::Nts);
}

QString heading(Term term)
{
    return QString::fromLatin1(bus::briefTerm(term));
}

// Those that somebody gave; programs get them all.
QString optionsText(const QVariantMap& options)
{
    QStringList given;
    const QVariantMap different = bus::optionsBesidesDefault(options);
    for (auto option = different.cbegin(); option != different.cend(); ++option)
        given.append(printable(option.key()) + u' ' + printable(option.value().toString()));
    return given.isEmpty() ? u"all as by default"_s : given.join(u", "_s);
}

} // namespace

Table::Fitted sourcesTable(const Snapshot& snapshot, std::optional<int> width)
{
    Table table({{.heading = u" "_s}, {.heading = u"Id"_s, .alignment = Alignment::Right},
        {.heading = heading(Term::Source), .least = 20}, {.heading = heading(Term::Address), .leaves = 1},
        {.heading = heading(Term::Verdict)},
        {.heading = heading(Term::Stratum), .alignment = Alignment::Right, .leaves = 4},
        {.heading = heading(Term::Reach), .leaves = 7},
        {.heading = heading(Term::Poll), .alignment = Alignment::Right, .leaves = 2},
        {.heading = heading(Term::LastAnswer), .alignment = Alignment::Right, .leaves = 5},
        {.heading = heading(Term::Offset), .alignment = Alignment::Right},
        {.heading = heading(Term::Delay), .alignment = Alignment::Right, .leaves = 6},
        {.heading = heading(Term::Jitter), .alignment = Alignment::Right, .leaves = 3}});
    for (const auto& [id, source] : snapshot.sources) {
        const Style style = styleOf(source.verdict);
        const auto estimate = [&](const QString& text) { return source.hasEstimate ? text : none; };
        table.add({{.text = markOf(source.verdict), .style = style}, {.text = QString::number(id)},
            {.text = printable(source.name)}, {.text = addressText(source)},
            {.text = wordOf(snapshot.sourceProperties.at(id), u"Verdict"_s), .style = style},
            {.text = source.ntpVersion == 0 ? none : QString::number(source.stratum)},
            {.text = reachDots(source.reach)}, {.text = ageText(source.pollSeconds)},
            {.text = ageOf(source.lastAnswerBoottimeUSec, snapshot.now)},
            {.text = estimate(signedDuration(source.offsetSeconds))},
            {.text = estimate(durationText(source.delaySeconds))},
            {.text = estimate(durationText(source.jitterSeconds))}});
    }
    return std::move(table).fitted(width, u"foliotctl sources -v"_s);
}

Lines sourcesLines(const Snapshot& snapshot, std::optional<int> width)
{
    if (!snapshot.isAvailable() || snapshot.sources.empty())
        return headlineLines(snapshot);
    return sourcesTable(snapshot, width).both();
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
        facts.add(Term::Verdict, u"%1 (%2)"_s.arg(wordOf(properties, u"Verdict"_s), wordOf(properties, u"Reason"_s)),
            styleOf(source.verdict));
        if (!source.lastError.isEmpty())
            facts.add(Term::LastError, printable(source.lastError), Style::Attention);
        const QString address = source.address.isEmpty() ? u"unresolved"_s : printable(source.address);
        facts.add(Term::Address,
            (source.authentication == bus::Authentication::Nts ? u"%1, port %2 for keys"_s : u"%1, port %2"_s)
                .arg(address)
                .arg(source.port));
        facts.add(Term::Origin, wordOf(properties, u"Origin"_s));
        facts.add(Term::Options, optionsText(properties.value(u"Options"_s).toMap()));
        addAuthentication(source, facts);
        facts.add(Term::Reach, reachDots(source.reach));
        facts.add(Term::Poll, u"every "_s + ageText(source.pollSeconds));
        facts.add(Term::LastAnswer, source.lastAnswerBoottimeUSec == 0
                                        ? u"none"_s
                                        : ageOf(source.lastAnswerBoottimeUSec, snapshot.now) + u" ago"_s);
        facts.add(Term::Queries, u"%1, %2 answered"_s.arg(source.queries).arg(source.answers));
        QStringList rejected;
        for (auto count = source.rejected.cbegin(); count != source.rejected.cend(); ++count)
            rejected.append(u"%1 %2"_s.arg(count.value()).arg(printable(count.key())));
        if (!rejected.isEmpty())
            facts.add(u"Dropped"_s, rejected.join(u", "_s), Style::Attention);
        if (!source.lastKiss.isEmpty())
            facts.add(Term::KissCode, printable(source.lastKiss), Style::Attention);
        if (source.ntpVersion != 0) {
            facts.add(Term::NtpVersion, QString::number(source.ntpVersion));
            facts.add(Term::Stratum, QString::number(source.stratum));
            facts.add(Term::ReferenceId, printable(source.referenceId));
            facts.add(Term::LeapSecond, wordOf(properties, u"Leap"_s));
            facts.add(Term::RootDelay, durationText(source.rootDelaySeconds));
            facts.add(Term::RootDispersion, durationText(source.rootDispersionSeconds));
            facts.add(Term::LastSample,
                u"offset %1, delay %2%3"_s.arg(signedDuration(source.lastOffsetSeconds),
                    durationText(source.lastDelaySeconds), source.interleaved ? u", interleaved"_s : QString()));
            facts.add(Term::Timestamps, wordOf(properties, u"TimestampOrigin"_s));
        }
        if (source.hasEstimate) {
            facts.add(Term::Offset, u"%1 ±%2 (one standard deviation)"_s.arg(signedDuration(source.offsetSeconds),
                                        durationText(source.offsetUncertaintySeconds)));
            facts.add(Term::Frequency, ppm(source.frequencyPpm));
            facts.add(Term::Delay, durationText(source.delaySeconds));
            facts.add(Term::Jitter, durationText(source.jitterSeconds));
            facts.add(Term::RootDistance, bus::boundText(source.rootDistanceSeconds));
        }
        if (source.hasInterval) {
            facts.add(Term::CorrectnessInterval, u"%1 to %2"_s.arg(signedDuration(source.intervalLowSeconds),
                                                     signedDuration(source.intervalHighSeconds)));
        }
        facts.appendTo(lines);
    }
    return lines;
}

} // namespace foliot::cli
