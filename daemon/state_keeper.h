// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Saves what the next start wants to know: the learnt frequency when the engine says so, and the last time hourly and at
// the end, while the clock is known to be right.

#include "daemon/engine.h"
#include "daemon/state/state_directory.h"

#include <QTimer>

namespace foliot::daemon {

class StateKeeper : public QObject {
    Q_OBJECT
public:
    // keepsTime: false for a simulated clock, whose time says nothing about the machine's.
    StateKeeper(Engine& engine, const StateDirectory& directory, bool keepsTime, QObject* parent = nullptr);

    void saveTime();

Q_SIGNALS:
    void saved(const QString& problem); // why it could not be; empty when it was

private:
    void saveDrift(const sync::Drift& drift);
    void note(const std::expected<void, StateError>& outcome);

    Engine& m_engine;
    const StateDirectory& m_directory;
    const bool m_keepsTime;
    QTimer m_hourly;
};

} // namespace foliot::daemon
