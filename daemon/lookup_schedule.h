// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// When the name of a source is looked up: never twice at once, and with pauses between that double while nothing new comes of
// it. Used by Roster, which does the looking up.

#include "ntp/time.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <optional>

namespace foliot::daemon {

class LookupSchedule : public QObject {
    Q_OBJECT
public:
    LookupSchedule();

    bool isUnderWay() const { return m_isUnderWay; }
    bool isPausing() const { return m_pause.isActive(); }
    std::chrono::milliseconds lastPause() const { return m_pause.intervalAsDuration(); } // as long as it was to be

    void begun();
    void ended() { m_isUnderWay = false; }
    void broughtSomethingNew() { m_failures = 0; }

    // A name without any address is tried sooner than a pool that could have more members.
    void pause(bool hasAddress);

    // The pauses begin anew with the lookup that follows at once. False when they did within the last minute.
    bool beginAnew(RawTime now);

Q_SIGNALS:
    void due(); // a pause is over

private:
    QTimer m_pause{this};
    bool m_isUnderWay = false;
    int m_failures = 0; // lookups in a row that brought nothing new
    std::optional<RawTime> m_begunAnewAt;
};

} // namespace foliot::daemon
