// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/path_watch.h"

#include <algorithm>
#include <cmath>

namespace foliot::sync {

namespace {

constexpr std::size_t earlyMeansChange = 4; // packets in a row
// The quickest of eight packets is late by so many times what the others are later than it: by exponentials that are
// ever so long once in a hundred thousand.
constexpr double tightly = 6.0;
constexpr double clearly = 8.0;    // usual latenesses
constexpr double oneWayOnly = 1.2; // difference over sum of a path that changed on one way, and a little

} // namespace

void PathWatch::onTime(const Ways& late)
{
    m_late[m_lateCount % m_late.size()] = late;
    ++m_lateCount;
    m_earlyCount = 0;
}

void PathWatch::early(const Ways& late)
{
    m_leastEarly = m_earlyCount == 0 ? late
                                     : Ways{.outbound = std::min(m_leastEarly.outbound, late.outbound),
                                           .inbound = std::min(m_leastEarly.inbound, late.inbound)};
    ++m_earlyCount;
    m_lateCount = 0;
}

std::optional<Ways> PathWatch::longer(double usual) const
{
    if (m_lateCount < m_late.size())
        return std::nullopt;
    Ways least = m_late.front();
    double leastSum = least.sum();
    double mean = 0.0;
    for (const Ways& late : m_late) {
        least = {.outbound = std::min(least.outbound, late.outbound), .inbound = std::min(least.inbound, late.inbound)};
        leastSum = std::min(leastSum, late.sum());
        mean += late.sum() / static_cast<double>(m_late.size());
    }
    if (leastSum <= tightly * (mean - leastSum) || leastSum <= clearly * usual)
        return std::nullopt;
    return least;
}

bool PathWatch::isShorter(const Ways& late, double usual)
{
    return late.sum() < -clearly * usual;
}

std::optional<Ways> PathWatch::shorter() const
{
    if (!isEarlyForGood() || m_leastEarly.sum() >= 0.0 ||
        std::abs(m_leastEarly.difference()) > oneWayOnly * std::abs(m_leastEarly.sum()))
        return std::nullopt;
    return m_leastEarly;
}

bool PathWatch::isEarlyForGood() const
{
    return m_earlyCount >= earlyMeansChange;
}

} // namespace foliot::sync
