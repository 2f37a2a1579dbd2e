// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A thread that answers on one socket: sleeps in the kernel until requests are there, answers all of them, sends the replies
// together. It waits for nobody and nobody waits for it but its owner's destructor.

#include "daemon/server/batch.h"
#include "daemon/server/responder.h"
#include "daemon/server/serving_socket.h"
#include "daemon/server/transmit_forecast.h"

#include <atomic>
#include <memory>
#include <string>
#include <thread>

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

private:
    struct Sample {
        std::uint32_t number = 0;
        std::size_t place = 0;
        RealTime started{};
    };

    void run(const std::string& name);
    void answerAll(std::size_t count);
    void sendReplies();
    void askForSamples(RealTime started);
    void readSamples();

    ServingSocket m_socket;
    Responder m_responder;
    Batch m_batch;
    TransmitForecast m_forecast;
    std::array<std::optional<Sample>, 2> m_samples; // of the first and the last reply of a batch
    int m_readings = 0;                             // of reports about these
    std::uint32_t m_nextSample = 0;
    std::atomic<bool> m_ends = false;
    LiveCounters m_live;
    std::thread m_thread; // the last: it uses all of the others
};

} // namespace foliot::daemon
