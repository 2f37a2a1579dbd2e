// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// foliot-helper: the only program of Foliot that runs as root, and the only code that changes the clock for it.
// Started by the bus; "--reset", for the service manager, only ends an extra rate that a killed helper left.

#include "helper/helper.h"
#include "helper/privileges.h"

#include <KAuth/HelperSupport>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>

#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

std::atomic<foliot::clock::Keeper*> theKeeper = nullptr; // for the signal handler; nobody's when the helper ends anyway
static_assert(std::atomic<foliot::clock::Keeper*>::is_always_lock_free);
pthread_t mainThread;

// Leaves the clock at its base frequency. In the main thread, so that no request is being carried out beside it.
void leaveTheClockAlone(int signal)
{
    if (!::pthread_equal(::pthread_self(), mainThread)) {
        ::pthread_kill(mainThread, signal);
        return;
    }
    if (auto* const keeper = theKeeper.load())
        keeper->endExtraRate();
    ::_exit(0);
}

// As the service manager names it (RuntimeDirectory=, StateDirectory=), or made here.
std::string directory(const char* variable, const char* otherwise)
{
    const char* const named = std::getenv(variable);
    std::string path = named != nullptr && *named == '/' ? named : otherwise;
    ::mkdir(path.c_str(), 0700);
    return path;
}

} // namespace

int main(int argc, char** argv)
{
    const bool resetOnly = argc == 2 && std::string_view(argv[1]) == "--reset";
    if (argc > 1 && !resetOnly) {
        std::fputs("foliot-helper: started by the system bus; the only argument is --reset\n", stderr);
        return 2;
    }
    ::umask(077);
    const std::string runtimeDirectory = directory("RUNTIME_DIRECTORY", "/run/foliot-helper");
    const std::string stateDirectory = directory("STATE_DIRECTORY", "/var/lib/foliot-helper");
    if (!foliot::helper::keepOnlyTheClock()) {
        std::perror("foliot-helper: not privileged to set the clock");
        return 1;
    }
    foliot::clock::Keeper keeper(runtimeDirectory + "/base-frequency");
    if (!keeper.clearCrash()) {
        std::perror("foliot-helper: cannot end the extra rate of a helper that was killed");
        return 1;
    }
    if (resetOnly)
        return 0;

    theKeeper = &keeper;
    mainThread = ::pthread_self();
    for (const int signal : {SIGTERM, SIGINT, SIGHUP, SIGALRM})
        std::signal(signal, leaveTheClockAlone);
    foliot::clock::StepLimits limits(
        {.firstStep = runtimeDirectory + "/first-step", .spent = stateDirectory + "/steps"});
    foliot::helper::Helper helper(keeper, limits);
    const int status = KAuth::HelperSupport::helperMain(argc, argv, "org.foliot.clock", &helper);
    keeper.endExtraRate();
    theKeeper = nullptr;
    return status;
}
