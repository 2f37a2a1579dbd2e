// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/nts/kept_sessions.h"

#include "daemon/state/hex.h"
#include "daemon/state/lines.h"

#include <QByteArray>

#include <algorithm>
#include <cassert>
#include <charconv>
#include <format>
#include <functional>
#include <numeric>

namespace foliot::daemon {

namespace {

// A session is a line of these words, texts and octets in hexadecimal digits; its cookies follow, a line each.
enum Word : std::size_t {
    Tag,
    Source,
    Host,
    KeyAddress,
    KeyPort,
    Algorithm,
    ClientToServer,
    ServerToClient,
    ServerAddress,
    ServerPort,
    LastExchange,
    ValidFrom,
    Expires,
    Names,
    Issuer,
    TlsVersion,
    Cipher,
    WordCount,
};

constexpr std::string_view firstLine = "nts-sessions 1";
constexpr std::size_t roomForNumbers = 512; // of a session: two addresses with their zones, all numbers, the spaces

void appendText(std::string& text, const QString& plain)
{
    const QByteArray utf8 = plain.toUtf8();
    appendHex(text, std::as_bytes(std::span(utf8)));
}

QString textOf(std::string_view hex)
{
    const auto octets = octetsOfHex(hex).value_or(std::vector<std::byte>{});
    return QString::fromUtf8(reinterpret_cast<const char*>(octets.data()), static_cast<qsizetype>(octets.size()));
}

std::int64_t secondsOf(RealTime time)
{
    return std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()).count();
}

std::optional<RealTime> timeOf(std::string_view word)
{
    constexpr std::int64_t mostSeconds = 7'300'000'000; // what nanoseconds count, with room
    const auto seconds = numberOf<std::int64_t>(word);
    if (!seconds || *seconds < 0 || *seconds > mostSeconds)
        return std::nullopt;
    return RealTime{std::chrono::seconds(*seconds)};
}

std::optional<nts::SessionKeys> keysOf(nts::Algorithm algorithm, std::string_view toServer, std::string_view toClient)
{
    auto first = octetsOfHex(toServer);
    auto second = octetsOfHex(toClient);
    if (!first || !second || first->size() != keyLength(algorithm) || second->size() != keyLength(algorithm))
        return std::nullopt;
    return nts::SessionKeys{
        .clientToServer = nts::Secret{*std::move(first)}, .serverToClient = nts::Secret{*std::move(second)}};
}

std::optional<Endpoint> endpointOf(std::string_view address, std::string_view port)
{
    const auto number = numberOf<std::uint16_t>(port);
    const auto endpoint = numericEndpoint(std::string(address), number.value_or(0));
    if (!number || *number == 0 || !endpoint || !isOfOneHost(endpoint->address))
        return std::nullopt;
    return endpoint;
}

std::optional<KeptSession> sessionOf(const std::vector<std::string_view>& words)
{
    if (words.size() != WordCount)
        return std::nullopt;
    const auto source = numberOf<std::uint32_t>(words[Source]);
    const auto algorithm = nts::algorithmOf(numberOf<std::uint16_t>(words[Algorithm]).value_or(0));
    const auto keyEndpoint = endpointOf(words[KeyAddress], words[KeyPort]);
    const auto server = endpointOf(words[ServerAddress], words[ServerPort]);
    const auto lastExchange = timeOf(words[LastExchange]);
    const auto validFrom = timeOf(words[ValidFrom]);
    const auto expires = timeOf(words[Expires]);
    if (!source || !algorithm || !keyEndpoint || !server || !lastExchange || !validFrom || !expires)
        return std::nullopt;
    auto keys = keysOf(*algorithm, words[ClientToServer], words[ServerToClient]);
    if (!keys || !isAvailable(*algorithm))
        return std::nullopt;
    return KeptSession{.source = sync::SourceId{*source},
        .keyHost = {.host = textOf(words[Host]).toStdString(), .endpoint = *keyEndpoint},
        .algorithm = *algorithm,
        .keys = *std::move(keys),
        .server = *server,
        .tls = {.certificate = {.names = textOf(words[Names]).split(u',', Qt::SkipEmptyParts),
                    .issuer = textOf(words[Issuer]),
                    .validFrom = *validFrom,
                    .expires = *expires},
            .version = textOf(words[TlsVersion]),
            .cipher = textOf(words[Cipher])},
        .lastExchange = *lastExchange};
}

void append(std::string& text, const KeptSession& session)
{
    const Certificate& certificate = session.tls.certificate;
    std::format_to(std::back_inserter(text), "session {} ", session.source.value);
    appendText(text, QString::fromStdString(session.keyHost.host));
    std::format_to(std::back_inserter(text), " {} {} {} ", session.keyHost.endpoint.address.toString().toStdString(),
        session.keyHost.endpoint.port, static_cast<unsigned>(session.algorithm));
    appendHex(text, session.keys.clientToServer.octets());
    text += ' ';
    appendHex(text, session.keys.serverToClient.octets());
    std::format_to(std::back_inserter(text), " {} {} {} {} {}", session.server.address.toString().toStdString(),
        session.server.port, secondsOf(session.lastExchange), secondsOf(certificate.validFrom),
        secondsOf(certificate.expires));
    for (const QString& word :
        {certificate.names.join(u','), certificate.issuer, session.tls.version, session.tls.cipher}) {
        text += ' ';
        appendText(text, word);
    }
    text += '\n';
    for (const nts::Cookie& cookie : session.cookies) {
        text += "cookie ";
        appendHex(text, cookie);
        text += '\n';
    }
}

// At least what append() takes.
std::size_t roomFor(const KeptSession& session)
{
    constexpr std::size_t digits = 2;   // of an octet
    constexpr std::size_t mostUtf8 = 3; // octets for each unit of a QString
    const Certificate& certificate = session.tls.certificate;
    qsizetype units = certificate.issuer.size() + session.tls.version.size() + session.tls.cipher.size();
    for (const QString& name : certificate.names)
        units += name.size() + 1;
    std::size_t octets = session.keyHost.host.size() * mostUtf8 + static_cast<std::size_t>(units) * mostUtf8 +
                         session.keys.clientToServer.octets().size() + session.keys.serverToClient.octets().size();
    std::size_t room = roomForNumbers;
    for (const nts::Cookie& cookie : session.cookies) {
        octets += cookie.size();
        room += std::string_view("cookie -\n").size();
    }
    return room + octets * digits;
}

} // namespace

