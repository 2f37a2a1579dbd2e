// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How a source is authenticated, as it is shown: nothing here is secret.

#include "daemon/net/endpoint.h"
#include "daemon/nts/tls_facts.h"

#include <QString>

#include <cstddef>
#include <cstdint>
#include <optional>

namespace foliot::daemon {

struct NtsFacts {
    bool hasKeys = false;
    std::optional<Endpoint> server; // that is asked for the time with them
    QString algorithm;              // of the packets: "AES-SIV-CMAC-256"
    std::size_t cookies = 0;        // in hand
    TlsFacts tls;                   // of the last key exchange that succeeded
    RealTime lastExchange{};        // by our clock then; 1970 when there was none
    RealTime nextAttempt{};         // not before this, after a failure; 1970 when there was none
    std::uint64_t exchanges = 0;    // key exchanges that succeeded
    std::uint64_t failures = 0;     // and those that failed
    std::uint64_t refusals = 0;     // times the time server could not read our cookie (NTS NAK)
    QString lastFailure;            // a sentence; empty when the last key exchange succeeded
};

} // namespace foliot::daemon
