// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Calls that come faster than they are answered, in the way that QtDBus hands them over: as events of the object.

#include "daemon/publisher/call_budget.h"
#include "daemon/publisher/published_object.h"

#include "bus/names.h"

#include <QTest>
#include <QTimer>

#include <functional>

using namespace foliot;
using namespace foliot::daemon;
using namespace std::chrono_literals;

class TestCallBudget : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void callsThatNeverEndLeaveTheTimersTheirTurn()
    {
        CallBudget budget(1ms);
        PublishedObject object(bus::rootPath, bus::clockInterface, {});
        object.limitCalls(budget);
        constexpr int endless = 1'000'000;
        int calls = 0;
        // Each call has the next one behind it before it is answered.
        const std::function<void()> call = [&] {
            if (++calls < endless)
                QMetaObject::invokeMethod(&object, call, Qt::QueuedConnection);
        };
        bool hasTimerFired = false;
        QTimer timer;
        timer.setSingleShot(true);
        connect(&timer, &QTimer::timeout, this, [&] { hasTimerFired = true; });
        timer.start(0ms);
        QMetaObject::invokeMethod(&object, call, Qt::QueuedConnection);
        QTRY_VERIFY(hasTimerFired);
        QVERIFY2(calls < endless, "the timer had to wait for the last of the calls");
    }

    void floodEndsOnceWhenNobodyIsRefusedAnyMore()
    {
        CallBudget budget(1ns, 1ms);
        PublishedObject object(bus::rootPath, bus::clockInterface, {});
        object.limitCalls(budget);
        int ends = 0;
        connect(&budget, &CallBudget::floodEnded, this, [&] { ++ends; });
        int calls = 0;
        const auto call = [&] { QMetaObject::invokeMethod(&object, [&] { ++calls; }, Qt::QueuedConnection); };
        call();
        QTRY_VERIFY(calls == 1 && !budget.isSpent());
        QCOMPARE(ends, 0); // nobody was refused
        for (int count = 0; count < 10; ++count)
            call();
        QTRY_COMPARE(ends, 1);
        QCOMPARE(calls, 2);
    }

    void callsWithinTheBudgetAreAnswered()
    {
        CallBudget budget(1h);
        PublishedObject object(bus::rootPath, bus::clockInterface, {});
        object.limitCalls(budget);
        int calls = 0;
        for (int count = 0; count < 100; ++count)
            QMetaObject::invokeMethod(&object, [&] { ++calls; }, Qt::QueuedConnection);
        QTRY_COMPARE(calls, 100);
    }

    void everyTurnHasABudgetOfItsOwnForAllObjects()
    {
        CallBudget budget(1ns); // one call uses it up
        PublishedObject clock(bus::rootPath, bus::clockInterface, {});
        clock.limitCalls(budget);
        PublishedObject server(bus::serverPath, bus::serverInterface, {});
        server.limitCalls(budget);
        for (int turn = 1; turn <= 3; ++turn) {
            int calls = 0;
            QMetaObject::invokeMethod(&clock, [&] { ++calls; }, Qt::QueuedConnection);
            QMetaObject::invokeMethod(&server, [&] { ++calls; }, Qt::QueuedConnection);
            QTRY_COMPARE(calls, 1);
            QTRY_VERIFY(!budget.isSpent());
            QCOMPARE(calls, 1);
        }
    }
};

QTEST_GUILESS_MAIN(TestCallBudget)
#include "test_call_budget.moc"
