// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The running daemon: makes the parts from a configuration, connects them, reloads and ends them.

#include "config/config.h"
#include "daemon/facts.h"
#include "daemon/options.h"
#include "daemon/service.h"
#include "daemon/state/source_registry.h"
#include "daemon/state/state_directory.h"
#include "sync/state.h"

#include <QObject>

#include <memory>
#include <optional>

namespace foliot::daemon {

class Clock;
class Engine;
struct EngineStart;
class LeapFile;
class Publisher;
class Serving;
class StateKeeper;

class Daemon : public QObject {
    Q_OBJECT
public:
    Daemon(config::Config config, const Options& options, QObject* parent = nullptr);
    ~Daemon() override;

    // False when it cannot run; what is wrong is logged.
    bool start();
    // Reads the configuration again and takes all that can change in a running daemon. What cannot, and a configuration
    // that cannot be used and changes nothing, is told to the log and on the bus.
    void reload();
    // Leaves the clock at its plain frequency and saves what was learnt.
    void stop();

private:
    void beginBesideOthers();
    void openState();
    EngineStart recall() const;
    void makeServing();
    void keepState();
    void readKeys();
    bool startBus();
    void showStatus();
    void take(const config::Config& config);
    void readLeapSeconds();
    void takeLeapSeconds();
    void noteStateProblem(const QString& problem);
    void showFacts();

    config::Config m_config;        // in force
    const config::Config m_started; // as the file was then
    DaemonFacts m_facts;
    const Options m_options;
    bool m_hadUsualFile; // when it was looked at
    Service m_service;
    std::optional<StateDirectory> m_state;
    std::unique_ptr<SourceRegistry> m_registry;
    std::unique_ptr<Clock> m_clock;
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<LeapFile> m_leapFile;
    std::unique_ptr<StateKeeper> m_keeper;
    std::unique_ptr<Serving> m_serving;
    std::unique_ptr<Publisher> m_publisher;
    std::optional<sync::Condition> m_shownCondition;
};

} // namespace foliot::daemon
