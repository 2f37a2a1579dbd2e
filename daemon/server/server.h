// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The NTP server: opens what the configuration names and says what became of it. Who answers, and how, is Answering's
// business; what we claim is ServerClaim's; what a reply says is shared/ntp's.

#include "config/config.h"
#include "daemon/net/network_watch.h"
#include "daemon/server/address_opener.h"
#include "daemon/server/answering.h"
#include "daemon/server/server_report.h"
#include "keys/key.h"
#include "ntp/protocol.h"
#include "sync/state.h"

#include <QObject>
#include <QStringList>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace foliot::daemon {

class Clock;

// Who answers by the machine's clock: threads of their own, or the event loop, so that the process has no other thread.
// By a simulated clock the event loop always does.
enum class AnsweredBy : std::uint8_t { Workers, EventLoop };

class Server : public QObject {
    Q_OBJECT
public:
    // state: what the timekeeping knows now; refresh() says that it changed.
    Server(const config::Server& settings, const config::Simulation& simulation, Clock& clock,
        std::function<const sync::State&()> state, AnsweredBy answeredBy = AnsweredBy::Workers,
        QObject* parent = nullptr);
    ~Server() override;

    // Opens all addresses; those without a port of their own at defaultPort, 0 for any that is free. What cannot be opened
    // is said in problems(), the others serve; it is tried again when the network changes, and from time to time.
    void start(std::uint16_t defaultPort = ntp::defaultPort);

    // Call it when the timekeeping's state changed.
    void refresh();

    // Takes over other rules of who is answered. False, and nothing is done, when more than those has changed.
    bool change(const config::Server& settings);

    // Who authenticates a request with one of these gets an authenticated reply.
    void setKeys(const keys::KeyRing& keys);

    // Whoever has a cookie that was made with one of these gets a protected reply; none: nobody does.
    void setCookieKeys(std::shared_ptr<const nts::CookieKeys> keys);

    bool isServing() const { return !served().empty(); }
    QStringList problems() const;
    const std::vector<ServedAddress>& served() const { return m_addresses.served(); }
    std::vector<Endpoint> endpoints() const;
    ServerCounters counters() const;
    ServerReport report() const;
    // The busiest clients first, so many at most; empty when none are remembered.
    std::optional<std::vector<ClientRecord>> clients(std::size_t most) const;

Q_SIGNALS:
    // An address that could not be opened at start now is.
    void opened(const foliot::daemon::ServedAddress& served);
    // What "local" stands for may have changed.
    void networkChanged();

private:
    void admit();

    config::Server m_settings;
    std::unique_ptr<Answering> m_answering;
    std::unique_ptr<NetworkWatch> m_networkWatch; // "local" is what the machine's interfaces say
    AddressOpener m_addresses;
    QStringList m_mistakes; // of the configuration
};

} // namespace foliot::daemon
