// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "clock/keeper.h"

#include "clock/bounds.h"
#include "clock/file.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <ctime>

#include <sys/timerfd.h>
#include <unistd.h>

namespace foliot::clock {

namespace {

constexpr std::int64_t nominalTick = 10'000;
constexpr std::int64_t maxTickChange = 1000; // the kernel allows a tenth of the tick
constexpr double ppmPerTick = 100.0;
constexpr double unitsPerPpm = 65'536.0;
constexpr std::int64_t maxReportedErrorUs = 16'000'000; // NTP_PHASE_LIMIT: the kernel calls more unsynchronized

std::int64_t nanoseconds(clockid_t clock)
{
    timespec time{};
    ::clock_gettime(clock, &time);
    return time.tv_sec * nsPerSecond + time.tv_nsec;
}

// A system without CLOCK_BOOTTIME has CLOCK_MONOTONIC, which is the same but for the time asleep.
std::int64_t bootNanoseconds()
{
    timespec time{};
    if (::clock_gettime(CLOCK_BOOTTIME, &time) != 0)
        return nanoseconds(CLOCK_MONOTONIC);
    return time.tv_sec * nsPerSecond + time.tv_nsec;
}

std::int64_t errorUs(std::int64_t ns)
{
    return std::min(ns / 1000 + (ns % 1000 != 0), maxReportedErrorUs);
}

timex rateCall(const Rate& rate)
{
    timex call{};
    call.modes = ADJ_FREQUENCY | ADJ_TICK;
    call.freq = rate.frequency;
    call.tick = rate.tick;
    return call;
}

int leapBits(Leap leap)
{
    switch (leap) {
    case Leap::None:
        return 0;
    case Leap::Insert:
        return STA_INS;
    case Leap::Delete:
        return STA_DEL;
    }
    return 0;
}

void setTimer(int timer, std::int64_t ns)
{
    const itimerspec when{.it_interval = {}, .it_value = {.tv_sec = ns / nsPerSecond, .tv_nsec = ns % nsPerSecond}};
    ::timerfd_settime(timer, 0, &when, nullptr);
}

} // namespace

Rate rateOf(double baseFrequencyPpm, double extraRatePpm)
{
    const double total = baseFrequencyPpm + extraRatePpm;
    std::int64_t ticks = 0;
    if (std::abs(total) > maxBaseFrequencyPpm)
        ticks = std::clamp<std::int64_t>(std::llround(total / ppmPerTick), -maxTickChange, maxTickChange);
    const double rest = total - static_cast<double>(ticks) * ppmPerTick;
    return {.frequency = std::llround(rest * unitsPerPpm), .tick = nominalTick + ticks};
}

double ppmOf(const Rate& rate)
{
    return static_cast<double>(rate.tick - nominalTick) * ppmPerTick +
           static_cast<double>(rate.frequency) / unitsPerPpm;
}

timex translate(const Request& request)
{
    timex call{};
    switch (request.kind) {
    case RequestKind::Steer:
        return rateCall(rateOf(request.baseFrequencyPpm, request.extraRatePpm));
    case RequestKind::Step:
        call.modes = ADJ_SETOFFSET | ADJ_NANO;
        call.time.tv_sec = request.stepNs / nsPerSecond;
        call.time.tv_usec = request.stepNs % nsPerSecond; // nanoseconds, never negative
        if (call.time.tv_usec < 0) {
            call.time.tv_sec -= 1;
            call.time.tv_usec += nsPerSecond;
        }
        return call;
    case RequestKind::Status:
        call.modes = ADJ_STATUS | ADJ_MAXERROR | ADJ_ESTERROR;
        call.status = (request.synchronized != 0 ? 0 : STA_UNSYNC) | leapBits(request.leap);
        call.maxerror = errorUs(request.maxErrorNs);
        call.esterror = errorUs(request.estimatedErrorNs);
        return call;
    case RequestKind::Query:
    case RequestKind::Permit:
        break;
    }
    return call;
}

Reading readClocks()
{
    constexpr int tries = 4; // one of them is seldom interrupted
    Reading best{.widthNs = maxExtraForNs};
    for (int i = 0; i < tries; ++i) {
        const std::int64_t first = nanoseconds(CLOCK_MONOTONIC_RAW);
        const std::int64_t boot = bootNanoseconds();
        const std::int64_t real = nanoseconds(CLOCK_REALTIME);
        const std::int64_t width = nanoseconds(CLOCK_MONOTONIC_RAW) - first;
        if (i == 0 || width < best.widthNs)
            best = {.rawNs = first + width / 2, .bootNs = boot, .realNs = real, .widthNs = width};
    }
    return best;
}

Keeper::Keeper(std::string crashFile, int (*adjust)(timex*))
    : m_crashFile(std::move(crashFile))
    , m_adjust(adjust)
{}

Keeper::~Keeper()
{
    endExtraRate();
    if (m_timer >= 0)
        ::close(m_timer);
}

int Keeper::timer()
{
    if (m_timer < 0) {
        m_timer = ::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
        endIn(m_endsInNs);
    }
    return m_timer;
}

void Keeper::endIn(std::int64_t ns)
{
    m_endsInNs = ns;
    if (m_timer >= 0)
        setTimer(m_timer, ns);
}

bool Keeper::apply(const Rate& rate)
{
    timex call = rateCall(rate);
    return m_adjust(&call) >= 0;
}

bool Keeper::clearCrash()
{
    const auto content = readFile(m_crashFile);
    if (!content)
        return true;
    // Unreadable: the bare oscillator is wrong by less than an extra rate that nobody ends.
    std::int64_t frequency = 0;
    const auto [end, error] = std::from_chars(content->data(), content->data() + content->size(), frequency);
    constexpr auto limit = static_cast<std::int64_t>(maxBaseFrequencyPpm * unitsPerPpm);
    if (error != std::errc{} || *end != '\n' || frequency < -limit || frequency > limit)
        frequency = 0;
    return apply({.frequency = frequency}) && ::unlink(m_crashFile.c_str()) == 0;
}

bool Keeper::takeOver()
{
    timex state{};
    if (!clearCrash() || m_adjust(&state) < 0)
        return false;
    timex adjtime{};
    adjtime.modes = ADJ_OFFSET_SINGLESHOT;
    timex tick{};
    tick.modes = ADJ_TICK;
    tick.tick = nominalTick;
    if (m_adjust(&adjtime) < 0 || m_adjust(&tick) < 0)
        return false;
    if ((state.status & STA_PLL) == 0 && state.offset == 0)
        return true;
    // The kernel takes a new phase, here none, only while its loop is on, and works off the old one even when off.
    timex phase{};
    phase.modes = ADJ_STATUS | ADJ_OFFSET;
    phase.status = STA_PLL | STA_UNSYNC;
    timex off{};
    off.modes = ADJ_STATUS;
    off.status = STA_UNSYNC;
    return m_adjust(&phase) >= 0 && m_adjust(&off) >= 0;
}

// A kernel that does not take it keeps the clock all the same.
void Keeper::setTai(std::uint16_t taiMinusUtc)
{
    timex call{};
    call.modes = ADJ_TAI;
    call.constant = taiMinusUtc; // adjtimex(2): it has no field of its own
    m_adjust(&call);
}

bool Keeper::rememberBase()
{
    return m_crashFile.empty() || replaceFile(m_crashFile, std::to_string(m_baseFrequency.load()) + '\n');
}

Reply Keeper::carryOut(const Request& request)
{
    Reply reply{.number = request.number, .kind = request.kind};
    const bool steers = request.kind == RequestKind::Steer;
    const bool hasExtra = steers && request.extraRatePpm != 0.0;
    if (steers) {
        endIn(0);
        // Before the call, so that a signal or a crash at any point ends in the base frequency.
        m_baseFrequency = rateOf(request.baseFrequencyPpm, 0.0).frequency;
        if (hasExtra) {
            if (!rememberBase()) {
                reply.systemError = errno;
                reply.fault = Fault::Failed;
                endExtraRate();
                return reply;
            }
            m_hasExtra = true;
            endIn(request.extraForNs);
        }
    }
    // The step is the clock's whole error, what a slew was still to work off included.
    if (request.kind == RequestKind::Step)
        endExtraRate();
    timex call = translate(request);
    reply.before = readClocks();
    const int result = m_adjust(&call);
    const int error = errno;
    reply.after = readClocks();
    if (result < 0) {
        reply.systemError = error;
        reply.fault = error == EPERM ? Fault::NotPermitted : Fault::Failed;
        if (steers)
            endExtraRate();
    } else if (steers && !hasExtra && m_hasExtra.exchange(false))
        ::unlink(m_crashFile.c_str());
    if (result >= 0 && request.taiMinusUtc != 0)
        setTai(request.taiMinusUtc);
    const double ppm = ppmOf({.frequency = call.freq, .tick = call.tick});
    reply.baseFrequencyPpm = m_hasExtra ? ppmOf({.frequency = m_baseFrequency}) : ppm;
    reply.extraRatePpm = m_hasExtra ? ppm - reply.baseFrequencyPpm : 0.0;
    reply.steppedNs = request.kind == RequestKind::Step && result >= 0 ? request.stepNs : 0;
    return reply;
}

void Keeper::endExtraRate()
{
    if (!m_hasExtra)
        return;
    if (!apply({.frequency = m_baseFrequency})) {
        endIn(nsPerSecond); // try again
        return;
    }
    m_hasExtra = false;
    endIn(0);
    ::unlink(m_crashFile.c_str());
}

} // namespace foliot::clock
