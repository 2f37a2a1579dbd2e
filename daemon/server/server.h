// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The NTP server: hears requests on its sockets, says what the clock and the timekeeping say, counts. What a reply says is
// ntp::serverReply's business; what we claim is advertisedState's.

#include "config/config.h"
#include "daemon/server/server_counters.h"
#include "daemon/server/server_socket.h"
#include "daemon/server/simulated_path.h"
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
    // state: what the timekeeping knows now; called for each request.
    Server(const config::Server& settings, const config::Simulation& simulation, Clock& clock,
        std::function<const sync::State&()> state, QObject* parent = nullptr);

    // Opens all addresses; those without a port of their own at defaultPort, 0 for any that is free. What cannot be opened is said in problems(), the others serve.
    void start(std::uint16_t defaultPort = ntp::defaultPort);

    bool isServing() const { return !m_sockets.empty(); }
    const std::vector<QString>& problems() const { return m_problems; }
    std::vector<Endpoint> endpoints() const;
    const ServerCounters& counters() const { return m_counters; }

private:
    void answer(ServerSocket& socket, const Request& request);
    void answerLater(ServerSocket& socket, const Request& request);
    // Replies as if the request had come in at `received` and the reply left `before` now.
    void send(ServerSocket& socket, const Request& request, RealTime received, Nanoseconds before);
    RealTime receivedAt(const Request& request);

    config::Server m_settings;
    Clock& m_clock;
    std::function<const sync::State&()> m_state;
    SimulatedPath m_path;
    int m_onTheirWay = 0; // replies behind the simulated path
    std::vector<std::unique_ptr<ServerSocket>> m_sockets;
    std::vector<QString> m_problems;
    ServerCounters m_counters;
};

} // namespace foliot::daemon
