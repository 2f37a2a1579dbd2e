// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/net/address_book.h"

#include <algorithm>

namespace foliot::daemon {

namespace {

// Some resolvers give IPv4 addresses in IPv6 form; they are the same server.
QHostAddress inOwnForm(const QHostAddress& address)
{
    bool isIpv4 = false;
    const quint32 v4 = address.toIPv4Address(&isIpv4);
    return isIpv4 ? QHostAddress(v4) : address;
}

} // namespace

void AddressBook::learn(const QString& name, std::uint16_t port, const QList<QHostAddress>& addresses)
{
    auto& known = m_known[{name, port}];
    known.clear();
    for (const QHostAddress& given : addresses) {
        const Endpoint endpoint{.address = inOwnForm(given), .port = port};
        if (isOfOneHost(endpoint.address) && !std::ranges::contains(known, endpoint))
            known.push_back(endpoint);
        if (known.size() == mostPerName)
            return;
    }
}

void AddressBook::forget(const QString& name, std::uint16_t port)
{
    m_known.erase({name, port});
}

std::optional<Endpoint> AddressBook::take(const QString& name, std::uint16_t port)
{
    const auto at = m_known.find({name, port});
    if (at == m_known.end())
        return std::nullopt;
    for (const Endpoint& endpoint : at->second) {
        if (!m_bad.contains(endpoint) && take(endpoint))
            return endpoint;
    }
    return std::nullopt;
}

bool AddressBook::take(const Endpoint& endpoint)
{
    return m_taken.insert(endpoint).second;
}

void AddressBook::giveBack(const Endpoint& endpoint)
{
    m_taken.erase(endpoint);
}

void AddressBook::markBad(const Endpoint& endpoint)
{
    if (m_bad.size() == mostBad)
        m_bad.clear();
    m_bad.insert(endpoint);
}

void AddressBook::pardon(const QString& name, std::uint16_t port)
{
    const auto at = m_known.find({name, port});
    if (at == m_known.end())
        return;
    for (const Endpoint& endpoint : at->second)
        m_bad.erase(endpoint);
}

} // namespace foliot::daemon
