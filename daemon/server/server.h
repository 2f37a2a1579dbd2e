// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The NTP server: opens what the configuration names and says what became of it. Who answers, and how, is Answering's
// business; what we claim is Claim's; what a reply says is shared/ntp's.

#include "config/config.h"
#include "daemon/server/answering.h"
#include "ntp/protocol.h"
#include "sync/state.h"

#include <QObject>

#include <functional>
#include <memory>
#include <vector>

namespace foliot::daemon {

class Clock;

class Server : public QObject {
    Q_OBJECT
public:
    // state: what the timekeeping knows now; refresh() says that it changed.
    Server(const config::Server& settings, const config::Simulation& simulation, Clock& clock,
        std::function<const sync::State&()> state, QObject* parent = nullptr);
    ~Server() override;

    // Opens all addresses; those without a port of their own at defaultPort, 0 for any that is free. What cannot be opened
    // is said in problems(), the others serve.
    void start(std::uint16_t defaultPort = ntp::defaultPort);

    // Call it when the timekeeping's state changed.
    void refresh();

    bool isServing() const { return !m_served.empty(); }
    const std::vector<QString>& problems() const { return m_problems; }
    const std::vector<ServedAddress>& served() const { return m_served; }
    std::vector<Endpoint> endpoints() const;
    ServerCounters counters() const;

private:
    const config::Server m_settings;
    std::unique_ptr<Answering> m_answering;
    std::vector<ServedAddress> m_served;
    std::vector<QString> m_problems;
};

} // namespace foliot::daemon
