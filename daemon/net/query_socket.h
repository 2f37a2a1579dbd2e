// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Asks one source: a fresh socket for each request, its stamps, its deadline. Used by NtpClient.

#include "daemon/net/endpoint.h"
#include "daemon/net/file_descriptor.h"
#include "daemon/net/message.h"
#include "daemon/net/query_authentication.h"
#include "daemon/net/query_judge.h"
#include "sync/event.h"

#include <QObject>
#include <QSocketNotifier>
#include <QTimer>

#include <chrono>
#include <memory>

namespace foliot::daemon {

class Clock;

struct QueryTimes {
    std::chrono::milliseconds answer{2500};      // how long an answer may take
    std::chrono::milliseconds stamp{50};         // how long an answer waits for the stamp of its request
    std::chrono::milliseconds afterRefusal{200}; // how long the answer is still awaited after a network error
    // How long what comes after the answer is still counted. Longer than a short poll interval, so that the next request
    // closes the socket and no timer has to wake the machine for it.
    std::chrono::milliseconds linger{20'000};
};

enum class QueryMode : std::uint8_t {
    Basic,
    Interleaved, // where the server can, RFC 9769
};

class QuerySocket : public QObject {
    Q_OBJECT
public:
    QuerySocket(sync::SourceId source, std::uint8_t version, Clock& clock, keys::MacComputer& macs,
        const QueryTimes& times, QObject* parent = nullptr);

    // Sends a request. Exactly one of MeasurementReceived, KissReceived, QueryTimedOut and QueryFailed follows, perhaps
    // before this returns; a query that is still open ends as timed out. With a session, which has a cookie, the request
    // is protected by it, and no reply counts that is not authentic.
    void ask(const Endpoint& server, RealTime notBefore, std::shared_ptr<nts::Session> session = {},
        QueryMode mode = QueryMode::Basic);
    // The same with a symmetric key.
    void askWithKey(
        const Endpoint& server, RealTime notBefore, const keys::Key& key, QueryMode mode = QueryMode::Basic);

    // The next request tells nothing of what was before: we are elsewhere.
    void forgetBefore() { m_judge.forgetBefore(); }

    std::uint8_t version() const { return m_version; }

Q_SIGNALS:
    void happened(const foliot::sync::Event& event);
    void failed(const QString& why);

private:
    enum class Phase : std::uint8_t { Idle, Waiting, Refused, Lingering };

    void giveUpOpenQuery();
    void start(const Endpoint& server, RealTime notBefore, QueryMode mode);
    void knowLocal(const std::optional<Endpoint>& local);
    void watch();
    void readable();
    void errorQueueReadable();
    void drainErrorQueue();
    void readData();
    void deadline();
    void takeData(const Message& message);
    void takeTransmitStamp(const Message& message);
    void takeNetworkError(int error);
    void conclude(const QueryJudge::Outcome& outcome);
    void fail(int error);
    void end(const sync::Event& event);
    void close();
    LocalStamp receiveStamp(const Message& message);

    const sync::SourceId m_source;
    const std::uint8_t m_version;
    Clock& m_clock;
    const QueryTimes m_times;
    QueryAuthentication m_authentication; // of the open query
    QueryJudge m_judge;
    Phase m_phase = Phase::Idle;
    Endpoint m_server;
    QHostAddress m_localAddress; // of the last request
    std::uint32_t m_ourReferenceId = 0;
    RealTime m_notBefore;
    RawTime m_sentAfter; // the request left after this
    std::vector<std::byte> m_request;
    sync::QueryFault m_fault = sync::QueryFault::SendFailed; // while Refused
    FileDescriptor m_descriptor;
    std::unique_ptr<QSocketNotifier> m_readNotifier;
    std::unique_ptr<QSocketNotifier> m_errorNotifier;
    QTimer m_deadline;
    QTimer m_stampDeadline;
};

} // namespace foliot::daemon
