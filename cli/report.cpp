// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/report.h"

#include "bus/client/boottime.h"
#include "bus/client/duration.h"
#include "cli/table.h"
#include "cli/text.h"

#include <QDateTime>
#include <QTimeZone>

#include <algorithm>
#include <cmath>

namespace foliot::cli {

using namespace Qt::StringLiterals;
using bus::ageText;
using bus::durationText;
using bus::Verdict;

namespace {

const QString none = u"–"_s;

QString wordOf(const QVariantMap& properties, const QString& name)
{
    return printable(properties.value(name).toString());
}

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

QString signedDuration(double seconds)
{
    return durationText(seconds, bus::Sign::Always);
}

QString ppm(double value, bool isSigned = true)
{
    const QString number = QString::number(value, 'f', 3);
    return (isSigned && value >= 0.0 ? u"+"_s : QString()) + number + u" ppm"_s;
}

QString ageOf(quint64 then, quint64 now)
{
    return then == 0 ? none : ageText(bus::ageSeconds(then, now));
}

// Names and values in two columns.
class Facts {
public:
    void add(const QString& name, const QString& value, Style style = Style::Plain)
    {
        m_facts.push_back({name, {.text = value, .style = style}});
    }
    void appendTo(Lines& lines) const
    {
        int width = 0;
        for (const auto& [name, value] : m_facts)
            width = std::max(width, displayWidth(name));
        for (const auto& [name, value] : m_facts) {
            const QString blanks(width - displayWidth(name) + 2, u' ');
            lines.push_back({{.text = u"  "_s + name + blanks}, value});
        }
    }

private:
    std::vector<std::pair<QString, Span>> m_facts;
};

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

void addHeadline(const Snapshot& snapshot, Lines& lines, std::optional<int> width = {})
{
    const Sentence sentence = snapshot.sentence();
    for (const QString& line : wrapped(sentence.headline, width))
        lines.push_back({{.text = line, .style = sentence.style}});
    if (!sentence.advice.isEmpty()) {
        for (const QString& line : wrapped(sentence.advice, width))
            lines.push_back({{.text = line}});
    }
}

// The table as it fits; what does not is named, with the command that shows it.
Lines fitted(Table table, std::optional<int> width, const QString& command)
{
    const QStringList left = width ? table.fit(*width) : QStringList();
    Lines lines = table.lines();
    if (!left.isEmpty()) {
        const QString hint = u"%1, or a wider terminal, shows also: %2"_s.arg(command, left.join(u", "_s));
        for (const QString& line : wrapped(hint, width))
            lines.push_back({{.text = line, .style = Style::Faint}});
    }
    return lines;
}

QString dateText(quint64 usec)
{
    return usec == 0 ? u"never"_s
                     : QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(usec / 1000), QTimeZone::UTC)
                           .toString(u"yyyy-MM-dd HH:mm 'UTC'"_s);
}

void addAuthentication(const bus::SourceData& source, Facts& facts)
{
    if (source.authentication != bus::Authentication::Nts)
        return;
    facts.add(u"NTS"_s,
        source.ntsHasKeys ? u"%1, %2 of 8 cookies, time from %3"_s.arg(printable(source.ntsAlgorithm))
                                .arg(source.ntsCookies)
                                .arg(printable(source.ntsServer))
                          : u"no keys"_s,
        source.ntsHasKeys ? Style::Good : Style::Attention);
    if (!source.ntsLastFailure.isEmpty())
        facts.add(u"No new keys"_s, printable(source.ntsLastFailure), Style::Attention);
    facts.add(u"Key exchanges"_s, u"%1, %2 failed, last %3, %4 cookies refused"_s.arg(source.ntsExchanges)
                                      .arg(source.ntsFailures)
                                      .arg(dateText(source.ntsLastExchangeUSec))
                                      .arg(source.ntsRefusals));
    if (source.ntsNextAttemptUSec != 0)
        facts.add(u"Next exchange"_s, u"not before %1"_s.arg(dateText(source.ntsNextAttemptUSec)));
    if (source.ntsLastExchangeUSec == 0)
        return;
    facts.add(
        u"Certificate"_s, u"%1, issued by %2, expires %3"_s.arg(printable(source.ntsCertificateNames.join(u", "_s)),
                              printable(source.ntsCertificateIssuer), dateText(source.ntsCertificateExpiresUSec)));
    if (source.ntsDatesExcused)
        facts.add(u"Its dates"_s, u"not valid by our clock, which may be wrong; judged again once the time is known"_s,
            Style::Attention);
    facts.add(u"Connection"_s, printable(source.ntsTlsVersion) + u' ' + printable(source.ntsTlsCipher));
}

} // namespace

Snapshot snapshotOf(const bus::Client& client, bus::BusKind bus)
{
    Snapshot snapshot{.bus = bus,
        .availability = client.availability(),
        .problem = client.problem(),
        .clock = client.clock(),
        .sources = client.sources(),
        .clockProperties = client.clockProperties(),
        .serverProperties = client.serverProperties(),
        .now = bus::boottimeUSec()};
    for (const auto& [id, source] : snapshot.sources)
        snapshot.sourceProperties.emplace(id, client.sourceProperties(id));
    return snapshot;
}

