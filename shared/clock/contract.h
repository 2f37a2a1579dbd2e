// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the daemon asks of the keeper of the machine's clock and what it hears back. Between daemon and helper these
// structs cross a SOCK_SEQPACKET socket as they lie in memory: both ends run on one machine, and the two programs are
// installed together (version says so). Every field has a fixed size, there is no padding, and what a kind of request
// does not use is zero, so a request that is not exactly one of these is refused.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <type_traits>

namespace foliot::clock {

inline constexpr std::uint32_t contractVersion = 3;

enum class RequestKind : std::uint32_t {
    Query = 1, // change nothing, say how things are
    Steer,     // base frequency and, for a limited time, an extra rate; replaces the one before
    Step,      // add to the clock at once
    Status,    // what the kernel tells other programs about the clock
    Permit,    // ask a person, through polkit, for one step beyond the limits; the answer may take minutes
};

enum class Leap : std::uint32_t { None, Insert, Delete };

struct Request {
    std::uint32_t version = contractVersion;
    RequestKind kind = RequestKind::Query;
    std::uint64_t number = 0; // echoed in the reply

    // Steer
    double baseFrequencyPpm = 0.0; // positive makes the clock faster
    double extraRatePpm = 0.0;
    std::int64_t extraForNs = 0; // on CLOCK_MONOTONIC, which the rates speed up; 0 exactly when there is no extra rate

    // Step: how far, positive forward. Permit: the largest magnitude asked for.
    std::int64_t stepNs = 0;

    // Status
    std::uint16_t synchronized = 0; // 0 or 1
    std::uint16_t taiMinusUtc = 0;  // s, for CLOCK_TAI; 0: left as it is
    Leap leap = Leap::None;         // at the end of the UTC day
    std::int64_t maxErrorNs = 0;
    std::int64_t estimatedErrorNs = 0;

    // Permit: unique bus name of the person's program, such as ":1.42", filled up with zeros.
    std::array<char, 28> person{};
    std::uint32_t mayInteract = 0; // 0 or 1: the person may be asked for a password

    friend bool operator==(const Request&, const Request&) = default;
};

enum class Fault : std::uint32_t {
    None,
    Malformed,    // not a request of this version
    OutOfBounds,  // beyond what the keeper ever does
    StepRefused,  // beyond what it does without a person's word, or the person did not give it
    NotPermitted, // the kernel says EPERM
    Failed,       // anything else; systemError says what
};

// The clocks, in nanoseconds, read together: width is how far apart at most.
struct Reading {
    std::int64_t rawNs = 0;  // CLOCK_MONOTONIC_RAW
    std::int64_t bootNs = 0; // CLOCK_BOOTTIME
    std::int64_t realNs = 0; // CLOCK_REALTIME
    std::int64_t widthNs = 0;

    friend bool operator==(const Reading&, const Reading&) = default;
};

struct Reply {
    std::uint32_t version = contractVersion;
    Fault fault = Fault::None;
    std::uint64_t number = 0;
    RequestKind kind = RequestKind::Query;
    std::int32_t systemError = 0; // errno of the call that failed
    Reading before{};             // around the change
    Reading after{};
    double baseFrequencyPpm = 0.0; // read back
    double extraRatePpm = 0.0;     // read back
    std::int64_t steppedNs = 0;    // what was added; 0 unless a step was done

    friend bool operator==(const Reply&, const Reply&) = default;
};

static_assert(sizeof(Request) == 104 && std::is_trivially_copyable_v<Request>);
static_assert(sizeof(Reply) == 112 && std::is_trivially_copyable_v<Reply>);
static_assert(sizeof(double) == 8);

// The octets of one message, no more and no fewer; empty when the length or the version is another.
// What the fields say is judged by check() of bounds.h.
std::optional<Request> readRequest(std::span<const std::byte> octets);
std::optional<Reply> readReply(std::span<const std::byte> octets);

} // namespace foliot::clock
