// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/returning_servers.h"

#include <algorithm>
#include <chrono>

namespace foliot::daemon {

using namespace std::chrono_literals;

namespace {

constexpr Nanoseconds memory = 1024s; // after that a burst is as good as a regular query
constexpr int freeReturns = 4;        // as many as hurrying may bring forward
constexpr std::size_t mostServers = 256;

} // namespace

std::optional<Nanoseconds> ReturningServers::opened(sync::SourceId source, const config::Source& settings, RawTime now)
{
    forgetOld(now);
    const Server server{settings.address, settings.port};
    m_open.insert_or_assign(source, server);
    const auto gone = m_gone.find(server);
    if (gone == m_gone.end())
        return std::nullopt;
    const Nanoseconds shortest = std::chrono::seconds(1LL << settings.minPoll);
    RawTime& paidUntil = gone->second.paidUntil;
    // Waiting for one interval is enough, however many returns there were.
    paidUntil = std::min(std::max(paidUntil, now) + shortest, now + shortest * (freeReturns + 1));
    return std::max<Nanoseconds>(paidUntil - now - shortest * freeReturns, 0ns);
}

void ReturningServers::closed(sync::SourceId source, RawTime now)
{
    const auto open = m_open.find(source);
    if (open == m_open.end())
        return;
    m_gone.try_emplace(open->second, Gone{.leftAt = now, .paidUntil = now}).first->second.leftAt = now;
    m_open.erase(open);
    if (m_gone.size() > mostServers)
        m_gone.erase(std::ranges::min_element(m_gone, {}, [](const auto& entry) { return entry.second.leftAt; }));
}

void ReturningServers::forgetOld(RawTime now)
{
    std::erase_if(m_gone, [now](const auto& entry) { return now - entry.second.leftAt > memory; });
}

} // namespace foliot::daemon
