// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Preloaded into the helper under test: a step of the clock is written down in the file that FOLIOT_TEST_STEPS names
// and not done. Everything else goes to the kernel.

#include <cstdlib>
#include <string>

#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

extern "C" {

int adjtimex(timex* call) noexcept
{
    timex passed = *call;
    if ((passed.modes & ADJ_SETOFFSET) != 0) {
        const std::string line = std::to_string(passed.time.tv_sec) + ' ' + std::to_string(passed.time.tv_usec) + '\n';
        const char* const path = std::getenv("FOLIOT_TEST_STEPS");
        const int file = ::open(path == nullptr ? "/dev/null" : path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        const bool isWritten = ::write(file, line.data(), line.size()) == static_cast<ssize_t>(line.size());
        ::close(file);
        if (!isWritten)
            ::abort();
        passed.modes = 0;
    }
    const auto result = static_cast<int>(::syscall(SYS_clock_adjtime, CLOCK_REALTIME, &passed));
    *call = passed;
    return result;
}

int clock_adjtime(clockid_t, timex* call) noexcept
{
    return adjtimex(call);
}

} // extern "C"
