// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Preloaded into the helper under test: a step of the clock, and what TAI is to be, is written down in the file that
// FOLIOT_TEST_STEPS names and not done. What would change the clock's rate by more than a test may ends the helper. Everything else goes to the
// kernel.

#include <cmath>
#include <cstdlib>
#include <string>

#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

namespace {

constexpr double mostPpm = 1.5; // from how the kernel ran the clock when the helper started

double ppm(const timex& state)
{
    return static_cast<double>(state.tick - 10'000) * 100.0 + static_cast<double>(state.freq) / 65'536.0;
}

timex kernelState()
{
    timex state{};
    ::syscall(SYS_clock_adjtime, CLOCK_REALTIME, &state);
    return state;
}

bool isGentle(const timex& call)
{
    static const double atStart = ppm(kernelState());
    timex after = kernelState();
    if ((call.modes & ADJ_FREQUENCY) != 0)
        after.freq = call.freq;
    if ((call.modes & ADJ_TICK) != 0)
        after.tick = call.tick;
    return std::abs(ppm(after) - atStart) <= mostPpm;
}

void writeDown(const std::string& line)
{
    const char* const path = std::getenv("FOLIOT_TEST_STEPS");
    const int file = ::open(path == nullptr ? "/dev/null" : path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    const bool isWritten = ::write(file, line.data(), line.size()) == static_cast<ssize_t>(line.size());
    ::close(file);
    if (!isWritten)
        ::abort();
}

} // namespace

extern "C" {

int adjtimex(timex* call) noexcept
{
    timex passed = *call;
    if ((passed.modes & ADJ_SETOFFSET) != 0) {
        writeDown(std::to_string(passed.time.tv_sec) + ' ' + std::to_string(passed.time.tv_usec) + '\n');
        passed.modes = 0;
    }
    if ((passed.modes & ADJ_TAI) != 0) {
        writeDown("TAI " + std::to_string(passed.constant) + '\n');
        passed.modes &= ~static_cast<unsigned>(ADJ_TAI);
        passed.constant = 0;
    }
    if (!isGentle(passed))
        ::abort();
    const auto result = static_cast<int>(::syscall(SYS_clock_adjtime, CLOCK_REALTIME, &passed));
    *call = passed;
    return result;
}

int clock_adjtime(clockid_t, timex* call) noexcept
{
    return adjtimex(call);
}

} // extern "C"
