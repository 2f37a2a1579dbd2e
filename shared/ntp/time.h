// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The local time scales, each a type of its own: subtracting a reading of one clock from a reading of another does
// not compile. None of these clocks has a now(): the core is told the time, it never asks for it.

#include <chrono>
#include <cstdint>

namespace foliot {

using Nanoseconds = std::chrono::nanoseconds;

// What is computed rather than read: offsets, delays, dispersions.
using Seconds = std::chrono::duration<double>;

// The bare oscillator, never steered and never stepped: CLOCK_MONOTONIC_RAW. Stands still during suspend.
struct RawClock {
    using duration = Nanoseconds;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<RawClock>;
    static constexpr bool is_steady = true;
};

// Time since boot including suspend: CLOCK_BOOTTIME. Minus raw time it shows how long the machine slept.
struct BootClock {
    using duration = Nanoseconds;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<BootClock>;
    static constexpr bool is_steady = true;
};

// The clock that Foliot keeps right: CLOCK_REALTIME, nanoseconds since 1970-01-01 00:00 UTC without leap seconds.
// Servers' timestamps are of this type too, once their era is known.
struct RealClock {
    using duration = Nanoseconds;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<RealClock>;
    static constexpr bool is_steady = false;
};

using RawTime = RawClock::time_point;
using BootTime = BootClock::time_point;
using RealTime = RealClock::time_point;

// The three local clocks, read together.
struct Now {
    RawTime raw{};
    BootTime boot{};
    RealTime real{};

    friend bool operator==(const Now&, const Now&) = default;
};

// Who took a timestamp, and thereby how far it may be from the packet's passage.
enum class StampOrigin : std::uint8_t {
    Hardware,
    Kernel,
    UserSpace, // the kernel gave none: taken around the system call, with a wider error
};

// The moment a packet left or arrived, on the oscillator and on the clock. The raw reading is what measurements are
// computed from, so a step or a slew between two stamps does not disturb them; the real reading is for display.
struct LocalStamp {
    RawTime raw{};
    RealTime real{};
    StampOrigin origin = StampOrigin::UserSpace;
    Nanoseconds error{}; // how far the stamp may be from the truth, >= 0

    friend bool operator==(const LocalStamp&, const LocalStamp&) = default;
};

} // namespace foliot
