// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Preloaded into a time daemon that asks every sixteen seconds at its quickest: by the clock that it waits by a second takes
// a sixteenth, so that a test sees twenty exchanges. The clock that it measures with is left as it is.

#include <algorithm>
#include <cstdint>
#include <ctime>

#include <sys/epoll.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace {

constexpr std::int64_t factor = 16;
constexpr std::int64_t second = 1'000'000'000;

int realClock(clockid_t clock, timespec* time)
{
    return static_cast<int>(::syscall(SYS_clock_gettime, clock, time));
}

std::int64_t monotonicNow()
{
    timespec time{};
    realClock(CLOCK_MONOTONIC, &time);
    return time.tv_sec * second + time.tv_nsec;
}

std::int64_t start()
{
    static const std::int64_t first = monotonicNow();
    return first;
}

int shortened(int timeoutMs)
{
    return timeoutMs > 0 ? std::max(static_cast<int>(timeoutMs / factor), 1) : timeoutMs;
}

} // namespace

extern "C" {

int clock_gettime(clockid_t clock, timespec* time) noexcept
{
    if (clock != CLOCK_MONOTONIC)
        return realClock(clock, time);
    const std::int64_t now = start() + (monotonicNow() - start()) * factor;
    *time = {.tv_sec = now / second, .tv_nsec = now % second};
    return 0;
}

int epoll_wait(int epoll, epoll_event* events, int count, int timeoutMs)
{
    return static_cast<int>(::syscall(SYS_epoll_pwait, epoll, events, count, shortened(timeoutMs), nullptr, 8));
}
}
