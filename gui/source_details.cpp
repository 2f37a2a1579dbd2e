// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/source_details.h"

#include "bus/client/boottime.h"
#include "gui/format.h"
#include "gui/plain_text.h"
#include "gui/terms.h"
#include "gui/verdict_text.h"

#include <QDateTime>
#include <QLocale>

#include <bit>
#include <cmath>

namespace foliot::gui {

using bus::Term;

namespace {

QString ifKnown(bool isKnown, const QString& text)
{
    return isKnown ? text : Format::unknown();
}

QString orUnknown(const QString& text)
{
    return text.isEmpty() ? Format::unknown() : text;
}

} // namespace

QList<DetailSection> SourceDetails::of(const bus::SourceData& source, quint64 nowUSec)
{
    QList<DetailSection> sections{time(source), server(source), answers(source, nowUSec)};
    sections << authentication(source) << dropped(source) << settings(source);
    return sections;
}

DetailSection SourceDetails::time(const bus::SourceData& source)
{
    const bool isKnown = source.hasEstimate;
    const auto signedSeconds = [](double seconds) { return Format::seconds(seconds, Format::Sign::Always); };
    return {tr("Its Time"),
        {
            {termText(Term::Offset),
                //: %1 is an offset such as +12 µs, %2 its uncertainty
                ifKnown(isKnown, tr("%1 ± %2").arg(signedSeconds(source.offsetSeconds),
                                     Format::seconds(source.offsetUncertaintySeconds))),
                tr("Time of the source minus time of this computer, from its recent answers together; with one "
                   "standard "
                   "deviation.")},
            {termText(Term::CorrectnessInterval),
                //: %1 and %2 are offsets such as −3 ms and +12 ms
                ifKnown(source.hasInterval,
                    tr("%1 to %2")
                        .arg(signedSeconds(source.intervalLowSeconds), signedSeconds(source.intervalHighSeconds))),
                tr("Where the true time lies if this source tells the truth, relative to this computer. Selection "
                   "compares these intervals.")},
            {termText(Term::RootDistance), ifKnown(isKnown, Format::limit(source.rootDistanceSeconds)),
                tr("What its time may be wrong by: half of the whole way to the reference clock and back, and all that "
                   "may have added up on it.")},
            {termText(Term::Jitter), ifKnown(isKnown, Format::seconds(source.jitterSeconds)),
                tr("How much its answers scatter.")},
            {termText(Term::Frequency), ifKnown(isKnown, Format::ppm(source.frequencyPpm)),
                tr("How fast it gains on the bare oscillator of this computer, which no correction moves.")},
            {termText(Term::Delay), ifKnown(isKnown, Format::seconds(source.delaySeconds)),
                tr("Smallest recent time for question and answer together.")},
        }};
}

DetailSection SourceDetails::server(const bus::SourceData& source)
{
    const bool isKnown = source.stratum != 0;
    return {tr("Server"),
        {
            {termText(Term::Address), orUnknown(VerdictText::sourceAddress(source)),
                source.authentication == bus::Authentication::Nts ? tr("The numeric address where keys are exchanged.")
                                                                  : tr("The numeric address that is asked.")},
            {termText(Term::Stratum), ifKnown(isKnown, Format::count(source.stratum)),
                tr("Distance from a reference clock, counted in servers.")},
            {termText(Term::ReferenceId), orUnknown(plainText(source.referenceId)),
                tr("Where it has its time from: a kind of reference clock at stratum 1, else the address of its own "
                   "server or a digest of it.")},
            {termText(Term::LeapSecond), leap(source.leap), {}},
            {termText(Term::NtpVersion), ifKnown(source.ntpVersion != 0, Format::count(source.ntpVersion)), {}},
            {termText(Term::RootDelay), ifKnown(isKnown, Format::seconds(source.rootDelaySeconds)),
                tr("Its own way to the reference clock and back.")},
            {termText(Term::RootDispersion), ifKnown(isKnown, Format::seconds(source.rootDispersionSeconds)),
                tr("Its own possible error against the reference clock, as it says.")},
        }};
}

DetailSection SourceDetails::answers(const bus::SourceData& source, quint64 nowUSec)
{
    const bool hasAnswered = source.lastAnswerBoottimeUSec != 0;
    DetailSection section{tr("Answers"), {}};
    QList<Detail>& details = section.details;
    details << Detail{termText(Term::LastAnswer),
        hasAnswered
            //: %1 is a length of time such as 5 min
            ? tr("%1 ago").arg(Format::age(bus::ageSeconds(source.lastAnswerBoottimeUSec, nowUSec)))
            : tr("none yet"),
        tr("Time since the last usable answer.")};
    details << Detail{termText(Term::LastSample),
        //: %1 is an offset such as +12 µs, %2 a delay such as 2 ms
        ifKnown(hasAnswered, tr("offset %1, delay %2")
                                 .arg(Format::seconds(source.lastOffsetSeconds, Format::Sign::Always),
                                     Format::seconds(source.lastDelaySeconds))),
        tr("What the last answer would mean by itself.")};
    details << Detail{termText(Term::Timestamps), stampOrigin(source.timestampOrigin),
        tr("Who noted when the last answer left and came. Closer to the network is more exact.")};
    if (source.xleave)
        details << Detail{tr("Interleaved"),
            ifKnown(hasAnswered, source.interleaved ? tr("yes") : tr("no, the server answered in basic mode")),
            tr("Whether the last answer told when the one before it really left the server. It is measured with that "
               "then.")};
    details << Detail{termText(Term::Queries),
        source.queries == 0 ? Format::unknown()
                            //: %1 and %2 are numbers
                            : tr("%1, %2 answered").arg(Format::count(source.queries), Format::count(source.answers)),
        tr("Usable answers since the service started.")};
    //: %n is how many of them were answered
    details << Detail{termText(Term::Reach), tr("%n of the last 8 queries", nullptr, std::popcount(source.reach)), {}};
    details << Detail{termText(Term::Poll), interval(source), tr("How often the source is asked.")};
    if (!source.lastKiss.isEmpty())
        details << Detail{termText(Term::KissCode), plainText(source.lastKiss),
            tr("Code of the last packet that asked to be left alone or asked less often (kiss-o'-death).")};
    if (!source.lastError.isEmpty())
        details << Detail{termText(Term::LastError), plainText(source.lastError), {}};
    return section;
}

QList<DetailSection> SourceDetails::authentication(const bus::SourceData& source)
{
    if (source.authentication != bus::Authentication::Nts)
        return {};
    DetailSection section{tr("Authentication"),
        {
            {tr("State"),
                source.ntsHasKeys ? tr("authenticated by Network Time Security") : tr("no keys: it is not used"),
                tr("With Network Time Security a source is authenticated, or it is not used.")},
            {tr("Time server"), orUnknown(plainText(source.ntsServer)),
                tr("The server that the keys are for; the one that gave them named it.")},
            {tr("Algorithm"), orUnknown(plainText(source.ntsAlgorithm)), tr("What authenticates the packets.")},
            {tr("Cookies"),
                //: %1 is a number from 0 to 8
                tr("%1 of 8").arg(Format::count(source.ntsCookies)),
                tr("Each query spends one, and its answer brings another. New keys are needed when none is left.")},
            {tr("Keys from"), moment(source.ntsLastExchangeUSec), tr("When keys were exchanged last.")},
            {tr("Key exchanges"),
                //: All are numbers
                tr("%1, and %2 failed; %3 cookies were refused")
                    .arg(Format::count(source.ntsExchanges), Format::count(source.ntsFailures),
                        Format::count(source.ntsRefusals)),
                tr("Since the service started.")},
        }};
    if (source.ntsNextAttemptUSec != 0)
        section.details << Detail{tr("Next exchange"),
            //: %1 is a date and time
            tr("not before %1").arg(moment(source.ntsNextAttemptUSec)),
            tr("A server that gave no usable keys is not asked again too soon.")};
    if (!source.ntsLastFailure.isEmpty())
        section.details << Detail{tr("Last failure"), plainText(source.ntsLastFailure), {}};
    QList<DetailSection> sections{section};
    if (source.ntsLastExchangeUSec != 0)
        sections << certificate(source);
    return sections;
}

DetailSection SourceDetails::certificate(const bus::SourceData& source)
{
    DetailSection section{tr("Certificate"),
        {
            {tr("Names"), orUnknown(plainText(source.ntsCertificateNames.join(QStringLiteral(", ")))),
                tr("Who the server may say that it is.")},
            {tr("Issued by"), orUnknown(plainText(source.ntsCertificateIssuer)), {}},
            {tr("Expires"), moment(source.ntsCertificateExpiresUSec), {}},
            {tr("Connection"), plainText(source.ntsTlsVersion + QLatin1Char(' ') + source.ntsTlsCipher), {}},
        }};
    if (source.ntsDatesExcused)
        section.details << Detail{tr("Its dates"), tr("not valid by the clock of this computer, which may be wrong"),
            tr("They are judged again once the time is known.")};
    return section;
}

QString SourceDetails::moment(quint64 usecSince1970)
{
    if (usecSince1970 == 0)
        return Format::unknown();
    return QLocale().toString(
        QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(usecSince1970 / 1000)), QLocale::ShortFormat);
}

