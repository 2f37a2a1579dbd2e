// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Signals that the event loop hears, and signals that it does not.

#include "daemon/service_signals.h"

#include <QSignalSpy>
#include <QTest>

#include <csignal>

#include <sys/wait.h>
#include <unistd.h>

using namespace foliot::daemon;

namespace {

constexpr int stillAlive = 7;

// How a process ended that was asked to so often and never let its event loop look.
int statusOfDeafProcess(int requests)
{
    const auto child = ::fork();
    if (child == 0) {
        const ServiceSignals watch;
        for (int i = 0; i < requests; ++i)
            ::raise(i % 2 == 0 ? SIGTERM : SIGINT);
        ::_exit(stillAlive);
    }
    int status = -1;
    return ::waitpid(child, &status, 0) == child ? status : -1;
}

} // namespace

class TestServiceSignals : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eachRequestIsHeardOnce()
    {
        ServiceSignals watch;
        QSignalSpy ends(&watch, &ServiceSignals::terminationRequested);
        QSignalSpy reloads(&watch, &ServiceSignals::reloadRequested);
        for (int i = 1; i <= 4; ++i) { // heard in between, so the loop is not stuck
            ::raise(SIGTERM);
            QTRY_COMPARE(ends.count(), i);
        }
        ::raise(SIGHUP);
        QTRY_COMPARE(reloads.count(), 1);
        QCOMPARE(ends.count(), 4);
    }

    void reloadFromBeforeTheWatchIsHeard()
    {
        ServiceSignals::keepReloads();
        ::raise(SIGHUP);
        ServiceSignals watch;
        QSignalSpy reloads(&watch, &ServiceSignals::reloadRequested);
        QTRY_COMPARE(reloads.count(), 1);
    }

    // Nobody is left to hear it, and the process goes on with its own end.
    void requestAfterTheWatchDoesNotKill()
    {
        {
            ServiceSignals watch;
        }
        ::raise(SIGTERM);
        ::raise(SIGHUP);
        ServiceSignals next;
        QSignalSpy ends(&next, &ServiceSignals::terminationRequested);
        QTRY_COMPARE(ends.count(), 1);
    }

    void stuckLoopEndsWithTheThirdRequest()
    {
        const int patient = statusOfDeafProcess(2);
        QVERIFY(WIFEXITED(patient));
        QCOMPARE(WEXITSTATUS(patient), stillAlive);
        const int ended = statusOfDeafProcess(3);
        QVERIFY(WIFEXITED(ended));
        QCOMPARE(WEXITSTATUS(ended), 0);
    }
};

QTEST_GUILESS_MAIN(TestServiceSignals)
#include "test_service_signals.moc"
