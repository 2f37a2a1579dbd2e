// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/nts_server/served_exchange.h"

#include "ntp/octets.h"

#include <array>
#include <utility>

namespace foliot::daemon {

namespace {

std::optional<nts::Secret> exportKey(
    const tls::Connection& connection, std::span<const std::byte> context, std::size_t length)
{
    std::vector<std::byte> key(length);
    const bool isExported = connection.exportKey(nts::exporterLabel, context, key);
    nts::Secret secret{std::move(key)};
    return isExported ? std::optional{std::move(secret)} : std::nullopt;
}

// What TLS begins with is one record: its type, two octets of version, and how long the rest is. Others are refused by TLS.
bool isFirstRecordWhole(std::span<const std::byte> octets)
{
    constexpr auto handshake = std::byte{22};
    constexpr std::size_t headerLength = 5;
    constexpr std::size_t lengthOffset = 3;
    constexpr std::size_t longest = 1 << 14;
    if (octets.empty() || octets.front() != handshake)
        return !octets.empty();
    if (octets.size() < headerLength)
        return false;
    const std::size_t length = ntp::readBigEndian<std::uint16_t>(octets, lengthOffset);
    return length > longest || octets.size() >= headerLength + length;
}

} // namespace

ServedExchange::ServedExchange(std::shared_ptr<const Identities> identities, const TimeServer& told)
    : m_identities(std::move(identities))
    , m_told(told)
{}

std::optional<KeyExchangeEnd> ServedExchange::received(std::span<const std::byte> octets, nts::CookieJar& jar)
{
    m_octets += octets.size();
    if (m_octets > maxOctets)
        return KeyExchangeEnd::TooLong;
    return m_connection ? proceed(octets, jar) : begin(octets, jar);
}

// A TLS connection takes a hundred times the memory that the first octets do: who says no more gets none.
std::optional<KeyExchangeEnd> ServedExchange::begin(std::span<const std::byte> octets, nts::CookieJar& jar)
{
    if (!m_early.empty() || !isFirstRecordWhole(octets)) {
        m_early.insert(m_early.end(), octets.begin(), octets.end());
        if (!isFirstRecordWhole(m_early))
            return std::nullopt;
    }
    if (m_identities->isEmpty())
        return KeyExchangeEnd::InternalError; // it has gone since the client came
    m_connection.emplace();
    const auto early = std::exchange(m_early, {});
    return proceed(early.empty() ? octets : early, jar);
}

std::optional<KeyExchangeEnd> ServedExchange::proceed(std::span<const std::byte> octets, nts::CookieJar& jar)
{
    using enum tls::Connection::Progress;
    auto progress = m_connection->received(octets);
    if (progress == Greeted)
        progress = m_connection->show(m_identities->shownTo(m_connection->serverName()).tls());
    switch (progress) {
    case NeedsMore:
        return std::nullopt;
    case Established:
        m_isEstablished = true;
        return hear(jar);
    case Refused:
        return KeyExchangeEnd::TlsFailed;
    case Greeted: // twice
    case Broken:
        break;
    }
    return KeyExchangeEnd::InternalError;
}

std::optional<KeyExchangeEnd> ServedExchange::hear(nts::CookieJar& jar)
{
    using Progress = nts::MessageReader::Progress;
    std::array<std::byte, 1024> piece{};
    for (;;) {
        const auto heard = m_connection->hear(piece);
        switch (heard.kind) {
        case tls::Connection::Heard::Kind::Octets:
            break;
        case tls::Connection::Heard::Kind::NothingYet:
            return std::nullopt;
        case tls::Connection::Heard::Kind::Goodbye:
            return ended();
        case tls::Connection::Heard::Kind::Broken:
            return KeyExchangeEnd::InternalError;
        }
        switch (m_reader.add(std::span(piece).first(heard.length))) {
        case Progress::Incomplete:
            continue;
        case Progress::TooLong:
            return say(errorAnswer(nts::ErrorCode::BadRequest));
        case Progress::Complete:
            return say(answerTo(m_reader.message(), m_told, jar,
                [this](nts::Algorithm algorithm, bool compliant) { return exportKeys(algorithm, compliant); }));
        }
    }
}

KeyExchangeEnd ServedExchange::ended()
{
    if (m_isEstablished)
        say(errorAnswer(nts::ErrorCode::BadRequest));
    return KeyExchangeEnd::LeftEarly;
}

KeyExchangeEnd ServedExchange::timeUp()
{
    if (m_isEstablished)
        say(errorAnswer(nts::ErrorCode::BadRequest));
    return KeyExchangeEnd::TooSlow;
}

KeyExchangeEnd ServedExchange::say(const Answer& answer)
{
    return m_connection->sayAndClose(answer.octets) ? answer.end : KeyExchangeEnd::InternalError;
}

std::optional<nts::SessionKeys> ServedExchange::exportKeys(nts::Algorithm algorithm, bool compliant) const
{
    using enum nts::KeyDirection;
    const std::size_t length = nts::keyLength(algorithm);
    auto toServer = exportKey(*m_connection, nts::exporterContext(algorithm, ClientToServer, compliant), length);
    auto toClient = exportKey(*m_connection, nts::exporterContext(algorithm, ServerToClient, compliant), length);
    if (!toServer || !toClient)
        return std::nullopt;
    return nts::SessionKeys{.clientToServer = *std::move(toServer), .serverToClient = *std::move(toClient)};
}

std::vector<std::byte> ServedExchange::toSend()
{
    return m_connection ? m_connection->toSend() : std::vector<std::byte>{};
}

} // namespace foliot::daemon
