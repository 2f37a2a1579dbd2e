// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A server: its own clock's error, what it says of itself, when it is there, when it sends kisses. Answers real octets with
// those of ntp::ReplyTemplate, in interleaved mode when that is asked for.

#include "ntp/server_reply.h"
#include "simulation/network.h"
#include "simulation/time_span.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

namespace foliot::simulation {

struct ServerSpec {
    double error = 0.0; // server's clock minus true time at the start, s
    double drift = 0.0; // s/s
    Span shifted;       // then the clock is off by `shift` more
    double shift = 0.0;
    double swingAmplitude = 0.0; // a square wave: the clock jumps by +-amplitude
    double swingPeriod = 1000.0;
    double rootDelay = 0.0;
    double rootDispersion = 0.0;
    int stratum = 1;
    ntp::LeapIndicator leap = ntp::LeapIndicator::None; // said until there was one
    bool smears = false;                                // the leap second, over the day around it
    bool saysHowMuch = false;                           // it adds or takes away, in its reference identifier
    std::uint32_t referenceId = 0;
    PathSpec lateness{.base = 0.0};    // an answer leaves so much later than it says
    bool interleaves = true;           // tells so in the next answer to who asks for it
    std::vector<Span> silent;          // no answer then
    std::optional<std::uint32_t> kiss; // sent in place of answers during `kissing`
    Span kissing;
};

// Server's clock minus true time.
double serverErrorAt(const ServerSpec& server, double trueTime);

class VirtualServer {
public:
    VirtualServer(const ServerSpec& spec, RealTime epoch, const LeapSecond& leap);

    bool isSilent(double trueTime) const;
    // To a request that came at this time; the answer will really leave at `leaves`. Empty when it is not answered.
    std::vector<std::byte> answer(std::span<const std::byte> request, double trueTime, double leaves);

private:
    RealTime timeAt(double trueTime) const;

    ServerSpec m_spec;
    std::map<std::uint64_t, ntp::Timestamp> m_left; // earlier answers, by the receive timestamp in them
    RealTime m_epoch;
    LeapSecond m_leap;
};

} // namespace foliot::simulation
