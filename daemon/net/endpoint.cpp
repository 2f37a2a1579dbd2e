// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/net/endpoint.h"

#include "config/address.h"
#include "ntp/reference_id.h"

#include <QtEndian>

#include <array>
#include <cstring>
#include <span>
#include <tuple>

#include <net/if.h>
#include <netinet/in.h>

namespace foliot::daemon {

namespace {

std::uint32_t scopeOf(const QHostAddress& address)
{
    const QString zone = address.scopeId();
    if (zone.isEmpty())
        return 0;
    bool isNumber = false;
    const std::uint32_t number = zone.toUInt(&isNumber);
    return isNumber ? number : ::if_nametoindex(zone.toLocal8Bit().constData());
}

} // namespace

bool operator<(const Endpoint& a, const Endpoint& b)
{
    const auto key = [](const Endpoint& endpoint) { return std::tuple(endpoint.address.toString(), endpoint.port); };
    return key(a) < key(b);
}

QString endpointText(const Endpoint& endpoint)
{
    return QString::fromStdString(config::writeAddress(endpoint.address.toString().toStdString(), endpoint.port));
}

std::optional<Endpoint> numericEndpoint(const std::string& text, std::uint16_t port)
{
    const auto parsed = config::parseAddress(text);
    if (!parsed || parsed->kind == config::HostKind::Name)
        return std::nullopt;
    Endpoint endpoint{.port = parsed->port.value_or(port)};
    if (parsed->kind == config::HostKind::Ipv4) {
        endpoint.address.setAddress(qFromBigEndian<quint32>(parsed->octets.data()));
    } else if (config::isMappedIpv4(parsed->octets)) {
        // The same server: written both ways, it would have two votes.
        endpoint.address.setAddress(qFromBigEndian<quint32>(std::span(parsed->octets).last<4>().data()));
    } else {
        endpoint.address.setAddress(parsed->octets.data());
        endpoint.address.setScopeId(QString::fromStdString(parsed->zone));
    }
    return endpoint;
}

bool isOfOneHost(const QHostAddress& address)
{
    const auto parsed = config::parseAddress(address.toString().toStdString());
    return parsed && config::isOfOneHost(*parsed);
}

SocketAddress toSocketAddress(const Endpoint& endpoint)
{
    SocketAddress result;
    if (endpoint.isIpv6()) {
        sockaddr_in6 v6{};
        v6.sin6_family = AF_INET6;
        v6.sin6_port = qToBigEndian(endpoint.port);
        v6.sin6_scope_id = scopeOf(endpoint.address);
        const Q_IPV6ADDR octets = endpoint.address.toIPv6Address();
        std::memcpy(&v6.sin6_addr, &octets, sizeof(octets));
        std::memcpy(&result.storage, &v6, sizeof(v6));
        result.length = sizeof(v6);
    } else {
        sockaddr_in v4{};
        v4.sin_family = AF_INET;
        v4.sin_port = qToBigEndian(endpoint.port);
        v4.sin_addr.s_addr = qToBigEndian(endpoint.address.toIPv4Address());
        std::memcpy(&result.storage, &v4, sizeof(v4));
        result.length = sizeof(v4);
    }
    return result;
}

std::optional<Endpoint> fromSocketAddress(const SocketAddress& address)
{
    Endpoint endpoint;
    if (address.storage.ss_family == AF_INET && address.length >= sizeof(sockaddr_in)) {
        sockaddr_in v4{};
        std::memcpy(&v4, &address.storage, sizeof(v4));
        endpoint.address.setAddress(qFromBigEndian(v4.sin_addr.s_addr));
        endpoint.port = qFromBigEndian(v4.sin_port);
        return endpoint;
    }
    if (address.storage.ss_family == AF_INET6 && address.length >= sizeof(sockaddr_in6)) {
        sockaddr_in6 v6{};
        std::memcpy(&v6, &address.storage, sizeof(v6));
        Q_IPV6ADDR octets;
        std::memcpy(&octets, &v6.sin6_addr, sizeof(octets));
        endpoint.address.setAddress(octets);
        if (v6.sin6_scope_id != 0)
            endpoint.address.setScopeId(QString::number(v6.sin6_scope_id));
        endpoint.port = qFromBigEndian(v6.sin6_port);
        return endpoint;
    }
    return std::nullopt;
}

std::uint32_t referenceIdOf(const QHostAddress& address)
{
    if (address.isNull())
        return 0;
    if (address.protocol() == QAbstractSocket::IPv4Protocol)
        return address.toIPv4Address();
    const Q_IPV6ADDR octets = address.toIPv6Address();
    std::array<std::byte, 16> bytes{};
    std::memcpy(bytes.data(), &octets, bytes.size());
    return ntp::referenceIdFromIpv6(bytes);
}

} // namespace foliot::daemon
