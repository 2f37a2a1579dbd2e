// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What window and tray icon show, kept up to date: follows the daemon through bus::Client, lets time pass (a bound grows
// while nothing arrives), and notices a daemon that is there but no longer answers. Ticks once a second while somebody
// looks and seldom while nobody does.

#include "bus/client/client.h"
#include "gui/clock_sentence.h"
#include "gui/source_model.h"

#include <QObject>
#include <QTimer>

namespace foliot::gui {

class ClockWatch : public QObject {
    Q_OBJECT

public:
    // How long without news before the daemon is asked for a sign of life.
    static constexpr int patienceMs = 15'000;

    ClockWatch(bus::Client& client, bus::BusKind busKind, QObject* parent = nullptr);

    // True while the window is on the screen.
    void setLookedAt(bool isLookedAt);
    [[nodiscard]] bool isLookedAt() const { return m_isLookedAt; }

    [[nodiscard]] const ClockStatus& status() const { return m_status; }
    [[nodiscard]] SourceModel& sources() { return m_sources; }
    [[nodiscard]] bus::Client& client() { return m_client; }
    // The last tick, CLOCK_BOOTTIME in microseconds.
    [[nodiscard]] quint64 nowUSec() const { return m_nowUSec; }

    // For tests: waits less for a silent daemon.
    void setPatience(int milliseconds);

Q_SIGNALS:
    void statusChanged();
    // What the daemon said about the clock has changed, or it has come or gone.
    void clockChanged();
    void ticked(quint64 nowUSec);
    // The daemon is there from now on; what was recorded before may be asked for.
    void serviceAppeared();
    void serviceVanished();

private:
    void tick();
    void restartTimer();
    void heard();
    void ask();
    void availabilityChanged();
    void putSource(quint32 id);
    void describe();

    bus::Client& m_client;
    bus::BusKind m_busKind;
    SourceModel m_sources;
    ClockStatus m_status;
    QTimer m_timer;
    quint64 m_nowUSec = 0;
    quint64 m_heardUSec = 0; // last sign of life
    int m_patienceMs = patienceMs;
    bool m_isLookedAt = false;
    bool m_isAsking = false;
    bool m_isSilent = false;
    bool m_isDescribing = false; // a description is due when the event loop comes round
};

} // namespace foliot::gui
