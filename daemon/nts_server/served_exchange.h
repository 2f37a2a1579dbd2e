// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One client's key exchange without its socket: what came in goes to received(), what is to go out comes from toSend(). TLS
// first, then the request, the answer and a goodbye. RFC 8915 section 4.

#include "daemon/nts_server/grant.h"
#include "daemon/nts_server/identity.h"
#include "daemon/nts_server/key_exchange_counters.h"
#include "nts/record.h"
#include "tls/connection.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace foliot::daemon {

class ServedExchange {
public:
    // All that a client may send: eight times the hello of anybody, or a request of the greatest length, in records of TLS much
    // smaller than anybody's. The reserve of memory of shared/tls is made for no more.
    static constexpr std::size_t maxOctets = 16'384;

    // told outlives it.
    ServedExchange(std::shared_ptr<const Identities> identities, const TimeServer& told);

    // How it ended; empty while it goes on. Either way there may be something to send.
    std::optional<KeyExchangeEnd> received(std::span<const std::byte> octets, nts::CookieJar& jar);
    // The client will say no more.
    KeyExchangeEnd ended();
    // The client was given all the time that it gets.
    KeyExchangeEnd timeUp();

    std::vector<std::byte> toSend();

private:
    std::optional<KeyExchangeEnd> begin(std::span<const std::byte> octets, nts::CookieJar& jar);
    std::optional<KeyExchangeEnd> proceed(std::span<const std::byte> octets, nts::CookieJar& jar);
    std::optional<KeyExchangeEnd> hear(nts::CookieJar& jar);
    KeyExchangeEnd say(const Answer& answer);
    std::optional<nts::SessionKeys> exportKeys(nts::Algorithm algorithm, bool compliant) const;

    const std::shared_ptr<const Identities> m_identities;
    const TimeServer& m_told;
    std::vector<std::byte> m_early; // until there is a connection
    std::optional<tls::Connection> m_connection;
    std::size_t m_octets = 0; // received
    bool m_isEstablished = false;
    nts::MessageReader m_reader{nts::maxRequestLength};
};

} // namespace foliot::daemon
