// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// An address and a port, as people write it, as Qt has it and as the kernel wants it.

#include <QHostAddress>
#include <QString>

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

#include <sys/socket.h>

namespace foliot::daemon {

struct Endpoint {
    QHostAddress address; // never an IPv4 address in IPv6 form
    std::uint16_t port = 0;

    bool isIpv6() const { return address.protocol() == QAbstractSocket::IPv6Protocol; }

    friend bool operator==(const Endpoint&, const Endpoint&) = default;
};

// Some order, for sets.
bool operator<(const Endpoint& a, const Endpoint& b);

// "192.0.2.1:123", "[2001:db8::1]:123".
QString endpointText(const Endpoint& endpoint);

// Empty unless text is a numeric address; a port in it wins over the one given. An IPv4 address in IPv6 form
// is the IPv4 address.
std::optional<Endpoint> numericEndpoint(const std::string& text, std::uint16_t port);

// What a name may point to: an address of one host. Multicast and "any" would make us talk to others, or to ourselves.
bool isOfOneHost(const QHostAddress& address);

struct SocketAddress {
    sockaddr_storage storage{};
    socklen_t length = sizeof(sockaddr_storage);

    const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
    sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage); }
};

SocketAddress toSocketAddress(const Endpoint& endpoint);

// Empty for families other than IPv4 and IPv6.
std::optional<Endpoint> fromSocketAddress(const SocketAddress& address);

// How servers name this address in their reference identifier.
std::uint32_t referenceIdOf(const QHostAddress& address);

} // namespace foliot::daemon
