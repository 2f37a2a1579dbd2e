// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Notices that packets take another path than before, from how much later or earlier than believed the last ones came on
// each way. A longer path makes all packets late by about as much, where congestion makes each late by another amount; a
// shorter one makes them early, which nothing else does but a change of the server's time. Fed and read by SourceFilter.

#include <array>
#include <cstddef>
#include <optional>

namespace foliot::sync {

// A timestamp difference of each way, or a part of it, in seconds.
struct Ways {
    double outbound = 0.0;
    double inbound = 0.0;

    double sum() const { return outbound + inbound; }
    double difference() const { return outbound - inbound; }
};

class PathWatch {
public:
    // How much later than the quickest packets of the path believed in the packet came.
    void onTime(const Ways& late);
    // The same of a packet too early to be believed, on one way at least.
    void early(const Ways& late);
    void clear() { *this = {}; }

    // By how much longer each way has become; once the last packets agree on it. usual: how late packets are in general,
    // both ways together, in seconds.
    std::optional<Ways> longer(double usual) const;
    // Whether a packet is so much quicker there and back that its path is another one, whatever the clock does.
    static bool isShorter(const Ways& late, double usual);
    // What early packets in a row say, once there are enough: less than 0 on a way that has become shorter. Empty when
    // the sum of both ways is what it was: then it is the server's time that is another.
    std::optional<Ways> shorter() const;
    bool isEarlyForGood() const;

private:
    std::array<Ways, 8> m_late{};
    std::size_t m_lateCount = 0;
    Ways m_leastEarly;
    std::size_t m_earlyCount = 0;
};

} // namespace foliot::sync