bus::Summary Snapshot::summary() const
{
    bus::SilenceSurvey silence;
    for (const auto& [id, source] : sources)
        silence.add(source);
    return bus::summarize(availability, clock, silence, now);
}

Lines statusLines(const Snapshot& snapshot)
{
    Lines lines;
    addHeadline(snapshot, lines);
    if (!snapshot.isAvailable())
        return lines;
    const bus::ClockData& clock = snapshot.clock;
    Facts facts;
    if (std::isfinite(clock.boundSeconds)) {
        // What holds in any case holds with 99.9 % too.
        const double bound = snapshot.summary().boundSeconds;
        const double likely = std::min(clock.uncertaintySeconds, bound);
        facts.add(u"Offset"_s, signedDuration(bus::meaningful(clock.offsetSeconds, clock.uncertaintySeconds)));
        facts.add(u"Error"_s,
            u"under %1 with 99.9 %, under %2 in any case"_s.arg(bus::boundText(likely), bus::boundText(bound)));
        facts.add(u"Last update"_s, clock.lastUpdateBoottimeUSec == 0
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

Lines sourcesLines(const Snapshot& snapshot, std::optional<int> width)
{
    if (!snapshot.isAvailable() || snapshot.sources.empty()) {
        Lines lines;
        addHeadline(snapshot, lines);
        return lines;
    }
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
    return fitted(std::move(table), width, u"foliotctl sources -v"_s);
}

Lines authenticationLines(const Snapshot& snapshot, std::optional<int> width)
{
    Lines lines;
    if (!snapshot.isAvailable()) {
        addHeadline(snapshot, lines);
        return lines;
    }
    Table table({{.heading = u"Id"_s, .alignment = Alignment::Right}, {.heading = u"Name"_s, .least = 20},
        {.heading = u"State"_s}, {.heading = u"Algorithm"_s, .leaves = 1},
        {.heading = u"Cookies"_s, .alignment = Alignment::Right, .leaves = 3}, {.heading = u"Keys from"_s, .leaves = 2},
        {.heading = u"Certificate until"_s, .leaves = 4}});
    bool isEmpty = true;
    for (const auto& [id, source] : snapshot.sources) {
        if (source.authentication != bus::Authentication::Nts)
            continue;
        isEmpty = false;
        const auto date = [](quint64 usec) { return usec == 0 ? none : dateText(usec); };
        table.add({{.text = QString::number(id)}, {.text = printable(source.name)},
            {.text = source.ntsHasKeys ? u"keys"_s : u"no keys"_s,
                .style = source.ntsHasKeys ? Style::Good : Style::Attention},
            {.text = source.ntsAlgorithm.isEmpty() ? none : printable(source.ntsAlgorithm)},
            {.text = QString::number(source.ntsCookies)}, {.text = date(source.ntsLastExchangeUSec)},
            {.text = date(source.ntsCertificateExpiresUSec)}});
    }
    if (isEmpty)
        return {{{.text = u"No source is authenticated."_s}}};
    lines = fitted(std::move(table), width, u"foliotctl sources -v"_s);
    for (const auto& [id, source] : snapshot.sources) {
        if (source.ntsLastFailure.isEmpty())
            continue;
        for (const QString& line : wrapped(printable(source.ntsLastFailure), width))
            lines.push_back({{.text = line, .style = Style::Attention}});
    }
    return lines;
}

Lines sourceDetailLines(const Snapshot& snapshot)
{
    Lines lines;
    if (!snapshot.isAvailable() || snapshot.sources.empty()) {
        addHeadline(snapshot, lines);
        return lines;
    }
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

Lines watchLines(const Snapshot& snapshot, std::optional<int> width)
{
    Lines lines;
    addHeadline(snapshot, lines, width);
    if (!snapshot.isAvailable())
        return lines;
    const bus::ClockData& clock = snapshot.clock;
    QStringList numbers;
    if (std::isfinite(clock.boundSeconds)) {
        numbers.append(u"offset "_s + signedDuration(clock.offsetSeconds));
        numbers.append(u"jitter "_s + durationText(clock.jitterSeconds));
        numbers.append(u"updated %1 ago"_s.arg(ageOf(clock.lastUpdateBoottimeUSec, snapshot.now)));
    }
    numbers.append(u"frequency "_s + ppm(clock.frequencyPpm));
    if (clock.extraRatePpm != 0.0)
        numbers.append(u"slewing "_s + ppm(clock.extraRatePpm));
    for (const QString& line : wrapped(numbers.join(u", "_s), width))
        lines.push_back({{.text = line}});
    if (!snapshot.sources.empty()) {
        lines.push_back({});
        std::ranges::move(sourcesLines(snapshot, width), std::back_inserter(lines));
    }
    return lines;
}

} // namespace foliot::cli
