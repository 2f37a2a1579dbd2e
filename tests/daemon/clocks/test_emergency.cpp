// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "clock/keeper.h"
#include "daemon/clocks/emergency.h"

#include <QTest>

#include <csignal>

#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace foliot;
using namespace foliot::daemon;
using namespace std::chrono_literals;

namespace {

// The stand-in for the kernel, which outlives the process that dies.
timex* kernel = nullptr;

int adjustKernel(timex* call)
{
    if ((call->modes & ADJ_FREQUENCY) != 0)
        kernel->freq = call->freq;
    if ((call->modes & ADJ_TICK) != 0)
        kernel->tick = call->tick;
    *call = *kernel;
    return 0;
}

// Runs a child with an extra rate in force; how it ended.
int statusOfChild(void (*end)())
{
    const auto child = ::fork();
    if (child == 0) {
        const rlimit none{};
        ::setrlimit(RLIMIT_CORE, &none);
        // As it is in a service; the test program catches these signals itself.
        for (const int signal : {SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGQUIT, SIGSEGV})
            std::signal(signal, SIG_DFL);
        clock::Keeper keeper({}, adjustKernel);
        guard(&keeper);
        keeper.carryOut({.kind = clock::RequestKind::Steer,
            .baseFrequencyPpm = 30.0,
            .extraRatePpm = 50'000.0,
            .extraForNs = 20'000'000'000});
        if (kernel->tick != 10'500)
            ::_exit(1);
        end();
        ::_exit(2);
    }
    int status = -1;
    return ::waitpid(child, &status, 0) == child ? status : -1;
}

} // namespace

class TestEmergency : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        void* const shared = ::mmap(nullptr, sizeof(timex), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        QVERIFY(shared != MAP_FAILED);
        kernel = static_cast<timex*>(shared);
    }
    void init() { *kernel = {.tick = 10'000}; }

    void extraRateEndsWhenAnAssertionFails()
    {
        const int status = statusOfChild([] { ::abort(); });
        QVERIFY(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
        QCOMPARE(kernel->tick, 10'000L);
        QCOMPARE(kernel->freq, 30L * 65536);
    }

    void extraRateEndsWhenTheServiceManagersWatchdogStrikes()
    {
        const int status = statusOfChild([] { ::kill(::getpid(), SIGABRT); });
        QVERIFY(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
        QCOMPARE(kernel->tick, 10'000L);
    }

    void extraRateEndsWithASegmentationFault()
    {
        const int status = statusOfChild([] { ::raise(SIGSEGV); });
        QVERIFY(WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV);
        QCOMPARE(kernel->tick, 10'000L);
    }

    void extraRateEndsWhenTheEventLoopHangs()
    {
        // The alarm itself is a matter of seconds; this is what it does.
        const int status = statusOfChild([] {
            ::raise(SIGALRM);
            ::_exit(kernel->tick == 10'000 ? 0 : 3);
        });
        QVERIFY(WIFEXITED(status));
        QCOMPARE(WEXITSTATUS(status), 0);
    }

    void alarmIsSetOnlyWhileThereIsAnExtraRate()
    {
        expectEnd(1500ms);
        QCOMPARE(::alarm(0), 5U); // 2 s, rounded up, and 3 s of grace
        expectEnd(20s);
        expectEnd(0s);
        QCOMPARE(::alarm(0), 0U);
    }
};

QTEST_APPLESS_MAIN(TestEmergency)
#include "test_emergency.moc"
