// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the server did since it started. ServerCounters is the value that is shown; LiveCounters is what a thread counts in:
// each has its own, so that no two write the same line of memory.

#include "ntp/rejection.h"
#include "nts/aead.h"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <numeric>

namespace foliot::daemon {

struct ServerCounters {
    std::uint64_t received = 0;
    std::uint64_t answered = 0;
    std::array<std::uint64_t, ntp::allRejections.size()> rejected{}; // indexed like allRejections
    std::uint64_t lostOnPurpose = 0;                                 // by a simulated path
    std::uint64_t sendFailures = 0;
    std::uint64_t overload = 0;       // too many replies waiting behind a simulated path
    std::uint64_t clockStepped = 0;   // came in before a step of the clock that they would have been answered after
    std::uint64_t denied = 0;         // by the access rules
    std::uint64_t rateLimited = 0;    // too much of one client, and not even told so
    std::uint64_t unsynchronized = 0; // silent for want of anything to say
    // Of those answered:
    std::uint64_t kisses = 0;                 // told to ask less
    std::uint64_t interleaved = 0;            // told when the reply before left
    std::uint64_t authenticated = 0;          // by a symmetric key
    std::uint64_t unreadableCookies = 0;      // refused with NTSN: the cookie is none of ours, or its key is gone
    std::uint64_t notAuthenticByNts = 0;      // refused with NTSN: not by the keys of its cookie
    std::array<std::uint64_t, 5> ofVersion{}; // by the version asked in; the first is not used
    // By Network Time Security, indexed like nts::allAlgorithms: those answered, and the cookies in the answers.
    std::array<std::uint64_t, nts::allAlgorithms.size()> protectedWith{};
    std::array<std::uint64_t, nts::allAlgorithms.size()> cookiesFor{};

    std::uint64_t protectedByNts() const
    {
        return std::accumulate(protectedWith.begin(), protectedWith.end(), std::uint64_t{0});
    }

    std::uint64_t dropped() const
    {
        const auto others =
            lostOnPurpose + sendFailures + overload + clockStepped + denied + rateLimited + unsynchronized;
        return std::accumulate(rejected.begin(), rejected.end(), others);
    }

    ServerCounters& operator+=(const ServerCounters& other);

    friend bool operator==(const ServerCounters&, const ServerCounters&) = default;
};

// Calls function(of a, of b) with each number of two counters of the same shape.
template<typename First, typename Second, typename Function>
void forEachCounter(First& a, Second& b, Function&& function)
{
    function(a.received, b.received);
    function(a.answered, b.answered);
    for (std::size_t i = 0; i < a.rejected.size(); ++i)
        function(a.rejected[i], b.rejected[i]);
    function(a.lostOnPurpose, b.lostOnPurpose);
    function(a.sendFailures, b.sendFailures);
    function(a.overload, b.overload);
    function(a.clockStepped, b.clockStepped);
    function(a.denied, b.denied);
    function(a.rateLimited, b.rateLimited);
    function(a.unsynchronized, b.unsynchronized);
    function(a.kisses, b.kisses);
    function(a.interleaved, b.interleaved);
    function(a.authenticated, b.authenticated);
    function(a.unreadableCookies, b.unreadableCookies);
    function(a.notAuthenticByNts, b.notAuthenticByNts);
    for (std::size_t i = 0; i < a.ofVersion.size(); ++i)
        function(a.ofVersion[i], b.ofVersion[i]);
    for (std::size_t i = 0; i < a.protectedWith.size(); ++i) {
        function(a.protectedWith[i], b.protectedWith[i]);
        function(a.cookiesFor[i], b.cookiesFor[i]);
    }
}

inline ServerCounters& ServerCounters::operator+=(const ServerCounters& other)
{
    forEachCounter(*this, other, [](std::uint64_t& mine, std::uint64_t theirs) { mine += theirs; });
    return *this;
}

// The place of a reason in ServerCounters::rejected.
constexpr std::size_t placeOf(ntp::Rejection rejection)
{
    for (std::size_t i = 0; i < ntp::allRejections.size(); ++i)
        if (ntp::allRejections[i] == rejection)
            return i;
    return 0;
}

// The place of an algorithm in ServerCounters::protectedWith and cookiesFor.
constexpr std::size_t placeOf(nts::Algorithm algorithm)
{
    for (std::size_t i = 0; i < nts::allAlgorithms.size(); ++i)
        if (nts::allAlgorithms[i] == algorithm)
            return i;
    return 0;
}

// Counted up by one thread, read by any.
class LiveCounters {
public:
    // By the thread that counts: makes visible what it has counted so far.
    void publish(const ServerCounters& counters)
    {
        forEachCounter(m_cells, counters, [](std::atomic<std::uint64_t>& cell, std::uint64_t value) {
            cell.store(value, std::memory_order_relaxed);
        });
    }

    ServerCounters read() const
    {
        ServerCounters counters;
        forEachCounter(counters, m_cells,
            [](std::uint64_t& value, const auto& cell) { value = cell.load(std::memory_order_relaxed); });
        return counters;
    }

private:
    using Cell = std::atomic<std::uint64_t>;
    struct Cells {
        Cell received = 0;
        Cell answered = 0;
        std::array<Cell, ntp::allRejections.size()> rejected{};
        Cell lostOnPurpose = 0;
        Cell sendFailures = 0;
        Cell overload = 0;
        Cell clockStepped = 0;
        Cell denied = 0;
        Cell rateLimited = 0;
        Cell unsynchronized = 0;
        Cell kisses = 0;
        Cell interleaved = 0;
        Cell authenticated = 0;
        Cell unreadableCookies = 0;
        Cell notAuthenticByNts = 0;
        std::array<Cell, 5> ofVersion{};
        std::array<Cell, nts::allAlgorithms.size()> protectedWith{};
        std::array<Cell, nts::allAlgorithms.size()> cookiesFor{};
    };
    alignas(64) Cells m_cells;
};

} // namespace foliot::daemon
