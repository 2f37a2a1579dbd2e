// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/server_report.h"

#include "cli/table.h"
#include "cli/text.h"

#include <QDateTime>
#include <QTimeZone>

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

namespace foliot::cli {

using namespace Qt::StringLiterals;

namespace {

// One line for each, the largest first.
void addCounts(Table& table, const QVariant& counts, const QString& pattern)
{
    const QVariantMap map = counts.toMap();
    std::vector<std::pair<qulonglong, QString>> sorted;
    for (auto entry = map.cbegin(); entry != map.cend(); ++entry)
        sorted.emplace_back(entry->toULongLong(), entry.key());
    std::ranges::sort(sorted, std::greater{});
    for (const auto& [count, word] : sorted)
        table.add({{.text = pattern.arg(printable(word))}, {.text = QString::number(count)}});
}

QString timeText(quint64 uSec)
{
    return QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(uSec / 1000), QTimeZone::UTC)
        .toString(u"yyyy-MM-dd HH:mm:ss"_s);
}

} // namespace

Lines clientLines(const bus::ServedClients& clients)
{
    if (clients.isEmpty())
        return {{{.text = u"Nobody has asked for the time yet."_s}}};
    const auto right = [](const QString& heading) { return Column{.heading = heading, .alignment = Alignment::Right}; };
    Table table({{.heading = u"Client"_s}, {.heading = u"First seen, UTC"_s}, {.heading = u"Last seen, UTC"_s},
        right(u"Received"_s), right(u"Answered"_s), right(u"Limited"_s), right(u"Authentic"_s), right(u"Version"_s)});
    const auto number = [](quint64 value) { return Span{.text = QString::number(value)}; };
    for (const bus::ServedClient& client : clients) {
        table.add({{.text = printable(client.address)}, {.text = timeText(client.firstSeenUSec)},
            {.text = timeText(client.lastSeenUSec)}, number(client.received), number(client.answered),
            number(client.limited), number(client.authenticated), number(client.version)});
    }
    return table.lines();
}

Lines serverLines(const Snapshot& snapshot)
{
    const QVariantMap& server = snapshot.serverProperties;
    Lines lines;
    const QStringList addresses = server.value(u"Addresses"_s).toStringList();
    if (addresses.isEmpty())
        lines.push_back({{.text = u"Time is not served to others."_s, .style = Style::Heading}});
    else
        lines.push_back(
            {{.text = u"Time is served on %1."_s.arg(printable(addresses.join(u", "_s))), .style = Style::Heading}});
    if (const auto wish = bus::servingWishFromWord(server.value(u"WantedBy"_s).toString());
        wish == bus::ServingWish::Request)
        lines.push_back({{.text = u"Switched on by hand, until the next start."_s}});
    else if (wish == bus::ServingWish::KeptRequest)
        lines.push_back({{.text = u"Switched on by hand, also after a restart."_s}});
    for (const QString& problem : server.value(u"Problems"_s).toStringList())
        lines.push_back({{.text = printable(problem), .style = Style::Bad}});
    if (addresses.isEmpty())
        return lines;
    const uint threads = server.value(u"Threads"_s).toUInt();
    if (threads > 0)
        lines.push_back(
            {{.text = u"Threads: %1; the kernel keeps up to %2 KiB of requests for each."_s.arg(threads).arg(
                  server.value(u"ReceiveBufferBytes"_s).toUInt() / 1024)}});
    Table table({{.heading = u"Since the start"_s}, {.heading = u"Datagrams"_s, .alignment = Alignment::Right}});
    const auto add = [&](const QString& what, const QString& property) {
        table.add({{.text = what}, {.text = QString::number(server.value(property).toULongLong())}});
    };
    add(u"received"_s, u"Received"_s);
    add(u"answered"_s, u"Answered"_s);
    addCounts(table, server.value(u"AnsweredByVersion"_s), u"  in version %1"_s);
    add(u"  with a symmetric key"_s, u"Authenticated"_s);
    add(u"  with Network Time Security"_s, u"NtsProtected"_s);
    add(u"  refused for an unreadable cookie"_s, u"NtsUnreadableCookies"_s);
    add(u"  refused as not authentic"_s, u"NtsNotAuthentic"_s);
    add(u"  in interleaved mode"_s, u"Interleaved"_s);
    add(u"  told to ask less often"_s, u"Kissed"_s);
    addCounts(table, server.value(u"Dropped"_s), u"not answered: %1"_s);
    for (Line& line : table.lines())
        lines.push_back(std::move(line));
    return lines;
}

} // namespace foliot::cli
