// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a person can say about one source. Made from the configuration or from AddSource, read by Poller and selection.

#include <cstdint>

namespace foliot::sync {

// How many packets good time is worth.
enum class PollProfile : std::uint8_t {
    Default, // kind to public servers: one in four and a half minutes at most, fewer when the clock is calm
    Precise, // for servers of one's own: as often as the network's jitter makes worth while
};

// How a source is to be treated. Poll intervals are log2 seconds.
struct SourceOptions {
    int minPoll = 6;
    int maxPoll = 10;
    PollProfile profile = PollProfile::Default;
    std::uint64_t phase = 0; // any number: programs with others ask the same servers at other times
    bool burst = true;       // a few quick queries at start and after being unreachable
    bool smears = false;     // spreads leap seconds over hours, and may not say so
    bool noSelect = false;   // measured and shown, never used
    bool prefer = false;     // used alone when it is a truechimer
    bool trust = false;      // told the truth unless another trusted one says otherwise
    bool require = false;    // the clock is left alone unless one of these is a truechimer

    friend bool operator==(const SourceOptions&, const SourceOptions&) = default;
};

} // namespace foliot::sync
