// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Answers in the event loop, one request at a time, by any clock: also by a simulated one, from behind a simulated network.

#include "config/config.h"
#include "daemon/server/answering.h"
#include "daemon/server/responder.h"
#include "daemon/server/server_socket.h"
#include "daemon/server/simulated_path.h"
#include "sync/state.h"

#include <QObject>

#include <functional>
#include <memory>
#include <vector>

namespace foliot::daemon {

class Clock;

class LoopAnswering : public QObject, public Answering {
    Q_OBJECT
public:
    // state: what the timekeeping knows now; called for each request.
    LoopAnswering(const config::Server& settings, const config::Simulation& simulation, Clock& clock,
        std::function<const sync::State&()> state);

    std::expected<ServedAddress, QString> open(const Endpoint& local) override;
    void refresh() override {} // each reply is made from the newest state
    void admit(AccessList access) override;
    void setKeys(keys::KeyRing keys) override;
    void setCookieKeys(std::shared_ptr<const nts::CookieKeys> keys) override;
    ServerCounters counters() const override;
    std::vector<ClientRecord> clients() const override;

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
    Published m_published;
    Responder m_responder;
    ServerCounters m_counters; // of what the responder does not see
};

} // namespace foliot::daemon
