// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/nts_server/key_exchange_counters.h"

#include <numeric>

namespace foliot::daemon {

std::string_view keyExchangeEndWord(KeyExchangeEnd end)
{
    switch (end) {
    case KeyExchangeEnd::Granted:
        return "granted";
    case KeyExchangeEnd::NothingInCommon:
        return "nothing-in-common";
    case KeyExchangeEnd::BadRequest:
        return "bad-request";
    case KeyExchangeEnd::InternalError:
        return "internal-error";
    case KeyExchangeEnd::TlsFailed:
        return "tls-failed";
    case KeyExchangeEnd::LeftEarly:
        return "left-early";
    case KeyExchangeEnd::TooSlow:
        return "too-slow";
    case KeyExchangeEnd::TooLong:
        return "too-long";
    case KeyExchangeEnd::Displaced:
        return "displaced";
    case KeyExchangeEnd::Denied:
        return "denied";
    case KeyExchangeEnd::RateLimited:
        return "rate-limited";
    case KeyExchangeEnd::TooManyOfOne:
        return "too-many-of-one";
    case KeyExchangeEnd::NotReady:
        return "not-ready";
    }
    return {};
}

std::uint64_t KeyExchangeCounters::refused() const
{
    return std::accumulate(ends.begin(), ends.end(), std::uint64_t{0}) - of(KeyExchangeEnd::Granted);
}

KeyExchangeCounters& KeyExchangeCounters::operator+=(const KeyExchangeCounters& other)
{
    for (std::size_t i = 0; i < ends.size(); ++i)
        ends[i] += other.ends[i];
    acceptFailures += other.acceptFailures;
    open += other.open;
    return *this;
}

KeyExchangeCounters LiveKeyExchangeCounters::read() const
{
    KeyExchangeCounters counters;
    for (std::size_t i = 0; i < m_ends.size(); ++i)
        counters.ends[i] = m_ends[i].load(std::memory_order_relaxed);
    counters.acceptFailures = m_acceptFailures.load(std::memory_order_relaxed);
    counters.open = m_open.load(std::memory_order_relaxed);
    return counters;
}

} // namespace foliot::daemon
