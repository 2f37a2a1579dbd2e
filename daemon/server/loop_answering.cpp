// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/server/loop_answering.h"

#include "daemon/clocks/clock.h"
#include "daemon/server/server_claim.h"
#include "daemon/server/server_rules.h"
#include "ntp/server_reply.h"

#include <QTimer>

#include <algorithm>

using namespace std::chrono_literals;

namespace foliot::daemon {

namespace {

// Replies that may wait behind a simulated path. More would let a flood fill the memory of a try-out.
constexpr int mostOnTheirWay = 1024;

} // namespace

LoopAnswering::LoopAnswering(const config::Server& settings, const config::Simulation& simulation, Clock& clock,
    std::function<const sync::State&()> state)
    : m_settings(settings)
    , m_clock(clock)
    , m_state(std::move(state))
    , m_path(simulation)
    , m_responder(m_published, responderSettingsOf(settings))
{}

void LoopAnswering::admit(AccessList access)
{
    m_published.access.publish(std::move(access));
}

void LoopAnswering::setKeys(keys::KeyRing keys)
{
    m_published.keys.publish(std::move(keys));
}

void LoopAnswering::setCookieKeys(std::shared_ptr<const nts::CookieKeys> keys)
{
    m_published.cookieKeys.publish(std::move(keys));
}

ServerCounters LoopAnswering::counters() const
{
    ServerCounters sum = m_counters;
    sum += m_responder.counters();
    return sum;
}

std::vector<ClientRecord> LoopAnswering::clients() const
{
    return m_responder.clients().records();
}

std::expected<ServedAddress, QString> LoopAnswering::open(const Endpoint& local)
{
    auto socket = ServerSocket::open(local);
    if (!socket)
        return std::unexpected(cannotServe(local, socket.error()));
    auto& opened = **socket;
    connect(&opened, &ServerSocket::received, this, [this, &opened](const Request& request) {
        ++m_counters.received;
        if (m_path.isPresent())
            answerLater(opened, request);
        else
            answer(opened, request);
    });
    m_sockets.push_back(std::move(*socket));
    return ServedAddress{.endpoint = opened.endpoint()};
}

RealTime LoopAnswering::receivedAt(const Request& request)
{
    if (request.stamp) {
        if (const auto stamp = m_clock.stamp(*request.stamp))
            return stamp->real;
    }
    return m_clock.now().real;
}

void LoopAnswering::answer(ServerSocket& socket, const Request& request)
{
    send(socket, request, receivedAt(request), 0ns);
}

void LoopAnswering::answerLater(ServerSocket& socket, const Request& request)
{
    if (m_path.losesRequest()) {
        ++m_counters.lostOnPurpose;
        return;
    }
    if (m_onTheirWay >= mostOnTheirWay) {
        ++m_counters.overload;
        return;
    }
    // The request arrives `there` later than it did. The reply leaves when a timer fires after both ways and claims to have
    // left `back` before: however late the timer is, both ways take what was drawn, and the lateness is our own.
    const auto there = m_path.oneWayDelay();
    const auto back = m_path.oneWayDelay();
    const auto received = receivedAt(request) + there;
    ++m_onTheirWay;
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(there + back) + 1ms;
    QTimer::singleShot(wait, Qt::PreciseTimer, &socket, [this, &socket, request, received, back] {
        --m_onTheirWay;
        send(socket, request, received, back);
    });
}

void LoopAnswering::send(ServerSocket& socket, const Request& request, RealTime received, Nanoseconds before)
{
    const Now now = m_clock.now();
    m_published.claim.write(makeSmearedClaim(m_state(), m_settings, now, m_clock.readingWidth()));
    m_responder.renew(now);
    Reply reply;
    const Arrival arrival{.octets = request.octets,
        .isTruncated = request.isTruncated,
        .from = networkEndpointOf(toSocketAddress(request.from).storage),
        .received = received};
    if (!m_responder.answer(arrival, reply))
        return;
    // The system call is still ahead; kernels need a few microseconds for it.
    m_responder.finish(reply, ntp::toTimestamp(std::max(now.real - before, received)));
    m_responder.end();
    if (socket.reply(request, reply.content()))
        ++m_counters.answered;
    else
        ++m_counters.sendFailures;
}

} // namespace foliot::daemon