QString SourceDetails::interval(const bus::SourceData& source)
{
    if (source.pollSeconds == 0)
        return Format::unknown();
    const QString now = Format::age(source.pollSeconds);
    if (source.maxPoll <= source.minPoll)
        return now;
    //: All are lengths of time: asked every %1, by choice between %2 and %3
    return tr("%1 (between %2 and %3)")
        .arg(now, Format::age(std::exp2(source.minPoll)), Format::age(std::exp2(source.maxPoll)));
}

DetailSection SourceDetails::dropped(const bus::SourceData& source)
{
    DetailSection section{tr("Packets Dropped"), {}};
    for (auto count = source.rejected.cbegin(); count != source.rejected.cend(); ++count) {
        if (count.value() > 0)
            section.details << Detail{rejection(count.key()), Format::count(count.value()), {}};
    }
    if (section.details.isEmpty())
        section.details << Detail{tr("None"), {}, {}};
    return section;
}

DetailSection SourceDetails::settings(const bus::SourceData& source)
{
    DetailSection section{
        tr("Settings"), {{termText(Term::Origin), orUnknown(VerdictText::origin(source.origin)), {}}}};
    QStringList options;
    if (source.pool)
        options << tr("a pool of servers");
    if (source.prefer)
        options << tr("preferred");
    if (source.trust)
        options << tr("trusted");
    if (source.require)
        options << tr("required");
    if (source.noSelect)
        options << tr("only watched");
    if (source.burst)
        options << tr("asked quickly at the start");
    if (source.xleave)
        options << tr("asked in interleaved mode");
    if (source.smeared)
        options << tr("one that spreads leap seconds over hours");
    if (!options.isEmpty())
        section.details << Detail{termText(Term::Options), options.join(QStringLiteral(", ")), {}};
    return section;
}

