// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/state_keeper.h"

#include "daemon/clocks/clock.h"
#include "daemon/state/drift_file.h"
#include "daemon/state/last_time.h"

namespace foliot::daemon {

StateKeeper::StateKeeper(Engine& engine, const StateDirectory& directory, bool keepsTime, QObject* parent)
    : QObject(parent)
    , m_engine(engine)
    , m_directory(directory)
    , m_keepsTime(keepsTime)
{
    connect(&m_engine, &Engine::driftLearnt, this, &StateKeeper::saveDrift);
    m_hourly.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_hourly, &QTimer::timeout, this, &StateKeeper::saveTime);
    if (m_keepsTime)
        m_hourly.start(saveTimeEvery);
}

void StateKeeper::saveTime()
{
    if (!m_keepsTime || m_engine.state().condition != sync::Condition::Synchronized)
        return;
    note(saveLastTime(m_directory, m_engine.clock().now().real));
}

void StateKeeper::saveDrift(const sync::Drift& drift)
{
    note(daemon::saveDrift(m_directory, drift, m_engine.clock().now().real));
}

void StateKeeper::note(const std::expected<void, StateError>& outcome)
{
    Q_EMIT saved(outcome ? QString() : QString::fromStdString(outcome.error().message));
}

} // namespace foliot::daemon
