// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Network Time Security as the configuration wants it served: the keys of the cookies and the exchange of keys, begun, changed
// and ended with the configuration. Who may come, and what the protected packets say, are the time server's business.

#include "config/config.h"
#include "daemon/nts_server/key_exchange_server.h"
#include "daemon/nts_server/nts_server_report.h"
#include "daemon/nts_server/server_keys.h"

#include <QObject>

#include <memory>

namespace foliot::daemon {

class StateDirectory;

class NtsServer : public QObject {
    Q_OBJECT
public:
    // directory: where the keys are kept; null: nowhere. Outlives this.
    explicit NtsServer(const StateDirectory* directory, QObject* parent = nullptr);
    ~NtsServer() override;

    // Begins, changes or ends what is served. Certificates whose files have changed are read again.
    void configure(const config::Config& config);
    // "local" stands for other networks, or an address is there that was not.
    void networkChanged();

    // That cookies are made with; none when Network Time Security is not served.
    std::shared_ptr<const nts::CookieKeys> cookieKeys() const;
    NtsServerReport report() const;

Q_SIGNALS:
    // cookieKeys() has another value.
    void cookieKeysChanged();

private:
    void startKeys();
    void startExchange(const KeyExchangeSettings& settings);
    void sayProblems() const;

    const StateDirectory* m_directory;
    config::Config m_config;
    std::unique_ptr<ServerKeys> m_keys;
    std::unique_ptr<KeyExchangeServer> m_exchange; // the last: it uses the keys
};

} // namespace foliot::daemon
