// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/nts_server/connection_limits.h"

namespace foliot::daemon {

NetworkAddress ConnectionLimits::placeOf(const NetworkAddress& client) const
{
    const SteeringPrefixes& prefixes = m_limit.rate.prefixes;
    return prefixOf(client, client.isIpv6 ? prefixes.ipv6 : prefixes.ipv4);
}

std::optional<KeyExchangeEnd> ConnectionLimits::enter(
    const NetworkAddress& client, const AccessList& access, RawTime now)
{
    if (!access.allows(client))
        return KeyExchangeEnd::Denied;
    const auto place = placeOf(client);
    const auto found = m_ofOne.find(place);
    if (found != m_ofOne.end() && found->second >= m_limit.ofOne)
        return KeyExchangeEnd::TooManyOfOne;
    if (m_rate.judge(client, now) != Allowance::Answer)
        return KeyExchangeEnd::RateLimited;
    ++m_ofOne[place];
    return std::nullopt;
}

void ConnectionLimits::left(const NetworkAddress& client)
{
    const auto found = m_ofOne.find(placeOf(client));
    if (found == m_ofOne.end())
        return;
    if (--found->second == 0)
        m_ofOne.erase(found);
}

} // namespace foliot::daemon
