// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// When a source is asked: reach register, poll interval, burst at start and after silence, kisses. Fed by Source with
// what became of each query. RFC 5905 section 13.

#include "ntp/time.h"
#include "sync/source_id.h"
#include "sync/source_options.h"

#include <cstdint>
#include <optional>
#include <span>

namespace foliot::sync {

class Poller {
public:
    Poller(SourceId source, const SourceOptions& options, RawTime start);

    // Absent while a query is open and after a refusal.
    std::optional<RawTime> nextQuery() const;

    // The caller asks now.
    void asked(RawTime now);

    // The open query ended. wanted: the poll interval the estimators would like from here on.
    void answered(Seconds wanted);
    // True when with this the source counts as lost.
    bool unanswered();
    // Kiss RATE: half as often at least, at once; eased again by and by.
    void toldToSlowDown();
    // Kiss DENY or RSTR: never again.
    void refused();

    // Ask as soon as is polite: however often it is wanted, a few times in a row at most, then no more often than the
    // shortest poll interval; and not before the time that a RATE told to wait.
    void hurry(RawTime now);
    // Before the first query: none until then, hurried or not, and no burst.
    void pause(RawTime until);
    // Another server stands behind the source from now on.
    void restart(RawTime now);

    std::uint8_t reach() const { return m_reach; }
    Seconds interval() const { return m_interval; }
    int exponent() const; // of the interval, the nearest
    bool isReachable() const { return m_reach != 0; }
    bool isStopped() const { return m_stopped; }
    std::uint64_t queries() const { return m_queries; }

private:
    enum class Pace : std::uint8_t { Regular, Quick, Hurried };

    void ended();
    RawTime soonest() const;
    Seconds shortest() const;
    Seconds longest() const; // never below the floor
    Nanoseconds regularInterval() const;

    SourceId m_source;
    SourceOptions m_options;
    std::optional<RawTime> m_next;
    Pace m_pace = Pace::Regular; // of the next query
    RawTime m_pausedUntil;
    bool m_isReturning = false; // paused at its start, and has not answered since
    RawTime m_askedAt;
    RawTime m_paidUntil; // each query but the quick ones costs the shortest interval; hurrying may run into debt
    Seconds m_interval{};
    Seconds m_floor{}; // raised by RATE
    int m_answersUntilEased = 0;
    std::span<const Nanoseconds> m_quick; // spacings of the quick queries still to come
    bool m_hasPhase = false;
    int m_silent = 0; // queries without an answer in a row
    bool m_everAnswered = false;
    std::uint8_t m_reach = 0;
    bool m_stopped = false;
    std::uint64_t m_queries = 0;
};

} // namespace foliot::sync
