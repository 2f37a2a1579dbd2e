// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/clocks/emergency.h"

#include "clock/keeper.h"

#include <array>
#include <atomic>
#include <cassert>
#include <csignal>

#include <sys/time.h>

namespace foliot::daemon {

namespace {

constexpr std::array deadlySignals{SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGQUIT, SIGSEGV};
constexpr std::chrono::seconds grace{3};

std::atomic<clock::Keeper*> guarded = nullptr;
static_assert(std::atomic<clock::Keeper*>::is_always_lock_free); // or no signal handler could read it

extern "C" void endByForce(int signal)
{
    endGuarded();
    if (signal != SIGALRM)
        ::raise(signal); // its usual action, restored by SA_RESETHAND
}

void handle(int signal, int flags)
{
    struct sigaction action{};
    action.sa_handler = endByForce;
    action.sa_flags = flags;
    ::sigaction(signal, &action, nullptr);
}

} // namespace

void guard(clock::Keeper* keeper)
{
    assert(!keeper || !guarded.load());
    guarded = keeper;
    if (!keeper) {
        expectEnd({});
        return;
    }
    handle(SIGALRM, SA_RESTART);
    for (const int signal : deadlySignals)
        handle(signal, static_cast<int>(SA_RESETHAND));
}

void expectEnd(Nanoseconds within)
{
    itimerval when{};
    if (within > Nanoseconds::zero())
        when.it_value.tv_sec = (std::chrono::ceil<std::chrono::seconds>(within) + grace).count();
    ::setitimer(ITIMER_REAL, &when, nullptr);
}

void endGuarded()
{
    if (auto* keeper = guarded.load())
        keeper->endExtraRate();
}

} // namespace foliot::daemon
