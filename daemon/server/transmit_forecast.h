// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// When a reply will leave, told before it is handed over: the time of the system call and the reply's place in it,
// with what stamps of earlier replies taught about both. Asking the kernel for the stamp of every reply would cost a third of
// a request, so it is asked for few. Pure.

#include "ntp/time.h"

#include <cstddef>
#include <optional>

namespace foliot::daemon {

class TransmitForecast {
public:
    // Before the first reply of each batch.
    void begin(RawTime now);

    // How many replies to hand over in the next call, after one reading of the clock. What comes behind a pause finds cold
    // caches, and each reply is late by another time.
    std::size_t together() const { return m_sinceRest < alone ? 1 : mostTogether; }

    // The place of the reply that is worth asking about, if any, among so many that are about to leave together; by turns the
    // first and the last. At first always, then one time in so many, counted and not timed: a time runs out most often while
    // the thread has lost its processor, and what comes next is the slowest there is. A server that is seldom asked learns
    // from every reply, because its processor has other things to do in between.
    std::optional<std::size_t> sample(std::size_t count, RawTime now);

    // From the reading of the clock just before the system call until the reply at that place leaves.
    Nanoseconds until(std::size_t place) const;

    // So many replies were handed over, which took so long since the reading of the clock, or nothing where not only the kernel
    // took its time. While call after call takes longer than what has been learnt, as beside busy neighbours, replies leave
    // later as well.
    void called(std::size_t count, std::optional<Nanoseconds> took);

    // What it really took. Samples that a lost processor has made absurd count little.
    void learn(std::size_t place, Nanoseconds took);

private:
    // A forecast for the last of 32 would be wrong by all that held up those before it.
    static constexpr std::size_t mostTogether = 4;
    static constexpr std::size_t alone = 2;

    void learnFirst(double sample); // ns

    int m_learning = 0;     // calls of sample() that were asked about at first
    int m_unasked = 0;      // calls since the last that was asked about
    bool m_asksLast = true; // at that one
    RawTime m_calledAt{};
    RawTime m_begunAt{};
    std::size_t m_sinceRest = 0; // replies
    double m_lastRatio = 0.0;    // of what the last call took to what was learnt
    double m_slowness = 1.0;     // of the calls now
    int m_firsts = 0;            // samples of place 0, up to as many as are averaged
    double m_lowest = 0.0;       // ns, of those
    double m_first = 0.0;        // ns, of the reply at place 0
    double m_each = 1000.0;      // ns, of each further one
};

} // namespace foliot::daemon
