// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a server says to a request for keys. TLS is the caller's business. RFC 8915 section 4.

#include "daemon/nts_server/key_exchange_counters.h"
#include "nts/cookie.h"
#include "nts/key_exchange.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace foliot::daemon {

// Where clients are told to ask for the time.
struct TimeServer {
    std::string name; // or a numeric address; empty: the host that they exchange keys with
    std::optional<std::uint16_t> port;

    friend bool operator==(const TimeServer&, const TimeServer&) = default;
};

struct Answer {
    std::vector<std::byte> octets;
    KeyExchangeEnd end = KeyExchangeEnd::InternalError;
};

// The keys of this connection. Empty when the library refuses.
using KeyExport = std::function<std::optional<nts::SessionKeys>(nts::Algorithm, bool compliant)>;

// Grants what the client likes best of what we have, with eight cookies; or says why not.
Answer answerTo(
    std::span<const std::byte> request, const TimeServer& told, nts::CookieJar& jar, const KeyExport& exportKeys);

Answer errorAnswer(nts::ErrorCode code);

} // namespace foliot::daemon
