// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Answers on threads of its own, by the machine's clock: several for each address, each with a socket and a memory of its
// own. The event loop publishes what they say and never waits for them.

#include "config/config.h"
#include "daemon/server/answering.h"
#include "daemon/server/worker.h"
#include "sync/state.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <vector>

namespace foliot::daemon {

class Clock;

class WorkerAnswering : public QObject, public Answering {
    Q_OBJECT
public:
    // state: what the timekeeping knows now.
    WorkerAnswering(const config::Server& settings, Clock& clock, std::function<const sync::State&()> state);
    ~WorkerAnswering() override;

    std::expected<ServedAddress, QString> open(const Endpoint& local) override;
    void refresh() override;
    void admit(AccessList access) override;
    void setKeys(keys::KeyRing keys) override;
    void setCookieKeys(std::shared_ptr<const nts::CookieKeys> keys) override;
    ServerCounters counters() const override;
    std::vector<ClientRecord> clients() const override;
    std::vector<ServerCounters> countersOfEach() const; // one for each worker, for tests

private:
    const config::Server m_settings;
    Clock& m_clock;
    const std::function<const sync::State&()> m_state;
    const std::uint64_t m_steeringKey;
    std::uint32_t m_clockEpoch = 0;
    QTimer m_renewal;
    Published m_published;
    std::vector<std::unique_ptr<Worker>> m_workers; // the last: they read what is published
};

// How many threads serve an address when the configuration does not say: one for two processors.
unsigned usualWorkers();

} // namespace foliot::daemon
