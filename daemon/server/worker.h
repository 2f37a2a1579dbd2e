// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A thread that answers on one socket: sleeps in the kernel until requests are there, answers all of them, sends the replies
// together. It waits for nobody and nobody waits for it but its owner's destructor.

#include "daemon/server/batch.h"
#include "daemon/server/responder.h"
#include "daemon/server/sealing_forecast.h"
#include "daemon/server/serving_socket.h"
#include "daemon/server/transmit_forecast.h"

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace foliot::daemon {

class Worker {
public:
    // name: of the thread, for whoever looks at the process; at most 15 characters. published outlives the worker.
    Worker(
        ServingSocket socket, const Published& published, const ResponderSettings& settings, const std::string& name);
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    ServerCounters counters() const { return m_live.read(); }
    std::vector<ClientRecord> clients() const { return m_responder.clients().records(); }

private:
    // A reply that the kernel was asked about.
    struct Awaited {
        std::uint32_t number = 0;
        bool isSample = false; // teaches the forecast
        std::size_t place = 0; // among those sent together
        RealTime begun{};
        std::optional<InterleaveStore::Ticket> ticket;
    };
    static constexpr std::size_t mostAwaited = 128; // some batches, when all of them are wanted

    void run();
    void answerAll(std::size_t count);
    void sendReplies();
    std::size_t sendTogether(std::size_t first, std::size_t end, std::optional<RealTime>& now);
    void askTransmitTimes(std::size_t first, std::size_t end, bool isAuthenticated);
    void restartTransmitTimes();
    void readTransmitTimes();

    ServingSocket m_socket;
    Responder m_responder;
    Batch m_batch;
    TransmitForecast m_forecast;
    SealingForecast m_sealing;
    RawTime m_batchAt{};
    unsigned m_fullBatches = 0;
    std::array<std::optional<Awaited>, mostAwaited> m_awaited; // by number
    std::uint32_t m_nextNumber = 0;
    int m_expected = 0; // reports of those that are awaited
    int m_readings = 0; // of reports since the kernel was last asked
    std::atomic<bool> m_ends = false;
    LiveCounters m_live;
    std::thread m_thread; // the last: it uses all of the others
};

} // namespace foliot::daemon
