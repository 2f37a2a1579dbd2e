// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/server/responder.h"

#include "clock/bounds.h"
#include "nts/few.h"

#include <algorithm>
#include <array>

using namespace std::chrono_literals;

namespace foliot::daemon {

namespace {

// Dispersion grows by less than the unit of its field in this time.
constexpr Nanoseconds templateLife = 100ms;

constexpr std::uint8_t ntsVersion = 4; // RFC 8915 section 5

// All but a MAC, which is no field.
std::span<const std::byte> headerAndFields(const ntp::ClientRequest& request, std::span<const std::byte> octets)
{
    return request.mac ? octets.first(request.mac->offset) : octets;
}

// What the clock may gain on its oscillator without a step: half a millisecond of reading both, the frequency for as long
// as it likes, and the extra rate.
Nanoseconds largestGain(Nanoseconds passed)
{
    constexpr Nanoseconds readingError = 500us;
    const Nanoseconds slewed = std::min(passed, Nanoseconds(clock::maxExtraForNs));
    const Seconds gain =
        passed * (clock::maxBaseFrequencyPpm * 1e-6) + Seconds(slewed) * (clock::maxExtraRatePpm * 1e-6);
    return readingError + std::chrono::duration_cast<Nanoseconds>(gain);
}

bool isStepBetween(const Now& before, const Now& after)
{
    const auto passed = after.raw - before.raw;
    const auto gained = (after.real - before.real) - passed;
    return gained > largestGain(passed) || gained < -largestGain(passed);
}

} // namespace

Responder::Responder(const Published& published, const ResponderSettings& settings)
    : m_published(published)
    , m_isSilentUnsynchronized(settings.isSilentUnsynchronized)
    , m_template(ntp::ServerState{})
    , m_rateKiss(ntp::kissTemplate("RATE"))
    , m_nak(ntp::kissTemplate("NTSN"))
    , m_access(published.access)
    , m_keys(published.keys)
    , m_cookieKeys(published.cookieKeys)
    , m_limiter(settings.limit, settings.key)
    , m_interleaved(settings.interleavedReplies, settings.key)
    , m_clients(settings.clientLog, settings.limit.prefixes, settings.key)
{}

bool Responder::begin(const Now& now)
{
    const auto epoch = m_claim.clockEpoch;
    renew(now);
    const bool isStepped = m_before && (m_claim.clockEpoch != epoch || isStepBetween(*m_before, now));
    if (isStepped)
        m_interleaved.forgetAll();
    m_before = now;
    return !isStepped;
}

void Responder::renew(const Now& now)
{
    m_now = now.raw;
    m_access.renew();
    m_keys.renew();
    if (m_cookieKeys.renew())
        m_protection = nts::ServerProtection(m_cookieKeys.value());
    if (m_published.claim.version() != m_claimVersion || now.raw - m_renewedAt > templateLife)
        renewTemplate(now);
    m_smear = std::chrono::round<ntp::TimestampInterval>(smearAt(m_claim.smear, now));
}

ntp::Timestamp Responder::smeared(ntp::Timestamp ofTheClock) const
{
    return ntp::Timestamp{ofTheClock.bits() + static_cast<std::uint64_t>(m_smear.count())};
}

void Responder::renewTemplate(const Now& now)
{
    const auto version = m_published.claim.version();
    if (const auto claim = m_published.claim.tryRead()) {
        m_claim = *claim;
        m_claimVersion = version;
    }
    const auto state = stateAt(m_claim, now);
    m_isSynchronized = state.stratum < ntp::maxStratum;
    m_template = ntp::ReplyTemplate(state);
    m_renewedAt = now.raw;
}

std::size_t Responder::answer(
    std::span<const Arrival> arrivals, std::span<Reply> replies, std::span<std::size_t> answered)
{
    std::size_t count = 0;
    for (std::size_t done = 0; done < arrivals.size(); done += together) {
        const auto some = arrivals.subspan(done, std::min(together, arrivals.size() - done));
        const auto places = answered.subspan(count);
        const std::size_t more = answerTogether(some, replies.subspan(count), places);
        for (std::size_t& place : places.first(more))
            place += done;
        count += more;
    }
    return count;
}

bool Responder::answer(const Arrival& arrival, Reply& reply)
{
    std::size_t unused = 0;
    return answerTogether(std::span(&arrival, 1), std::span(&reply, 1), std::span(&unused, 1)) == 1;
}

std::size_t Responder::answerTogether(
    std::span<const Arrival> arrivals, std::span<Reply> replies, std::span<std::size_t> answered)
{
    std::array<ClientEvent, together> events{};
    nts::Few<Admission, together> admissions;
    nts::Few<std::span<const std::byte>, together> requests;
    for (std::size_t i = 0; i < arrivals.size(); ++i) {
        Admission& admission = admissions.add();
        admission.isGiven = admit(arrivals[i], admission, events[i]);
        if (admission.isGiven && !admission.isPlain)
            requests.add() = headerAndFields(admission.request, arrivals[i].octets);
    }
    if (requests.size() > 0) {
        m_protection.open(requests.all(), std::span(m_opened).first(requests.size()));
        m_hasClientKeys = true;
    }
    std::size_t count = 0;
    auto nextOpened = m_opened.begin();
    for (std::size_t i = 0; i < arrivals.size(); ++i) {
        const Admission& admission = admissions.all()[i];
        if (admission.isGiven) {
            Opened* const mine = admission.isPlain ? nullptr : &*nextOpened++;
            if (decide(arrivals[i], admission, mine, replies[count], events[i]))
                answered[count++] = i;
        }
        if (m_clients.isOn())
            m_clients.note(arrivals[i].from.address, arrivals[i].received, events[i]);
    }
    return count;
}

bool Responder::admit(const Arrival& arrival, Admission& admission, ClientEvent& event)
{
    if (!m_access.value().allows(arrival.from.address)) {
        ++m_counters.denied;
        return false;
    }
    if (arrival.isTruncated) {
        ++m_counters.rejected[placeOf(ntp::Rejection::TooLong)];
        return false;
    }
    const bool servesNts = !m_cookieKeys.value().isEmpty();
    const ntp::ClientRequest& request = admission.request;
    const auto parsed = ntp::parseClientRequest(admission.request, arrival.octets, arrival.from.port,
        servesNts ? nts::maxProtectedLength : ntp::maxPacketLength);
    if (!parsed) {
        ++m_counters.rejected[placeOf(parsed.error())];
        return false;
    }
    event.version = request.version;
    admission.allowance = m_limiter.judge(arrival.from.address, m_now);
    event.isLimited = admission.allowance != Allowance::Answer;
    if (admission.allowance == Allowance::Silence) {
        ++m_counters.rateLimited;
        return false;
    }
    if (m_isSilentUnsynchronized && !m_isSynchronized) {
        ++m_counters.unsynchronized;
        return false;
    }
    admission.isPlain = !servesNts || request.version != ntsVersion ||
                        headerAndFields(request, arrival.octets).size() == ntp::headerLength;
    return true;
}

bool Responder::decide(
    const Arrival& arrival, const Admission& admission, Opened* opened, Reply& reply, ClientEvent& event)
{
    const ntp::ClientRequest& request = admission.request;
    reply.length = ntp::headerLength;
    reply.version = request.version;
    reply.isInterleaved = false;
    reply.ticket.reset();
    reply.key = nullptr;
    reply.protects.reset();
    const auto access = opened ? unprotect(request, arrival, *opened, reply) : Access::Open;
    if (access == Access::Dropped)
        return false;
    if (request.mac && access == Access::Open && !reply.protects && !authenticate(request, arrival.octets, reply)) {
        ++m_counters.rejected[placeOf(ntp::Rejection::Unauthenticated)];
        return false;
    }
    ++m_counters.ofVersion[request.version];
    if (access == Access::Refused)
        return true;
    if (admission.allowance == Allowance::Kiss) {
        ++m_counters.kisses;
        m_rateKiss.place(reply.header(), request, smeared(ntp::toTimestamp(arrival.received)), ntp::Timestamp{});
        return true;
    }
    event.isAnswered = true;
    event.isAuthenticated = reply.isAuthenticated();
    interleave(request, arrival, reply);
    return true;
}

// RFC 9769 section 2: a client in interleaved mode names the receive timestamp of the reply that it got last, and says when
// it got it in place of a copy of its transmit timestamp. If we remember that reply, this one says when that one left.
void Responder::interleave(const ntp::ClientRequest& request, const Arrival& arrival, Reply& reply)
{
    const auto receive = smeared(ntp::toTimestamp(arrival.received));
    const auto say = [&](const ntp::ClientRequest& answered, ntp::Timestamp transmit) {
        m_template.place(reply.header(), answered, receive, transmit);
    };
    if (request.origin.isZero() || request.receive.isZero() || request.receive == request.transmit)
        return say(request, {});
    if (const auto earlier = m_interleaved.take(arrival.from.address, request.origin)) {
        ++m_counters.interleaved;
        reply.isInterleaved = true;
        auto answered = request;
        answered.transmit = request.receive;
        say(answered, *earlier);
    } else {
        say(request, {});
    }
    reply.ticket = m_interleaved.remember(arrival.from.address, receive);
}

void Responder::finish(std::span<Reply> replies, std::span<const ntp::Timestamp> transmits)
{
    for (std::size_t i = 0; i < replies.size(); ++i) {
        Reply& reply = replies[i];
        const auto transmit = smeared(transmits[i]);
        if (!reply.isInterleaved)
            ntp::setTransmitTimestamp(reply.header(), transmit);
        if (reply.ticket)
            m_interleaved.left(*reply.ticket, transmit);
        if (reply.key)
            appendMac(reply);
    }
    for (std::size_t done = 0; done < replies.size(); done += together)
        protect(replies.subspan(done, std::min(together, replies.size() - done)));
}

void Responder::finish(Reply& reply, ntp::Timestamp transmit)
{
    finish(std::span(&reply, 1), std::span(&transmit, 1));
}

} // namespace foliot::daemon
