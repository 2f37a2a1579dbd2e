// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tls/connection.h"

#include "tls/foliot_tls.h"

#include <array>

namespace foliot::tls {

namespace {

Connection::Progress progressOf(std::uint8_t number)
{
    using enum Connection::Progress;
    return number <= static_cast<std::uint8_t>(Broken) ? static_cast<Connection::Progress>(number) : Broken;
}

} // namespace

void Connection::Free::operator()(foliot_tls_connection* connection) const
{
    foliot_tls_connection_free(connection);
}

Connection::Connection()
    : m_connection(foliot_tls_connection_new())
{}

Connection::Progress Connection::received(std::span<const std::byte> octets)
{
    return m_connection ? progressOf(foliot_tls_received(m_connection.get(), octetsOf(octets))) : Progress::Broken;
}

std::string Connection::serverName() const
{
    constexpr std::size_t longest = 255; // RFC 1035 section 2.3.4
    std::array<std::byte, longest> name{};
    if (!m_connection)
        return {};
    const std::size_t length = foliot_tls_server_name(m_connection.get(), roomOf(name));
    return {reinterpret_cast<const char*>(name.data()), length};
}

Connection::Progress Connection::show(const Identity& identity)
{
    return m_connection ? progressOf(foliot_tls_show(m_connection.get(), identity.get())) : Progress::Broken;
}

Connection::Heard Connection::hear(std::span<std::byte> octets)
{
    using enum Heard::Kind;
    if (!m_connection)
        return {.kind = Broken};
    const std::ptrdiff_t heard = foliot_tls_hear(m_connection.get(), roomOf(octets));
    if (heard > 0)
        return {.kind = Octets, .length = static_cast<std::size_t>(heard)};
    switch (heard) {
    case 0:
        return {.kind = NothingYet};
    case -1:
        return {.kind = Goodbye};
    default:
        return {.kind = Broken};
    }
}

bool Connection::sayAndClose(std::span<const std::byte> octets)
{
    return m_connection && foliot_tls_say_and_close(m_connection.get(), octetsOf(octets));
}

bool Connection::exportKey(std::string_view label, std::span<const std::byte> context, std::span<std::byte> key) const
{
    return m_connection && foliot_tls_export(m_connection.get(), octetsOf(std::as_bytes(std::span(label))),
                               octetsOf(context), roomOf(key));
}

std::vector<std::byte> Connection::toSend()
{
    std::vector<std::byte> octets;
    if (!m_connection)
        return octets;
    // A flight: certificates and signature, or cookies. A longer one takes another round.
    constexpr std::size_t atOnce = 4096;
    std::size_t length = 0;
    do {
        octets.resize(length + atOnce);
        const auto room = std::span(octets).subspan(length);
        const std::size_t added = foliot_tls_to_send(m_connection.get(), roomOf(room));
        length += added;
        if (added < room.size())
            break;
    } while (true);
    octets.resize(length);
    return octets;
}

} // namespace foliot::tls
