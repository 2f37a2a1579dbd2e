// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/server/worker.h"

#include "daemon/server/quiet_thread.h"
#include "daemon/server/transmit_times.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <ctime>

namespace foliot::daemon {

namespace {

template<typename Clock>
typename Clock::time_point read(clockid_t clock)
{
    timespec time{};
    ::clock_gettime(clock, &time);
    return typename Clock::time_point{std::chrono::seconds(time.tv_sec) + Nanoseconds(time.tv_nsec)};
}

RealTime realTime()
{
    return read<RealClock>(CLOCK_REALTIME);
}

// Both clocks at one moment: a thread that lost its processor in between reads again.
Now readTogether()
{
    constexpr Nanoseconds together{50'000};
    constexpr int tries = 4;
    Now now{};
    for (int i = 0; i < tries; ++i) {
        now.raw = read<RawClock>(CLOCK_MONOTONIC_RAW);
        now.real = realTime();
        if (read<RawClock>(CLOCK_MONOTONIC_RAW) - now.raw < together)
            break;
    }
    return now;
}

constexpr std::chrono::milliseconds pauseAfterError{1};

// The kernel accounts for the processor time of a thread that asks how much it had; of one that is never out of work it does
// at the next tick only. Where a control group limits the processor time of the process, as CPUQuota= of a service does, the
// thread would use up the time of several periods until then, and all others of the process would stand still for as many.
void haveProcessorTimeAccounted()
{
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
}

constexpr unsigned fullBatchesTogether = 4; // asking is a system call, and a batch is 32 replies

} // namespace

Worker::Worker(
    ServingSocket socket, const Published& published, const ResponderSettings& settings, const std::string& name)
    : m_socket(std::move(socket))
    , m_responder(published, settings)
    , m_batch(m_socket.saysLocalAddress)
    , m_thread(startQuietThread(name, [this] { run(); }))
{}

Worker::~Worker()
{
    m_ends = true;
    // Wakes a sleeping read, and makes all later ones return at once.
    ::shutdown(m_socket.descriptor.get(), SHUT_RDWR);
    m_thread.join();
}

void Worker::run()
{
    while (!m_ends.load(std::memory_order_relaxed)) {
        const auto count = m_batch.receive(m_socket.descriptor.get());
        if (m_ends.load(std::memory_order_relaxed))
            return;
        if (!count) {
            // What an earlier reply left behind is gone with this; an interface that is down may stay so for a while.
            if (count.error() != EINTR)
                std::this_thread::sleep_for(pauseAfterError);
            continue;
        }
        answerAll(*count);
        m_live.publish(m_responder.counters());
        sendReplies();
        m_responder.end();
        readTransmitTimes();
        // A batch that is full is followed by more, for as long as a flood lasts.
        if (*count == Batch::capacity && ++m_fullBatches % fullBatchesTogether == 0)
            haveProcessorTimeAccounted();
    }
}

void Worker::answerAll(std::size_t count)
{
    const Now now = readTogether();
    m_batchAt = now.raw;
    auto& counters = m_responder.counters();
    counters.received += count;
    if (!m_responder.begin(now)) {
        counters.clockStepped += count;
        return;
    }
    std::array<Arrival, Batch::capacity> arrivals;
    for (std::size_t i = 0; i < count; ++i)
        arrivals[i] = {.octets = m_batch.octets(i),
            .isTruncated = m_batch.isTruncated(i),
            .from = m_batch.from(i),
            .received = m_batch.receivedAt(i).value_or(now.real)};
    std::array<std::size_t, Batch::capacity> answered;
    const std::size_t replies =
        m_responder.answer(std::span(arrivals).first(count), m_batch.replies(), std::span(answered).first(count));
    for (const std::size_t i : std::span(answered).first(replies))
        m_batch.addReply(i);
    counters.answered += m_batch.replyCount();
}

void Worker::sendReplies()
{
    const std::size_t count = m_batch.replyCount();
    std::size_t sent = 0;
    m_forecast.begin(m_batchAt);
    std::optional<RealTime> now;
    // Fewer would not be sealed side by side, and each time find the code gone from the caches.
    const bool areSealed = std::ranges::any_of(
        m_batch.replies().first(count), [](const Reply& reply) { return reply.protects.has_value(); });
    for (std::size_t first = 0; first < count;) {
        const std::size_t end = std::min(first + (areSealed ? Responder::together : m_forecast.together()), count);
        sent += sendTogether(first, end, now);
        first = end;
    }
    if (sent != count) {
        m_responder.counters().answered -= count - sent;
        m_responder.counters().sendFailures += count - sent;
        m_live.publish(m_responder.counters());
        restartTransmitTimes();
    }
}

// Returns how many the kernel took. now: as read after those before, if any, and then after these. Behind a pause the clock is
// read when all else is done: what lies between the reading and the system call finds cold caches, and makes the reply late.
std::size_t Worker::sendTogether(std::size_t first, std::size_t end, std::optional<RealTime>& now)
{
    std::size_t authenticated = 0;
    for (std::size_t place = first; place < end; ++place)
        authenticated += std::size_t{m_batch.reply(place).isAuthenticated()};
    const std::uint32_t firstNumber = m_nextNumber;
    if (m_socket.saysTransmitTime)
        askTransmitTimes(first, end, authenticated > 0);
    const RealTime begun = now ? *now : realTime();
    for (std::uint32_t number = firstNumber; number != m_nextNumber; ++number)
        m_awaited[number % mostAwaited]->begun = begun;
    const RealTime started = begun + m_sealing.expected(authenticated);
    std::array<ntp::Timestamp, Batch::capacity> transmits;
    for (std::size_t place = first; place < end; ++place)
        transmits[place - first] = ntp::toTimestamp(started + m_forecast.until(place - first));
    m_responder.finish(m_batch.replies().subspan(first, end - first), std::span(transmits).first(end - first));
    if (authenticated > 0)
        m_sealing.learn(authenticated, realTime() - begun);
    const std::size_t sent = m_batch.send(m_socket.descriptor.get(), first, end);
    now = realTime();
    m_forecast.called(end - first, authenticated == 0 ? std::optional(*now - begun) : std::nullopt);
    return sent;
}

// A client is known to be in interleaved mode once it got such a reply; until then the forecast is remembered, because many
// clients that are not look as if they were.
// What authenticates takes its time, which is none of the kernel's: such replies teach nothing about it.
void Worker::askTransmitTimes(std::size_t first, std::size_t end, bool isAuthenticated)
{
    const auto sample = isAuthenticated ? std::nullopt : m_forecast.sample(end - first, m_batchAt);
    for (std::size_t place = first; place < end; ++place) {
        const Reply& reply = m_batch.reply(place);
        const bool isSample = sample == place - first;
        if (!isSample && !(reply.isInterleaved && reply.ticket))
            continue;
        m_batch.askTransmitTime(place);
        const auto number = m_nextNumber++;
        auto& awaited = m_awaited[number % mostAwaited];
        m_expected += awaited ? 0 : 1;
        awaited = Awaited{
            .number = number, .isSample = isSample, .place = place - first, .begun = {}, .ticket = reply.ticket};
        m_readings = 0;
    }
}

// Nobody knows whether the kernel has counted what did not leave.
void Worker::restartTransmitTimes()
{
    m_awaited = {};
    m_expected = 0;
    m_nextNumber = 0;
    m_socket.saysTransmitTime = restartTransmitNumbers(m_socket.descriptor.get());
}

// Most kernels report while they send; what comes later is found after a later batch.
void Worker::readTransmitTimes()
{
    constexpr int mostReadings = 4; // a driver may not report at all
    if (m_expected == 0 || m_readings++ >= mostReadings)
        return;
    while (m_expected > 0) {
        const auto report = readTransmitTime(m_socket.descriptor.get());
        if (!report)
            return;
        auto& awaited = m_awaited[report->number % mostAwaited];
        // One that left before this one was made has its number from before a restart.
        if (!awaited || awaited->number != report->number || report->left < awaited->begun)
            continue;
        if (awaited->isSample)
            m_forecast.learn(awaited->place, report->left - awaited->begun);
        if (awaited->ticket)
            m_responder.left(*awaited->ticket, ntp::toTimestamp(report->left));
        awaited.reset();
        --m_expected;
    }
}

} // namespace foliot::daemon
