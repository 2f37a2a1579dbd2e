// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/clocks/helper_clock.h"

#include "daemon/clocks/keeper_requests.h"
#include "daemon/log.h"

#include <QSocketNotifier>

#include <algorithm>
#include <array>
#include <utility>

#include <sys/socket.h>

namespace foliot::daemon {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

// More are never waiting unless the helper hangs.
constexpr std::size_t mostOpen = 32;

} // namespace

HelperClock::HelperClock(HelperCaller* caller, const QString& whyNone, const HelperTiming& timing, QObject* parent)
    : MachineClock(parent)
    , m_caller(caller)
    , m_whyNone(whyNone)
    , m_timing(timing)
    , m_retry(timing.firstRetry)
{
    m_timer.setSingleShot(true);
    m_silence.setSingleShot(true);
    m_extraEnds.setSingleShot(true);
    m_extraEnds.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (m_state == State::Calling)
            lose(u"It does not answer the call."_s, sync::ClockFault::NotPermitted);
        else
            call();
    });
    connect(&m_silence, &QTimer::timeout, this,
        [this] { lose(u"It does not answer a request."_s, sync::ClockFault::Failed); });
    connect(&m_extraEnds, &QTimer::timeout, this, [this] { runAt(m_basePpm, 0.0); });
    call();
}

HelperClock::~HelperClock()
{
    if (m_caller != nullptr)
        m_caller->drop();
}

// --- the conversation ---

void HelperClock::call()
{
    std::array<int, 2> ends{-1, -1};
    if (m_caller == nullptr)
        return lose(m_whyNone, sync::ClockFault::NotPermitted);
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends.data()) != 0)
        return lose(qt_error_string(), sync::ClockFault::Failed);
    m_socket = FileDescriptor(ends[0]);
    const FileDescriptor helpers(ends[1]);
    m_state = State::Calling;
    m_timer.start(m_timing.callPatience);
    m_caller->call(helpers.get(), this,
        {.ready = [this] { serve(); },
            .ended =
                [this](const QString& why) {
                    if (m_state == State::Calling)
                        lose(why, sync::ClockFault::NotPermitted);
                    else if (m_state == State::Served)
                        lose(why, sync::ClockFault::Failed);
                }});
}

void HelperClock::serve()
{
    if (m_state != State::Calling)
        return;
    m_state = State::Served;
    m_timer.stop();
    m_servedSince.start();
    m_lastWhy.clear();
    qCInfo(logClock) << "the helper steers the clock from now on";
    m_notifier = std::make_unique<QSocketNotifier>(m_socket.get(), QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &HelperClock::receive);
    for (const Open& open : m_open)
        send(open.request);
    Q_EMIT served();
}

void HelperClock::lose(const QString& why, sync::ClockFault fault)
{
    if (m_state == State::Served && m_servedSince.durationElapsed() >= m_timing.settled)
        m_retry = m_timing.firstRetry;
    m_state = State::Waiting;
    m_notifier.reset();
    m_socket = {};
    m_silence.stop();
    if (m_extraEnds.isActive())
        runAt(m_basePpm, 0.0); // it ends the extra rate when it or we go
    if (m_lastWhy != why) {
        qCWarning(logClock).noquote() << "the helper does not steer the clock; it is called again:" << why;
        m_lastWhy = why;
    }
    m_timer.start(m_retry);
    m_retry = std::min(m_retry * 2, m_timing.longestRetry);
    for (const Open& open : std::exchange(m_open, {}))
        refuse(open, fault);
    Q_EMIT lost(why);
}

void HelperClock::send(const clock::Request& request)
{
    now(); // keeps the map of stamps straight on this side of the change
    // What cannot be sent is answered by the end of our patience, or of the connection.
    [[maybe_unused]] const auto sent = ::send(m_socket.get(), &request, sizeof request, MSG_NOSIGNAL | MSG_DONTWAIT);
    watchSilence();
}

void HelperClock::receive()
{
    std::array<std::byte, sizeof(clock::Reply) + 1> octets;
    const auto length = ::recv(m_socket.get(), octets.data(), octets.size(), MSG_DONTWAIT);
    if (length < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (length <= 0)
        return lose(u"It has ended."_s, sync::ClockFault::Failed);
    const auto reply = clock::readReply(std::span(octets).first(static_cast<std::size_t>(length)));
    const auto open =
        reply ? std::ranges::find(m_open, reply->number, [](const Open& o) { return o.request.number; }) : m_open.end();
    if (open == m_open.end())
        return lose(u"It speaks another version."_s, sync::ClockFault::Failed);
    const Open answered = std::move(*open);
    m_open.erase(open);
    m_silence.stop();
    watchSilence();
    finish(answered, *reply);
}

// A person may take minutes, the helper may not.
void HelperClock::watchSilence()
{
    const bool waits = std::ranges::any_of(m_open, [](const Open& open) { return !open.person; });
    if (waits && !m_silence.isActive())
        m_silence.start(m_timing.replyPatience);
}

// --- commands ---

void HelperClock::steer(const sync::ClockCommand& command)
{
    request(requestFor(command));
}

void HelperClock::step(const sync::StepClock& step)
{
    request(requestFor(step));
}

void HelperClock::setStatus(const sync::DeclaredStatus& status)
{
    request(requestFor(status));
}

void HelperClock::askPerson(const Person& person, Nanoseconds limit, const std::function<void(bool granted)>& answer)
{
    clock::Request permit{
        .kind = clock::RequestKind::Permit, .stepNs = limit.count(), .mayInteract = person.mayBeAsked ? 1U : 0U};
    const QByteArray name = person.program.toLatin1();
    std::copy_n(name.begin(), std::min<std::size_t>(permit.person.size(), static_cast<std::size_t>(name.size())),
        permit.person.begin());
    request(permit, answer);
}

void HelperClock::request(clock::Request request, std::function<void(bool granted)> person)
{
    request.number = ++m_lastNumber;
    Open open{.request = request, .person = std::move(person)};
    if (m_state == State::Waiting || m_open.size() >= mostOpen)
        return refuse(open, sync::ClockFault::NotPermitted);
    m_open.push_back(std::move(open));
    if (m_state == State::Served)
        send(request);
}

void HelperClock::refuse(const Open& open, sync::ClockFault fault)
{
    if (open.person)
        open.person(false);
    else
        answer(unchanged(fault));
}

void HelperClock::finish(const Open& open, const clock::Reply& reply)
{
    if (open.person)
        return open.person(reply.fault == clock::Fault::None);
    if (open.request.kind == clock::RequestKind::Steer && reply.fault == clock::Fault::None) {
        runAt(reply.baseFrequencyPpm, reply.extraRatePpm);
        if (open.request.extraForNs > 0)
            m_extraEnds.start(std::chrono::ceil<std::chrono::milliseconds>(Nanoseconds(open.request.extraForNs)));
    }
    now();
    if (open.request.kind != clock::RequestKind::Status || reply.fault != clock::Fault::None)
        answer(reportOf(reply));
}

void HelperClock::runAt(double basePpm, double extraPpm)
{
    m_extraEnds.stop();
    now();
    m_basePpm = basePpm;
    setRate(basePpm + extraPpm);
    now();
}

double HelperClock::baseFrequencyPpm()
{
    return m_extraEnds.isActive() ? m_basePpm : MachineClock::baseFrequencyPpm();
}

} // namespace foliot::daemon
