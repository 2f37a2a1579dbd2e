// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One NTS key exchange with one address: connects, shakes hands, says what we offer, hears what is granted. All in the
// event loop, and never longer than its deadline. Used by NtsClient. RFC 8915 section 4.

#include "daemon/net/endpoint.h"
#include "daemon/nts/tls_client.h"
#include "nts/key_exchange.h"
#include "nts/record.h"
#include "nts/session.h"

#include <QObject>
#include <QTcpSocket>
#include <QTimer>

#include <chrono>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace foliot::daemon {

struct KeyExchangeWish {
    Endpoint server;
    TlsWish tls;
    std::vector<nts::Algorithm> offered;
    std::chrono::milliseconds deadline{5000}; // for all of it
};

struct KeyExchangeResult {
    nts::Agreement agreement;
    nts::SessionKeys keys;
    std::optional<nts::SessionKeys> compliantKeys; // to be tried when the server cannot read the others
    TlsFacts tls;
};

// Why a key server gave no keys.
enum class KeyServerFault : std::uint8_t {
    Network,     // this address does not answer
    Certificate, // it is not who it should be
    Refused,     // it is heard, and what it says is of no use
};

struct KeyExchangeFailure {
    KeyServerFault fault = KeyServerFault::Network;
    QString why; // the end of a sentence
};

class KeyExchange : public QObject {
    Q_OBJECT
public:
    using Outcome = std::expected<KeyExchangeResult, KeyExchangeFailure>;

    // `done` is called once, later, and not when this is destroyed before.
    KeyExchange(KeyExchangeWish wish, std::function<void(Outcome)> done, QObject* parent = nullptr);

    void start();

private:
    void readable();
    void hear();
    void flush();
    void refuse(KeyServerFault fault, const QString& why);
    void refuse(const TlsFailure& failure);
    void finish(Outcome outcome);
    std::optional<nts::SessionKeys> exportKeys(nts::Algorithm algorithm, bool compliant) const;

    const KeyExchangeWish m_wish;
    std::function<void(Outcome)> m_done;
    QTcpSocket m_socket;
    QTimer m_deadline;
    std::unique_ptr<TlsClient> m_tls;
    nts::MessageReader m_reader{nts::maxResponseLength};
    bool m_hasAsked = false;
};

} // namespace foliot::daemon
