// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The leap second at the end of this UTC day, by most of the sources in use or by a list of leap seconds, and the moment at
// which UTC leaps. Fed by System with the list, with what the sources announce and with each reading, read by all that
// counts or says the time.
//
// What most of the sources announce they are about to do, and the clock follows them. Where they announce nothing a list
// that covers the day decides: many servers do not know of a leap second before it is past.
//
// UTC is counted on the oscillator, so a leap second is a jump of UTC there: whatever was measured before is moved along,
// and what is measured within two seconds of it is not used, because nobody says on which side of it a server's stamp is.

#include "ntp/leap_seconds.h"
#include "ntp/protocol.h"
#include "ntp/time.h"
#include "sync/state.h"

#include <chrono>
#include <optional>
#include <span>
#include <utility>

namespace foliot::sync {

class LeapWatch {
public:
    // Replaces the list from before.
    void know(ntp::LeapSeconds list) { m_list = std::move(list); }

    // By the sources in use. More than half of them have to announce the same. isSmeared: their time has no leap seconds, so
    // that there is none to expect.
    void hear(std::span<const ntp::LeapIndicator> announcements, bool isSmeared = false);

    // What UTC is believed to be at `now`, in order. Says by how much it has leapt since the time before: by -1 s for a
    // second that was inserted.
    Nanoseconds observe(RawTime now, RealTime utc);

    // At the end of this UTC day. By the sources there is none but on the last one of June or December, RFC 5905 section
    // 7.3.
    ntp::LeapIndicator due() const { return m_due; }
    // The one that is due, or the last one: by the list also of before there was anything to observe.
    std::optional<LeapMoment> moment() const;
    // What the clock does by itself at `when`, if it was told of the leap second; 0 but near it.
    Nanoseconds jumpNear(RawTime when) const { return isNear(when) ? m_jump : Nanoseconds{}; }

    // Too close to the leap second, to come or past, to tell on which side a stamp or the clock is.
    bool isNear(RawTime when) const { return afterwards(when) != when; }
    // The same moment, or the end of the time that is too close.
    RawTime afterwards(RawTime when) const;
    // What to add to UTC as it was counted at `when`, before a leap second that is past.
    Nanoseconds leaptSince(RawTime when) const;

    // TAI minus UTC by the list, in seconds; absent when it does not say. Of the UTC that observe() saw last.
    std::optional<int> taiMinusUtc() const { return m_list.taiMinusUtcAt(m_utc); }

    // When observe() and what was put off are due next, after `now`.
    std::optional<RawTime> nextWakeup(RawTime now) const;

private:
    void await(RawTime now, RealTime utc);
    ntp::LeapIndicator decidedFor(std::chrono::sys_days day) const;

    ntp::LeapSeconds m_list;
    RawTime m_now; // as observed last, with the UTC of then
    RealTime m_utc;
    bool m_isSmeared = false;
    ntp::LeapIndicator m_announced = ntp::LeapIndicator::None;
    ntp::LeapIndicator m_due = ntp::LeapIndicator::None;
    RealTime m_instant;                             // of the one that is due, as it is counted before
    std::optional<RawTime> m_at;                    // of the one that is due, else of the last
    Nanoseconds m_jump{};                           // likewise
    std::optional<std::chrono::sys_days> m_lastDay; // that ended with a leap second
};

} // namespace foliot::sync
