// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Decides whether a datagram is answered and with what: all of the server but the sockets. One for each answering thread;
// nothing of it is shared but what the event loop publishes, which is read without waiting.

#include "daemon/server/access_list.h"
#include "daemon/server/client_log.h"
#include "daemon/server/interleave_store.h"
#include "daemon/server/network_address.h"
#include "daemon/server/publication.h"
#include "daemon/server/random_supply.h"
#include "daemon/server/rate_limiter.h"
#include "daemon/server/reply.h"
#include "daemon/server/seqlock.h"
#include "daemon/server/server_claim.h"
#include "daemon/server/server_counters.h"
#include "keys/mac_computer.h"
#include "ntp/server_reply.h"
#include "nts/server_protection.h"

#include <array>
#include <cstddef>
#include <optional>
#include <span>

namespace foliot::daemon {

// What the event loop tells all answering threads.
struct Published {
    Seqlock<ServerClaim> claim;
    Publication<AccessList> access;
    Publication<keys::KeyRing> keys;
    Publication<nts::CookieKeys> cookieKeys; // none: Network Time Security is not served
};

struct ResponderSettings {
    RateLimit limit;
    std::size_t interleavedReplies = 0; // how many are remembered; 0: no interleaved mode
    std::size_t clientLog = 0;          // how many clients are remembered, to be shown; 0: none
    bool isSilentUnsynchronized = false;
    SipKey key{}; // random
};

// A datagram as it came in.
struct Arrival {
    std::span<const std::byte> octets;
    bool isTruncated = false;
    NetworkEndpoint from;
    RealTime received;
};

class Responder {
public:
    Responder(const Published& published, const ResponderSettings& settings);

    // Looks at what was published; call it before the datagrams of a batch. False: a step of the clock lies between this
    // batch and the one before, and nobody can tell on which side of it a datagram came in. Count and drop them.
    bool begin(const Now& now);

    // Looks at what was published, for one whose datagrams cannot lie on both sides of a step.
    void renew(const Now& now);

    // So many packets are looked at at once.
    static constexpr std::size_t together = nts::ServerProtection::sideBySide;

    // Makes the replies all but for what depends on when they leave: one behind the other for those arrivals that get one,
    // whose places among the arrivals are written beside. Returns how many; the others get silence, counted. There is room
    // for as many as arrivals.
    std::size_t answer(std::span<const Arrival> arrivals, std::span<Reply> replies, std::span<std::size_t> answered);
    // False: silence.
    bool answer(const Arrival& arrival, Reply& reply);

    // What is left to do when the replies are about to leave, each at its time as far as one can tell.
    void finish(std::span<Reply> replies, std::span<const ntp::Timestamp> transmits);
    void finish(Reply& reply, ntp::Timestamp transmit);

    // The replies of a batch are gone: wipes what is left of their clients' keys.
    void end();

    // When a reply with a ticket really left.
    void left(const InterleaveStore::Ticket& ticket, ntp::Timestamp transmit)
    {
        m_interleaved.left(ticket, smeared(transmit));
    }

    // Who asked; by any thread.
    const ClientLog& clients() const { return m_clients; }

    ServerCounters& counters() { return m_counters; }
    const ServerCounters& counters() const { return m_counters; }

private:
    // A request, and whether it may be answered.
    struct Admission {
        ntp::ClientRequest request;
        Allowance allowance = Allowance::Answer;
        bool isPlain = true; // nothing in it that may be of Network Time Security
        bool isGiven = false;
    };
    bool admit(const Arrival& arrival, Admission& admission, ClientEvent& event);
    using Opened = nts::ServerProtection::Opened;
    bool decide(const Arrival& arrival, const Admission& admission, Opened* opened, Reply& reply, ClientEvent& event);
    std::size_t answerTogether(
        std::span<const Arrival> arrivals, std::span<Reply> replies, std::span<std::size_t> answered);
    void renewTemplate(const Now& now);
    ntp::Timestamp smeared(ntp::Timestamp ofTheClock) const;
    bool authenticate(const ntp::ClientRequest& request, std::span<const std::byte> octets, Reply& reply);
    enum class Access : std::uint8_t { Open, Refused, Dropped }; // of a request that may be protected
    Access unprotect(const ntp::ClientRequest& request, const Arrival& arrival, Opened& opened, Reply& reply);
    Access refuse(const ntp::ClientRequest& request, const Arrival& arrival, Reply& reply);
    void interleave(const ntp::ClientRequest& request, const Arrival& arrival, Reply& reply);
    void protect(std::span<Reply> replies);
    void appendMac(Reply& reply);

    const Published& m_published;
    const bool m_isSilentUnsynchronized;
    std::uint64_t m_claimVersion = 0;
    ServerClaim m_claim;
    bool m_isSynchronized = false;
    std::optional<Now> m_before; // of the previous batch
    RawTime m_now{};
    ntp::TimestampInterval m_smear{}; // added to the clock now
    RawTime m_renewedAt{};
    ntp::ReplyTemplate m_template;
    const ntp::ReplyTemplate m_rateKiss;
    const ntp::ReplyTemplate m_nak;
    Subscription<AccessList> m_access;
    Subscription<keys::KeyRing> m_keys;
    keys::MacComputer m_macs;
    Subscription<nts::CookieKeys> m_cookieKeys;
    nts::ServerProtection m_protection;
    std::array<Opened, together> m_opened{};
    bool m_hasClientKeys = false; // the protection
    RandomSupply m_random;
    RateLimiter m_limiter;
    InterleaveStore m_interleaved;
    ClientLog m_clients;
    ServerCounters m_counters;
};

} // namespace foliot::daemon
