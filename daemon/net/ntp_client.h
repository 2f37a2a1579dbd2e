// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Asks sources for the time: what the System calls Query goes in, the event that answers it comes out.

#include "daemon/net/query_socket.h"
#include "keys/mac_computer.h"

#include <map>
#include <memory>

namespace foliot::daemon {

class NtpClient : public QObject {
    Q_OBJECT
public:
    explicit NtpClient(Clock& clock, const QueryTimes& times = {}, QObject* parent = nullptr);
    ~NtpClient() override;

    // Servers' timestamps are of the era nearest to our clock, or to this when the clock is older: it was surely later
    // than this when the daemon started.
    void setNotBefore(RealTime notBefore) { m_notBefore = notBefore; }

    // Those that queries from now on are authenticated with.
    void setKeys(keys::KeyRing keys) { m_keys = std::move(keys); }
    bool hasKey(std::uint32_t id) const { return m_keys.find(id) != nullptr; }

    // session: see QuerySocket::ask().
    void ask(sync::SourceId source, const Endpoint& server, std::uint8_t version,
        std::shared_ptr<nts::Session> session = {}, QueryMode mode = QueryMode::Basic);
    // With the symmetric key of that id. A key that is not there is never done without: the query fails.
    void askWithKey(sync::SourceId source, const Endpoint& server, std::uint8_t version, std::uint32_t key,
        QueryMode mode = QueryMode::Basic);

    // The network is another one: the next requests tell nothing of what was before.
    void forgetBefore();

    // What is open for this source ends without an event.
    void forget(sync::SourceId source);

    const QuerySocket* socketOf(sync::SourceId source) const;

Q_SIGNALS:
    void happened(const foliot::sync::Event& event);
    // Why a query could not be sent, as the system says it.
    void failed(foliot::sync::SourceId source, const QString& why);

private:
    QuerySocket& socketOf(sync::SourceId source, std::uint8_t version);

    Clock& m_clock;
    const QueryTimes m_times;
    const FileDescriptor m_stamping;
    RealTime m_notBefore{};
    keys::KeyRing m_keys;
    keys::MacComputer m_macs;
    std::map<sync::SourceId, std::unique_ptr<QuerySocket>> m_sockets;
};

} // namespace foliot::daemon
