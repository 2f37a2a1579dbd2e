// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the NTS server is and did, for whoever shows it. Nothing of it is secret. What became of protected requests the time
// server counts.

#include "daemon/nts/tls_facts.h"
#include "daemon/nts_server/key_exchange_counters.h"
#include "ntp/time.h"

#include <QString>
#include <QStringList>

#include <cstddef>
#include <optional>
#include <vector>

namespace foliot::daemon {

// A pair of files, and what clients are shown of it.
struct ServedIdentity {
    QString file;                           // of the certificates
    std::optional<Certificate> certificate; // in force; none while its files could never be used
    QString problem; // with the files, or with the certificate: a sentence; empty when all is well

    friend bool operator==(const ServedIdentity&, const ServedIdentity&) = default;
};

struct KeyExchangeReport {
    QStringList addresses; // that are served
    QStringList problems;  // sentences, those of the identities among them
    unsigned threads = 0;
    std::size_t mostConnections = 0;        // at once
    std::vector<ServedIdentity> identities; // in the order of the configuration
    KeyExchangeCounters counters;

    friend bool operator==(const KeyExchangeReport&, const KeyExchangeReport&) = default;
};

struct NtsServerReport {
    bool isWanted = false; // certificates are configured, and time is to be served
    KeyExchangeReport keyExchange;
    std::size_t keys = 0;   // that cookies are read with
    BootTime newestMade{};  // key; as if we had run ever since
    BootTime nextDue{};     // when another one replaces it
    QStringList problems{}; // sentences, those of the key exchange among them

    friend bool operator==(const NtsServerReport&, const NtsServerReport&) = default;
};

} // namespace foliot::daemon