std::string writeKeptSessions(std::span<const KeptSession> sessions)
{
    std::string text;
    // Growing would leave copies of the keys behind.
    const auto room =
        std::transform_reduce(sessions.begin(), sessions.end(), firstLine.size() + 1, std::plus<>(), roomFor);
    text.reserve(room);
    text += firstLine;
    text += '\n';
    for (const KeptSession& session : sessions)
        append(text, session);
    assert(text.size() <= room);
    return text;
}

std::vector<KeptSession> readKeptSessions(std::string_view content)
{
    std::vector<KeptSession> sessions;
    const auto lines = linesOf(content);
    if (lines.empty() || lines.front() != firstLine)
        return sessions;
    bool isWhole = false; // the session that the cookies are for
    for (const std::string_view line : std::span(lines).subspan(1)) {
        const auto words = wordsOf(line);
        if (words.size() == 2 && words[Tag] == "cookie") {
            auto cookie = octetsOfHex(words[1]);
            const bool isFit = cookie && !cookie->empty() && cookie->size() <= nts::maxCookieLength;
            if (isWhole && isFit && sessions.back().cookies.size() < nts::wantedCookies)
                sessions.back().cookies.push_back(*std::move(cookie));
            continue;
        }
        auto session = words.empty() || words[Tag] != "session" ? std::nullopt : sessionOf(words);
        isWhole = session.has_value();
        if (session)
            sessions.push_back(*std::move(session));
    }
    std::erase_if(sessions, [](const KeptSession& session) { return session.cookies.empty(); });
    return sessions;
}

} // namespace foliot::daemon
