// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/nts_server/served_exchange.h"

#include "ntp/octets.h"

#include <openssl/err.h>

#include <array>
#include <utility>

namespace foliot::daemon {

namespace {

std::optional<nts::Secret> exportKey(SSL* connection, std::span<const std::byte> context, std::size_t length)
{
    std::vector<std::byte> key(length);
    const int exported = SSL_export_keying_material(connection, reinterpret_cast<unsigned char*>(key.data()),
        key.size(), nts::exporterLabel.data(), nts::exporterLabel.size(),
        reinterpret_cast<const unsigned char*>(context.data()), context.size(), 1);
    nts::Secret secret{std::move(key)};
    return exported == 1 ? std::optional{std::move(secret)} : std::nullopt;
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

bool ServedExchange::open()
{
    m_connection = m_identities->open();
    if (!m_connection)
        return false;
    m_incoming = BIO_new(BIO_s_mem());
    m_outgoing = BIO_new(BIO_s_mem());
    SSL_set_bio(m_connection.get(), m_incoming, m_outgoing);
    return m_incoming && m_outgoing;
}

std::optional<KeyExchangeEnd> ServedExchange::received(std::span<const std::byte> octets, nts::CookieJar& jar)
{
    ERR_clear_error();
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
    if (!open())
        return KeyExchangeEnd::InternalError;
    const auto early = std::exchange(m_early, {});
    return proceed(early.empty() ? octets : early, jar);
}

std::optional<KeyExchangeEnd> ServedExchange::proceed(std::span<const std::byte> octets, nts::CookieJar& jar)
{
    std::size_t written = 0;
    if (BIO_write_ex(m_incoming, octets.data(), octets.size(), &written) != 1 || written != octets.size())
        return KeyExchangeEnd::InternalError;
    if (!m_isEstablished) {
        const auto end = shakeHands();
        if (end || !m_isEstablished)
            return end;
    }
    return hear(jar);
}

std::optional<KeyExchangeEnd> ServedExchange::shakeHands()
{
    const int result = SSL_do_handshake(m_connection.get());
    if (result == 1) {
        m_isEstablished = true;
        return std::nullopt;
    }
    if (SSL_get_error(m_connection.get(), result) == SSL_ERROR_WANT_READ)
        return std::nullopt;
    return KeyExchangeEnd::TlsFailed;
}

std::optional<KeyExchangeEnd> ServedExchange::hear(nts::CookieJar& jar)
{
    using Progress = nts::MessageReader::Progress;
    std::array<std::byte, 1024> piece{};
    for (;;) {
        std::size_t length = 0;
        if (SSL_read_ex(m_connection.get(), piece.data(), piece.size(), &length) != 1)
            break;
        switch (m_reader.add(std::span(piece).first(length))) {
        case Progress::Incomplete:
            continue;
        case Progress::TooLong:
            return say(errorAnswer(nts::ErrorCode::BadRequest));
        case Progress::Complete:
            return say(answerTo(m_reader.message(), m_told, jar,
                [this](nts::Algorithm algorithm, bool compliant) { return exportKeys(algorithm, compliant); }));
        }
    }
    switch (SSL_get_error(m_connection.get(), 0)) {
    case SSL_ERROR_WANT_READ:
        return std::nullopt;
    case SSL_ERROR_ZERO_RETURN:
        return ended();
    default:
        return KeyExchangeEnd::TlsFailed;
    }
}

KeyExchangeEnd ServedExchange::ended()
{
    ERR_clear_error();
    if (m_isEstablished)
        say(errorAnswer(nts::ErrorCode::BadRequest));
    return KeyExchangeEnd::LeftEarly;
}

KeyExchangeEnd ServedExchange::timeUp()
{
    ERR_clear_error();
    if (m_isEstablished)
        say(errorAnswer(nts::ErrorCode::BadRequest));
    return KeyExchangeEnd::TooSlow;
}

KeyExchangeEnd ServedExchange::say(const Answer& answer)
{
    std::size_t written = 0;
    const bool isSaid = SSL_write_ex(m_connection.get(), answer.octets.data(), answer.octets.size(), &written) == 1;
    SSL_shutdown(m_connection.get());
    return isSaid ? answer.end : KeyExchangeEnd::InternalError;
}

std::optional<nts::SessionKeys> ServedExchange::exportKeys(nts::Algorithm algorithm, bool compliant) const
{
    using enum nts::KeyDirection;
    const std::size_t length = nts::keyLength(algorithm);
    SSL* connection = m_connection.get();
    auto toServer = exportKey(connection, nts::exporterContext(algorithm, ClientToServer, compliant), length);
    auto toClient = exportKey(connection, nts::exporterContext(algorithm, ServerToClient, compliant), length);
    if (!toServer || !toClient)
        return std::nullopt;
    return nts::SessionKeys{.clientToServer = *std::move(toServer), .serverToClient = *std::move(toClient)};
}

std::vector<std::byte> ServedExchange::toSend()
{
    std::vector<std::byte> octets(m_outgoing ? BIO_ctrl_pending(m_outgoing) : 0);
    std::size_t length = 0;
    if (!octets.empty() && BIO_read_ex(m_outgoing, octets.data(), octets.size(), &length) != 1)
        length = 0;
    octets.resize(length);
    return octets;
}

} // namespace foliot::daemon
