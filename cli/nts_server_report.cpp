// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/nts_server_report.h"

#include "bus/client/boottime.h"
#include "bus/client/duration.h"
#include "cli/facts.h"
#include "cli/text.h"
#include "cli/values.h"

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

namespace foliot::cli {

using namespace Qt::StringLiterals;

namespace {

void addCertificate(const bus::ServedCertificate& certificate, Facts& facts)
{
    const auto style = certificate.problem.isEmpty() ? Style::Plain : Style::Attention;
    facts.add(u"Certificate"_s,
        certificate.isInForce() ? u"%1, issued by %2, expires %3"_s.arg(printable(certificate.names.join(u", "_s)),
                                      printable(certificate.issuer), dateText(certificate.expiresUSec))
                                : u"none in force from %1"_s.arg(printable(certificate.file)),
        style);
}

// The largest first.
QString countsText(const bus::CountByReason& counts)
{
    std::vector<std::pair<qulonglong, QString>> sorted;
    for (auto count = counts.cbegin(); count != counts.cend(); ++count)
        sorted.emplace_back(count.value(), count.key());
    std::ranges::sort(sorted, std::greater{});
    QStringList texts;
    for (const auto& [count, word] : sorted)
        texts.append(u"%1 %2"_s.arg(count).arg(printable(word)));
    return texts.join(u", "_s);
}

qulonglong sumOf(const bus::CountByReason& counts)
{
    return std::ranges::fold_left(counts, 0ULL, std::plus{});
}

void addCookieKeys(const bus::NtsServerData& server, quint64 now, Facts& facts)
{
    if (server.cookieKeys == 0)
        return;
    const auto made = static_cast<double>(static_cast<qint64>(now) - server.cookieKeyMadeBoottimeUSec) / 1e6;
    const auto left = static_cast<double>(server.nextCookieKeyBoottimeUSec - static_cast<qint64>(now)) / 1e6;
    facts.add(u"Cookie keys"_s, u"%1, the newest made %2 ago, the next in %3"_s.arg(server.cookieKeys)
                                    .arg(bus::ageText(std::max(made, 0.0)), bus::ageText(std::max(left, 0.0))));
}

} // namespace

Lines ntsServerLines(const Snapshot& snapshot)
{
    const bus::NtsServerData& server = snapshot.ntsServer;
    if (!server.wanted)
        return {{{.text = u"Time is not served with Network Time Security."_s}}};
    Lines lines;
    const QString addresses = printable(server.addresses.join(u", "_s));
    lines.push_back({{.text = addresses.isEmpty() ? u"Keys are exchanged with no client."_s
                                                  : u"Keys are exchanged with clients on %1."_s.arg(addresses),
        .style = Style::Heading}});
    for (const QString& problem : server.problems)
        lines.push_back({{.text = printable(problem), .style = Style::Bad}});
    Facts facts;
    for (const bus::ServedCertificate& certificate : server.certificates)
        addCertificate(certificate, facts);
    facts.add(u"Key exchanges"_s, u"%1, %2 refused"_s.arg(server.keyExchanges).arg(sumOf(server.refused)));
    if (!server.refused.isEmpty())
        facts.add(u"Refused"_s, countsText(server.refused));
    facts.add(u"Connections"_s, u"%1 of at most %2"_s.arg(server.connections).arg(server.mostConnections));
    for (auto count = server.answered.cbegin(); count != server.answered.cend(); ++count)
        facts.add(u"Answered"_s, u"%1 requests by %2, with %3 cookies"_s.arg(count.value())
                                     .arg(printable(count.key()))
                                     .arg(server.cookies.value(count.key())));
    facts.add(u"Sent for keys"_s, u"%1 requests (NTSN)"_s.arg(server.refusals));
    addCookieKeys(server, snapshot.now, facts);
    facts.appendTo(lines);
    return lines;
}

} // namespace foliot::cli
