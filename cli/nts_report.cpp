// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/nts_report.h"

#include "cli/status_report.h"
#include "cli/table.h"
#include "cli/text.h"
#include "cli/values.h"

namespace foliot::cli {

using namespace Qt::StringLiterals;

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

Lines authenticationLines(const Snapshot& snapshot, std::optional<int> width)
{
    if (!snapshot.isAvailable())
        return headlineLines(snapshot);
    Table table({{.heading = u"Id"_s, .alignment = Alignment::Right},
        {.heading = QString::fromLatin1(bus::term(bus::Term::Source)), .least = 20}, {.heading = u"State"_s},
        {.heading = u"Algorithm"_s, .leaves = 1}, {.heading = u"Cookies"_s, .alignment = Alignment::Right, .leaves = 3},
        {.heading = u"Keys from"_s, .leaves = 2}, {.heading = u"Certificate until"_s, .leaves = 4}});
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
        return {{{.text = u"No source is authenticated by Network Time Security."_s}}};
    Lines lines = std::move(table).fitted(width, u"foliotctl sources -v"_s).both();
    for (const auto& [id, source] : snapshot.sources) {
        if (source.ntsLastFailure.isEmpty())
            continue;
        for (const QString& line : wrapped(printable(source.ntsLastFailure), width))
            lines.push_back({{.text = line, .style = Style::Attention}});
    }
    return lines;
}

} // namespace foliot::cli
