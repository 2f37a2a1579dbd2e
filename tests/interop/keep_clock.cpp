// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Preloaded into other time daemons so that they cannot touch this machine's clock: each call that would set it
// succeeds and does nothing; calls that only read go through.

#include <ctime>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timex.h>
#include <unistd.h>

namespace {

int readOnly(clockid_t clock, timex* request)
{
    request->modes = 0;
    return static_cast<int>(::syscall(SYS_clock_adjtime, clock, request));
}

} // namespace

extern "C" {

int adjtimex(timex* request) noexcept
{
    return readOnly(CLOCK_REALTIME, request);
}

int ntp_adjtime(timex* request) noexcept
{
    return readOnly(CLOCK_REALTIME, request);
}

int clock_adjtime(clockid_t clock, timex* request) noexcept
{
    return readOnly(clock, request);
}

int clock_settime(clockid_t, const timespec*) noexcept
{
    return 0;
}

int settimeofday(const timeval*, const struct timezone*) noexcept
{
    return 0;
}

int adjtime(const timeval*, timeval* before) noexcept
{
    if (before)
        *before = {};
    return 0;
}
}
