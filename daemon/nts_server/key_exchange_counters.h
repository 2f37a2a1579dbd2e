// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What became of those who came to exchange keys, since the server started. A thread counts in its own, so that no two write
// the same line of memory.

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace foliot::daemon {

// How a connection ended; each does so in one way.
enum class KeyExchangeEnd : std::uint8_t {
    Granted,         // has keys and cookies
    NothingInCommon, // offered no protocol, or no algorithm, that is ours, and was told so
    BadRequest,      // was told that its request is none
    InternalError,   // was told that something is wrong with us
    TlsFailed,       // no TLS 1.3, no NTS, or not TLS at all
    LeftEarly,       // went before it had said all
    TooSlow,         // the time limit
    TooLong,         // more octets than any request has
    Displaced,       // the oldest, when there were too many
    Denied,          // by the access rules
    RateLimited,     // came too often
    TooManyOfOne,    // has too many connections already
    NotReady,        // we have no certificate
};

inline constexpr std::array allKeyExchangeEnds{KeyExchangeEnd::Granted, KeyExchangeEnd::NothingInCommon,
    KeyExchangeEnd::BadRequest, KeyExchangeEnd::InternalError, KeyExchangeEnd::TlsFailed, KeyExchangeEnd::LeftEarly,
    KeyExchangeEnd::TooSlow, KeyExchangeEnd::TooLong, KeyExchangeEnd::Displaced, KeyExchangeEnd::Denied,
    KeyExchangeEnd::RateLimited, KeyExchangeEnd::TooManyOfOne, KeyExchangeEnd::NotReady};

// "rate-limited", for programs.
std::string_view keyExchangeEndWord(KeyExchangeEnd end);

struct KeyExchangeCounters {
    std::array<std::uint64_t, allKeyExchangeEnds.size()> ends{}; // indexed like allKeyExchangeEnds
    std::uint64_t acceptFailures = 0; // no descriptor or no memory for a connection that came
    std::uint64_t open = 0;           // connections now

    std::uint64_t of(KeyExchangeEnd end) const { return ends[static_cast<std::size_t>(end)]; }
    // Of all that came and went, those that got no keys.
    std::uint64_t refused() const;

    KeyExchangeCounters& operator+=(const KeyExchangeCounters& other);

    friend bool operator==(const KeyExchangeCounters&, const KeyExchangeCounters&) = default;
};

// Counted by one thread, read by any.
class LiveKeyExchangeCounters {
public:
    void count(KeyExchangeEnd end) { add(m_ends[static_cast<std::size_t>(end)], 1); }
    void countAcceptFailure() { add(m_acceptFailures, 1); }
    void setOpen(std::size_t open) { m_open.store(open, std::memory_order_relaxed); }

    KeyExchangeCounters read() const;

private:
    using Cell = std::atomic<std::uint64_t>;
    // One thread writes: nothing gets lost between its load and its store.
    static void add(Cell& cell, std::uint64_t more)
    {
        cell.store(cell.load(std::memory_order_relaxed) + more, std::memory_order_relaxed);
    }

    alignas(64) std::array<Cell, allKeyExchangeEnds.size()> m_ends{};
    Cell m_acceptFailures = 0;
    Cell m_open = 0;
};

} // namespace foliot::daemon
