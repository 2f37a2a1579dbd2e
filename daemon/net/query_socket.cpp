// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/net/query_socket.h"

#include "daemon/clocks/clock.h"
#include "daemon/net/random.h"
#include "daemon/net/socket.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

namespace foliot::daemon {

using namespace std::chrono_literals;

namespace {

// Beyond this a burst of packets has to wait until other work was done.
constexpr int messagesAtOnce = 64;

// How far a kernel stamp may seem to lie outside of the time that the system calls allow, for the rounding of the
// clocks' mapping. Farther out it is not of this request, or the machine's clock was stepped in between.
constexpr Nanoseconds stampTolerance = 1ms;

// A packet that we stamp ourselves waited that long for us, as a guess; what it waited beyond that is inside the
// measured delay, and thereby inside the error bound.
constexpr Nanoseconds wakeupLatency = 100us;

// Holds the longest reply that anybody takes, and one octet more, so that a longer one is seen to be longer.
using ReplyBuffer = std::array<std::byte, nts::maxProtectedLength + 1>;

sync::QueryFault faultOf(int error)
{
    switch (error) {
    case ENETUNREACH:
    case EHOSTUNREACH:
    case ENETDOWN:
    case EHOSTDOWN:
    case EADDRNOTAVAIL:
    case EAFNOSUPPORT: // a machine without IPv6
        return sync::QueryFault::NetworkUnreachable;
    case ECONNREFUSED: // the host's word that nobody listens at that port
        return sync::QueryFault::ConnectionRefused;
    default: // an open set: the kernel's error numbers
        return sync::QueryFault::SendFailed;
    }
}

// Perhaps it is the notifier's own signal that led here.
void retire(std::unique_ptr<QSocketNotifier>& notifier)
{
    if (!notifier)
        return;
    notifier->setEnabled(false);
    notifier.release()->deleteLater();
}

} // namespace

QuerySocket::QuerySocket(sync::SourceId source, std::uint8_t version, Clock& clock, keys::MacComputer& macs,
    const QueryTimes& times, QObject* parent)
    : QObject(parent)
    , m_source(source)
    , m_version(version)
    , m_clock(clock)
    , m_times(times)
    , m_authentication(version, macs)
    , m_judge(version)
{
    m_deadline.setSingleShot(true);
    m_stampDeadline.setSingleShot(true);
    m_stampDeadline.setTimerType(Qt::PreciseTimer);
    connect(&m_deadline, &QTimer::timeout, this, &QuerySocket::deadline);
    connect(&m_stampDeadline, &QTimer::timeout, this, [this] {
        if (const auto outcome = m_judge.stampIsMissing())
            conclude(*outcome);
    });
}

void QuerySocket::ask(const Endpoint& server, RealTime notBefore, std::shared_ptr<nts::Session> session, QueryMode mode)
{
    giveUpOpenQuery();
    m_authentication.use(std::move(session));
    start(server, notBefore, mode);
}

void QuerySocket::askWithKey(const Endpoint& server, RealTime notBefore, const keys::Key& key, QueryMode mode)
{
    giveUpOpenQuery();
    m_authentication.use(key);
    start(server, notBefore, mode);
}

void QuerySocket::giveUpOpenQuery()
{
    if (m_judge.isOutstanding())
        end(sync::QueryTimedOut{m_source});
}

void QuerySocket::start(const Endpoint& server, RealTime notBefore, QueryMode mode)
{
    close();
    if (server != m_server)
        m_judge.forgetBefore();
    m_server = server;
    m_notBefore = notBefore;
    auto descriptor = openConnected(server);
    if (!descriptor) {
        fail(descriptor.error());
        return;
    }
    m_descriptor = std::move(*descriptor);
    knowLocal(localEndpoint(m_descriptor.get()));
    m_request = m_judge.request(
        randomTransmitTimestamp(), mode == QueryMode::Interleaved ? randomTransmitTimestamp() : std::uint64_t{0});
    if (const auto completed = m_authentication.complete(m_request); !completed) {
        fail(completed.error());
        return;
    }
    watch();

    m_phase = Phase::Waiting;
    const Now before = m_clock.now();
    if (::send(m_descriptor.get(), m_request.data(), m_request.size(), 0) < 0) {
        fail(errno);
        return;
    }
    const Now after = m_clock.now();
    m_sentAfter = before.raw;
    m_judge.sent({.raw = before.raw,
        .real = before.real,
        .origin = StampOrigin::UserSpace,
        .error = after.raw - before.raw + m_clock.readingWidth()});
    m_deadline.start(m_times.answer);
}

// A request in interleaved mode names the answer before it: from another network it would tell who we were in the last one.
void QuerySocket::knowLocal(const std::optional<Endpoint>& local)
{
    const QHostAddress address = local ? local->address : QHostAddress();
    if (address != m_localAddress)
        m_judge.forgetBefore();
    m_localAddress = address;
    m_ourReferenceId = local ? referenceIdOf(local->address) : 0;
}

void QuerySocket::watch()
{
    m_readNotifier = std::make_unique<QSocketNotifier>(m_descriptor.get(), QSocketNotifier::Read);
    m_errorNotifier = std::make_unique<QSocketNotifier>(m_descriptor.get(), QSocketNotifier::Exception);
    connect(m_readNotifier.get(), &QSocketNotifier::activated, this, &QuerySocket::readable);
    connect(m_errorNotifier.get(), &QSocketNotifier::activated, this, &QuerySocket::errorQueueReadable);
}

void QuerySocket::readable()
{
    // The stamp of the request may wait there, and the answer needs it.
    if (m_judge.isOutstanding() && !m_judge.hasStamp())
        drainErrorQueue();
    readData();
}

void QuerySocket::errorQueueReadable()
{
    drainErrorQueue();
    // An error that was not queued shows here, and is reported until somebody asks.
    int error = 0;
    socklen_t length = sizeof(error);
    if (m_descriptor.isValid() && ::getsockopt(m_descriptor.get(), SOL_SOCKET, SO_ERROR, &error, &length) == 0 &&
        error != 0)
        takeNetworkError(error);
}

void QuerySocket::drainErrorQueue()
{
    ReplyBuffer buffer;
    for (int count = 0; count < messagesAtOnce && m_descriptor.isValid(); ++count) {
        const auto message = receiveMessage(m_descriptor.get(), buffer, true);
        if (!message)
            return;
        switch (message->kind) {
        case MessageKind::TransmitStamp:
            takeTransmitStamp(*message);
            break;
        case MessageKind::NetworkError:
            takeNetworkError(message->error);
            break;
        case MessageKind::Data:
            takeData(*message);
            break;
        }
    }
}

void QuerySocket::readData()
{
    ReplyBuffer buffer;
    for (int count = 0; count < messagesAtOnce && m_descriptor.isValid(); ++count) {
        const auto message = receiveMessage(m_descriptor.get(), buffer, false);
        if (!message) {
            if (message.error() != EAGAIN && message.error() != EINTR)
                takeNetworkError(message.error());
            return;
        }
        takeData(*message);
    }
}

void QuerySocket::takeData(const Message& message)
{
    if (message.from && *message.from != m_server) {
        Q_EMIT happened(sync::ReplyRejected{m_source, ntp::Rejection::WrongSource});
        return;
    }
    if (message.isTruncated) {
        Q_EMIT happened(sync::ReplyRejected{m_source, ntp::Rejection::TooLong});
        return;
    }
    const auto packet = m_authentication.judge(message.octets, m_judge.mayBeAnswer(message.octets));
    if (!packet) {
        Q_EMIT happened(sync::ReplyRejected{m_source, packet.error()});
        return;
    }
    // Only what may be the answer is worth reading the clocks for: garbage in numbers must cost little, and must not push
    // the readings around the answer out of the clock's memory.
    const LocalStamp stamp = m_judge.mayBeAnswer(*packet) ? receiveStamp(message) : LocalStamp{};
    conclude(m_judge.received(*packet, stamp, m_notBefore));
}

LocalStamp QuerySocket::receiveStamp(const Message& message)
{
    const Now now = m_clock.now();
    if (message.stamp) {
        const auto mapped = m_clock.stamp(*message.stamp);
        if (mapped && mapped->raw >= m_sentAfter - stampTolerance && mapped->raw <= now.raw + stampTolerance)
            return *mapped;
    }
    return {.raw = now.raw,
        .real = now.real,
        .origin = StampOrigin::UserSpace,
        .error = wakeupLatency + m_clock.readingWidth()};
}

void QuerySocket::takeTransmitStamp(const Message& message)
{
    // The octets of the request tell it for sure, behind the headers of the link and the network. A kernel that does not
    // give them back gives its number: each request has a socket of its own, so it is 0.
    const bool isOurs = message.octets.size() >= m_request.size()
                            ? std::ranges::equal(message.octets.last(m_request.size()), m_request)
                            : message.id == 0U;
    if (!isOurs || !message.stamp || !m_judge.isOutstanding())
        return;
    const auto mapped = m_clock.stamp(*message.stamp);
    if (!mapped || mapped->raw < m_sentAfter - stampTolerance || mapped->raw > m_clock.now().raw + stampTolerance)
        return;
    if (const auto outcome = m_judge.stamped(*mapped))
        conclude(*outcome);
}

void QuerySocket::takeNetworkError(int error)
{
    if (m_phase != Phase::Waiting)
        return;
    // Such a message can be forged by who guesses our port, so the true answer is still welcome for a moment.
    m_phase = Phase::Refused;
    m_fault = faultOf(error);
    Q_EMIT failed(QString::fromStdString(std::generic_category().message(error)));
    m_deadline.start(std::min(m_times.afterRefusal, m_times.answer));
}

void QuerySocket::conclude(const QueryJudge::Outcome& outcome)
{
    if (const auto* measurement = std::get_if<ntp::Measurement>(&outcome)) {
        ntp::Measurement judged = *measurement;
        judged.authenticated = m_authentication.isUsed();
        end(sync::MeasurementReceived{.source = m_source,
            .measurement = judged,
            .serverReferenceId = referenceIdOf(m_server.address),
            .ourReferenceId = m_ourReferenceId});
    } else if (const auto* kiss = std::get_if<ntp::Kiss>(&outcome)) {
        end(sync::KissReceived{m_source, *kiss});
    } else if (const auto* rejection = std::get_if<ntp::Rejection>(&outcome)) {
        Q_EMIT happened(sync::ReplyRejected{m_source, *rejection});
    } else {
        m_stampDeadline.start(m_times.stamp);
    }
}

void QuerySocket::deadline()
{
    if (const auto outcome = m_judge.stampIsMissing())
        conclude(*outcome);
    switch (m_phase) {
    case Phase::Idle:
        break;
    case Phase::Waiting:
        end(sync::QueryTimedOut{m_source});
        break;
    case Phase::Refused:
        end(sync::QueryFailed{m_source, m_fault});
        break;
    case Phase::Lingering:
        if (m_deadline.remainingTime() <= 0)
            close();
        break;
    }
}

void QuerySocket::fail(int error)
{
    close();
    Q_EMIT failed(QString::fromStdString(std::generic_category().message(error)));
    end(sync::QueryFailed{m_source, faultOf(error)});
}

void QuerySocket::end(const sync::Event& event)
{
    m_judge.giveUp();
    m_stampDeadline.stop();
    if (m_descriptor.isValid()) {
        m_phase = Phase::Lingering;
        m_deadline.start(m_times.linger);
    }
    Q_EMIT happened(event);
}

void QuerySocket::close()
{
    m_phase = Phase::Idle;
    m_deadline.stop();
    m_stampDeadline.stop();
    retire(m_readNotifier);
    retire(m_errorNotifier);
    m_descriptor = {};
}

} // namespace foliot::daemon
