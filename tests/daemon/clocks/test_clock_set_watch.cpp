// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// FAULTS row 71. No test sets the machine's clock: that the kernel ends the timer then is its word.

#include "daemon/clocks/clock_set_watch.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>

using namespace foliot::daemon;

namespace {

// What the kernel holds of the timer.
QByteArray timerOf(const ClockSetWatch& watch)
{
    QFile info(QStringLiteral("/proc/self/fdinfo/%1").arg(watch.descriptor()));
    return info.open(QIODevice::ReadOnly) ? info.readAll() : QByteArray();
}

} // namespace

class TestClockSetWatch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET on CLOCK_REALTIME
    void timerEndsWhenTheClockIsSet()
    {
        const ClockSetWatch watch;
        const QByteArray timer = timerOf(watch);
        QVERIFY2(timer.contains("clockid: 0\n") && timer.contains("settime flags: 03\n"), timer.constData());
        QVERIFY2(!timer.contains("it_value: (0, 0)"), timer.constData());
    }

    void endedTimerIsSaidOnceAndWaitsAgain()
    {
        ClockSetWatch watch({.tv_sec = 1, .tv_nsec = 0}); // long past
        QSignalSpy changed(&watch, &ClockSetWatch::changed);
        QVERIFY(changed.wait());
        QVERIFY(!timerOf(watch).contains("it_value: (0, 0)"));
        QCoreApplication::processEvents();
        QCOMPARE(changed.size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestClockSetWatch)
#include "test_clock_set_watch.moc"
