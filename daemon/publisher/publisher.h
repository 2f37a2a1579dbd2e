// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Puts the daemon on D-Bus: its name, the clock, the sources and their changes. Takes values, so it depends on nobody's
// inner life; publishEngine() connects it to the engine. Owns its connection and finds back to a bus that was lost; the
// timekeeping goes on meanwhile.

#include "bus/bus_probe.h"
#include "bus/connection.h"
#include "daemon/publisher/authorizer.h"
#include "daemon/publisher/call_budget.h"
#include "daemon/publisher/clock_object.h"
#include "daemon/publisher/history.h"
#include "daemon/publisher/properties.h"
#include "daemon/publisher/server_object.h"

#include <QTimer>

#include <chrono>
#include <expected>
#include <map>
#include <memory>

namespace foliot::daemon {

class Publisher : public QObject {
    Q_OBJECT
public:
    struct Timing {
        std::chrono::milliseconds interval{1'000};  // between two announcements, at least
        std::chrono::milliseconds gather{100};      // a change waits for others that follow at once
        std::chrono::milliseconds counters{10'000}; // how often the server's counters are looked at
        std::chrono::milliseconds reconnect{1'000}; // first pause before another try; doubles up to 32 times this
        CallBudget::Duration calls{std::chrono::milliseconds(100)}; // that may be spent on calls at a stretch
    };

    Publisher(const DaemonFacts& facts, Commands commands, std::unique_ptr<Authorizer> authorizer,
        const bus::BusChoice& choice, const Timing& timing, QObject* parent = nullptr);
    ~Publisher() override;

    // Goes on the bus. An error when the daemon cannot have its name: another one runs, or the bus does not let us; a
    // sentence to stop with. A bus that is not there is no error: it is tried again.
    [[nodiscard]] std::expected<void, QString> start();

    // The newest state. Sources appear and disappear at once, and so does what names them; all other changes are gathered,
    // until somebody who asked for one is answered.
    void update(const sync::State& state, const SourceInfos& sources);

    // What has changed of them.
    void setFacts(const DaemonFacts& facts);

    // Null: nothing is served.
    void setServer(std::function<ServerReport()> report);
    // The same of Network Time Security.
    void setNtsServer(std::function<NtsServerReport()> report) { m_ntsServer = std::move(report); }

    bool isOnBus() const { return m_connection.isConnected() && m_hasName; }

private Q_SLOTS:
    void onDisconnected();

private:
    enum class Arrival : quint8 { OnBus, NoBus, NoName };

    void publishBeforeAnswers(Commands& commands);
    Arrival whenNotSilent();
    Arrival connectToBus();
    void leaveBus();
    void retryLater();
    void reconnect(const std::optional<QString>& silence);
    void publishSources();
    void publishList();
    void schedule();
    void flush();
    void publishAll();
    bus::ManagedObjects managedObjects() const;
    const sync::SourceState* stateOf(sync::SourceId id) const;

    DaemonFacts m_facts;
    std::unique_ptr<Authorizer> m_authorizer;
    bus::BusChoice m_choice;
    Timing m_timing;

    sync::State m_state;
    SourceInfos m_infos;
    std::optional<BootTime> m_lastUpdate;
    std::function<ServerReport()> m_server;
    std::function<NtsServerReport()> m_ntsServer;
    History m_history;

    QDBusConnection m_connection;
    bool m_hasName = false;
    QString m_problem; // of the last try to go on the bus
    int m_retries = 0;
    CallBudget m_budget;
    std::unique_ptr<ClockObject> m_clock;
    std::unique_ptr<ServerObject> m_serverObject;
    std::unique_ptr<PublishedObject> m_ntsServerObject;
    std::map<sync::SourceId, std::unique_ptr<PublishedObject>> m_sources;

    QTimer m_flushTimer;
    QTimer m_counterTimer;
    QTimer m_retryTimer;
    bus::BusProbe m_probe;
    std::optional<std::chrono::steady_clock::time_point> m_flushedAt;
};

} // namespace foliot::daemon
