// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The key exchange of the NTS server: its threads, the addresses they wait on, the certificates they show. Lives in the
// event loop, which publishes what the threads go by and never waits for them. RFC 8915 section 4.

#include "daemon/nts_server/identity_keeper.h"
#include "daemon/nts_server/key_exchange_worker.h"
#include "daemon/nts_server/nts_server_report.h"
#include "daemon/server/address_opener.h"

#include <QObject>
#include <QStringList>

#include <chrono>
#include <expected>
#include <memory>
#include <vector>

namespace foliot::daemon {

struct KeyExchangeSettings {
    std::vector<Endpoint> addresses; // port 0: any that is free
    std::vector<IdentityFiles> identities;
    unsigned threads = 1;
    ConnectionLimit limit;                     // of all threads together, but for what one client has
    std::chrono::milliseconds timeLimit{5000}; // of a connection as a whole
    TimeServer told;

    friend bool operator==(const KeyExchangeSettings&, const KeyExchangeSettings&) = default;
};

class KeyExchangeServer : public QObject {
    Q_OBJECT
public:
    // cookieKeys: by which cookies are made; they outlive this.
    KeyExchangeServer(
        const KeyExchangeSettings& settings, const Publication<nts::CookieKeys>& cookieKeys, QObject* parent = nullptr);
    ~KeyExchangeServer() override;

    // What cannot be opened, or read, is said in report(), and tried again.
    void start();

    // Takes over other certificates, and reads again those whose files have changed. False, and nothing is done, when more
    // than the certificates has changed.
    bool change(const KeyExchangeSettings& settings);
    // Other rules of who may exchange keys; at first nobody may.
    void admit(AccessList access);
    // The network has changed.
    void retryAddresses() { m_addresses.retry(); }

    const std::vector<ServedAddress>& served() const { return m_addresses.served(); }
    QStringList problems() const;
    KeyExchangeCounters counters() const;
    KeyExchangeReport report() const;

Q_SIGNALS:
    void opened(const foliot::daemon::ServedAddress& served);
    // Another certificate is in force, or could not be taken.
    void certificatesChanged();

private:
    std::expected<ServedAddress, QString> open(const Endpoint& local);
    KeyExchangeRules rulesOfOneThread() const;

    KeyExchangeSettings m_settings;
    const Publication<nts::CookieKeys>& m_cookieKeys;
    const std::size_t m_mostConnections;
    const std::uint64_t m_steeringKey;
    KeyExchangePublished m_published;
    IdentityKeeper m_identities;
    std::vector<std::unique_ptr<KeyExchangeWorker>> m_workers; // they read what is published
    QString m_threadProblem;
    AddressOpener m_addresses;
};

// "exchanging keys on 192.0.2.1:4460, 2 threads".
QString exchangingText(const ServedAddress& served);

} // namespace foliot::daemon