QString SourceDetails::leap(bus::Leap leap)
{
    switch (leap) {
    case bus::Leap::Unknown:
        return Format::unknown();
    case bus::Leap::None:
        return tr("none announced");
    case bus::Leap::Insert:
        return tr("a second will be inserted");
    case bus::Leap::Delete:
        return tr("a second will be left out");
    case bus::Leap::Unsynchronized:
        return tr("says that it is not synchronized");
    }
    return {};
}

QString SourceDetails::stampOrigin(bus::TimestampOrigin origin)
{
    switch (origin) {
    case bus::TimestampOrigin::Unknown:
        return Format::unknown();
    case bus::TimestampOrigin::Hardware:
        return tr("by the network hardware");
    case bus::TimestampOrigin::Kernel:
        return tr("by the kernel");
    case bus::TimestampOrigin::UserSpace:
        return tr("by the service itself, less exact");
    }
    return {};
}

QString SourceDetails::rejection(const QString& word)
{
    struct Entry {
        QLatin1StringView word;
        QString text;
    };
    const Entry entries[] = {
        {QLatin1StringView("too-short"), tr("Shorter than an NTP header")},
        {QLatin1StringView("too-long"), tr("Longer than any answer")},
        {QLatin1StringView("bad-version"), tr("In another version than was asked in")},
        {QLatin1StringView("bad-mode"), tr("Not the answer of a server")},
        {QLatin1StringView("malformed-extension"), tr("With malformed extension fields")},
        {QLatin1StringView("wrong-source"), tr("From another address than was asked")},
        {QLatin1StringView("bogus-origin"), tr("Not an answer to the request (perhaps forged)")},
        {QLatin1StringView("zero-origin"), tr("Without the request's timestamp")},
        {QLatin1StringView("duplicate"), tr("The same answer again")},
        {QLatin1StringView("zero-timestamp"), tr("Without the server's timestamps")},
        {QLatin1StringView("negative-interval"), tr("Answered before it was asked")},
        {QLatin1StringView("implausible-distance"), tr("With an implausible distance from the reference clock")},
        {QLatin1StringView("unsolicited"), tr("Not asked for")},
        {QLatin1StringView("unauthenticated"), tr("Without the required authentication")},
    };
    for (const Entry& entry : entries) {
        if (word == entry.word)
            return entry.text;
    }
    return plainText(word);
}

} // namespace foliot::gui
