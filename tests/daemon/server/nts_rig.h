// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A server that speaks Network Time Security, without any socket, and its clients.

#include "daemon/server/responder.h"
#include "ntp/packet.h"
#include "nts/exchange_parts.h"
#include "nts/session.h"

#include <optional>
#include <span>
#include <utility>
#include <variant>
#include <vector>

namespace foliot::tests {

using namespace daemon;
using namespace std::chrono_literals;
using nts::Algorithm;
using nts::Session;
using Octets = std::vector<std::byte>;

inline constexpr Now start{.raw = RawTime(1000s), .boot = BootTime(1000s), .real = RealTime(1'800'000'000s)};
inline constexpr RealTime received = start.real + 250ms;
inline constexpr RealTime left = start.real + 500ms;
inline constexpr NetworkAddress client{.high = 0x7F00'0001'0000'0000};

inline nts::CookieKey keyNumbered(std::uint32_t id)
{
    return {.id = id, .secret = nts::someSecret(nts::cookieKeyLength, static_cast<int>(id))};
}

struct NtsRig {
    explicit NtsRig(const ResponderSettings& settings = {.interleavedReplies = 64})
        : responder(published, settings)
    {
        published.claim.write({.state = {.leap = ntp::LeapIndicator::None, .stratum = 3},
            .at = start.raw,
            .validUntil = start.raw + claimValidity});
        published.access.publish(AccessList({{.length = 0, .isAllowed = true}}));
        published.keys.publish(keys::parseKeys("1 SHA1 secret\n", false).value());
        serveWith(nts::someCookieKeys());
    }

    void serveWith(nts::CookieKeys keys)
    {
        published.cookieKeys.publish(std::move(keys));
        responder.begin(start);
    }

    std::optional<Octets> reply(std::span<const std::byte> octets, NetworkAddress from = client)
    {
        Reply made;
        const Arrival arrival{.octets = octets, .from = {.address = from, .port = 50'000}, .received = received};
        if (!responder.answer(arrival, made))
            return std::nullopt;
        responder.finish(made, ntp::toTimestamp(left));
        responder.end();
        return Octets(made.content().begin(), made.content().end());
    }
    // The reply to what the session asks, which it must find authentic.
    std::optional<ntp::Header> exchange(Session& session, int seed = 1)
    {
        const auto request = session.protect(nts::requestHeader(), nts::someRandom(seed));
        const auto octets = request ? reply(*request) : std::nullopt;
        if (!octets || !std::holds_alternative<Session::Authentic>(session.judge(*octets)))
            return std::nullopt;
        return ntp::parseHeader(*octets).value();
    }
    const ServerCounters& counters() const { return responder.counters(); }

    Published published;
    Responder responder;
};

inline Octets protectedRequest(
    std::size_t cookies = nts::wantedCookies, const nts::CookieKeys& keys = nts::someCookieKeys())
{
    auto session = nts::someSession(Algorithm::SivCmac256, keys, cookies);
    return *session.protect(nts::requestHeader(), nts::someRandom(1));
}

inline bool isRefusal(std::span<const std::byte> reply)
{
    const auto header = ntp::parseHeader(reply).value();
    return header.stratum == 0 && header.leap == ntp::LeapIndicator::Unsynchronized &&
           header.referenceId == 0x4e54534e && header.origin.bits() == 0x1234; // "NTSN", the client's own timestamp
}

} // namespace foliot::tests
