// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How many standard deviations of the offset are claimed to hold its error 99.9 % of the time. Beside the tail of the
// belief it counts how far the belief itself can be trusted: it is learnt, and errs most where it has just become another
// than it usually is. Fed by SourceFilter after each packet, read by all who claim.

#include <cstddef>

namespace foliot::sync {

class ClaimReach {
public:
    static constexpr double normal = 3.29; // deviations that a normal law reaches 99.9 % of the time

    // What is believed after a packet.
    struct Belief {
        double tail = normal;    // deviations that all but 0.001 of it reaches
        double deviation = 0.0;  // of the offset, seconds
        double jitter = 0.0;     // deviation of a usual midpoint, seconds
        double wander = 0.0;     // per square root of a second
        double logWander = 0.0;  // the mean of its logarithm
        std::size_t samples = 0; // packets it was learnt from
    };

    // The packets are told in their order, each once.
    double after(const Belief& belief);

    // How far the logarithm of the wander was below its average at the last packet; 0 if it was above, and until the
    // average is of as many packets as it shall be.
    double calmer() const { return m_calmer; }

private:
    double m_usualTail = normal;
    double m_usualDeviation = 0.0;   // logarithm of seconds
    double m_meanDeviation = 0.0;    // seconds
    double m_meanLogDeviation = 0.0; // logarithm of seconds
    double m_usualLogWander = 0.0;
    double m_calmer = 0.0;
    double m_packets = 0.0;
};

} // namespace foliot::sync
