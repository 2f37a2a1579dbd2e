// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A client's side of NTS: the keys and cookies that a key exchange gave, a protected request for each plain one, and the
// judgement of what comes back. One per source; the random octets are passed in. RFC 8915 section 5.7.

#include "nts/key_exchange.h"
#include "nts/protection.h"
#include "nts/secret.h"

#include "ntp/rejection.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <variant>
#include <vector>

namespace foliot::nts {

struct SessionKeys {
    Secret clientToServer;
    Secret serverToClient;
};

// Nobody can guess these; fresh for each request.
struct RequestRandom {
    std::array<std::byte, uniqueIdentifierLength> uniqueIdentifier{};
    std::array<std::byte, 16> nonce{}; // of which as much is used as the algorithm wants
};

class Session {
public:
    Session(Algorithm algorithm, SessionKeys keys, std::vector<Cookie> cookies);

    Algorithm algorithm() const { return m_algorithm; }
    const SessionKeys& keys() const { return m_keys; }
    std::size_t cookieCount() const { return m_cookies.size(); }
    // For a server that made the cookies for other keys than it should have.
    void replaceKeys(SessionKeys keys) { m_keys = std::move(keys); }

    // Takes so many of the cookies away, the newest, if there are as many.
    std::vector<Cookie> giveUpCookies(std::size_t count);

    // The protected form of a plain request, its header. Spends a cookie and forgets the request before. With so many
    // placeholders that cookieCount() comes to wantedCookies, or as many as fit ntp::maxPacketLength. Empty when there is
    // no cookie, or the library refuses.
    std::optional<std::vector<std::byte>> protect(std::span<const std::byte> header, const RequestRandom& random);

    // The reply is authentic: this many of its octets may be believed, its cookies are kept.
    struct Authentic {
        std::size_t length = 0;
    };
    // The server could not read the cookie (NTSN), or wants to be asked less often (RATE). Nothing authenticates this but
    // that it knows the request's unique identifier; whether the origin timestamp is right is for the caller.
    struct Kissed {};
    using Verdict = std::variant<Authentic, Kissed, ntp::Rejection>;

    // What a packet is worth as the answer to the last request. A rejected one changes nothing. A kiss that would end the
    // association (DENY, RSTR) is not believed without an authenticator, unlike section 5.7: whoever can read the request
    // on its way could send it, and we would be silenced for good.
    Verdict judge(std::span<const std::byte> packet);

private:
    void keepCookies(std::span<const std::byte> plaintext);

    Algorithm m_algorithm;
    SessionKeys m_keys;
    std::deque<Cookie> m_cookies; // that no packet has carried
    std::array<std::byte, uniqueIdentifierLength> m_uniqueIdentifier{};
    bool m_isOutstanding = false;
};

} // namespace foliot::nts
