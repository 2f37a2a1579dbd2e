// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "clock/bounds.h"
#include "daemon/clocks/keeper_requests.h"

#include <QTest>

#include <limits>

using namespace foliot;
using namespace foliot::daemon;
using namespace std::chrono_literals;

class TestKeeperRequests : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void commandBecomesARequestThatTheKeeperAccepts()
    {
        const auto request =
            requestFor(sync::ClockCommand{.baseFrequencyPpm = -12.5, .extraRatePpm = 1000.0, .extraFor = 3s});
        const clock::Request expected{.kind = clock::RequestKind::Steer,
            .baseFrequencyPpm = -12.5,
            .extraRatePpm = 1000.0,
            .extraForNs = 3'000'000'000};
        QVERIFY(request == expected);
        QCOMPARE(clock::check(request), clock::Fault::None);
    }

    void halfAnExtraRateIsNone()
    {
        const auto untimed = requestFor(sync::ClockCommand{.baseFrequencyPpm = 1.0, .extraRatePpm = 5.0});
        const auto rateless = requestFor(sync::ClockCommand{.baseFrequencyPpm = 1.0, .extraFor = 5s});
        QVERIFY(untimed == requestFor(sync::ClockCommand{.baseFrequencyPpm = 1.0}));
        QVERIFY(rateless == untimed);
        QCOMPARE(clock::check(untimed), clock::Fault::None);
    }

    void stepKeepsItsSign()
    {
        QCOMPARE(requestFor(sync::StepClock{.offset = -1ns}).stepNs, std::int64_t(-1));
        QCOMPARE(requestFor(sync::StepClock{.offset = 100h}).stepNs, std::int64_t(360'000'000'000'000));
    }

    void statusRoundsErrorsUpAndToleratesTheUnknown()
    {
        const auto request = requestFor(sync::DeclaredStatus{.synchronized = true,
            .leap = ntp::LeapIndicator::DeleteSecond,
            .maxError = Seconds(0.0123456789012),
            .estimatedError = Seconds(1e-10)});
        QCOMPARE(int{request.synchronized}, 1);
        QCOMPARE(int{request.taiMinusUtc}, 0);
        QCOMPARE(int{requestFor(sync::DeclaredStatus{.taiMinusUtc = 37}).taiMinusUtc}, 37);
        QCOMPARE(request.leap, clock::Leap::Delete);
        QCOMPARE(request.maxErrorNs, std::int64_t(12'345'679));
        QCOMPARE(request.estimatedErrorNs, std::int64_t(1));
        QCOMPARE(clock::check(request), clock::Fault::None);
        for (const double unknown : {std::numeric_limits<double>::infinity(), std::nan(""), -1.0}) {
            const auto vague =
                requestFor(sync::DeclaredStatus{.maxError = Seconds(unknown), .estimatedError = Seconds(unknown)});
            QVERIFY(vague.maxErrorNs >= 16'000'000'000); // what the kernel calls unsynchronized
            QCOMPARE(clock::check(vague), clock::Fault::None);
        }
    }

    void onlyRealLeapsAreAnnounced()
    {
        QCOMPARE(requestFor(sync::DeclaredStatus{.leap = ntp::LeapIndicator::InsertSecond}).leap, clock::Leap::Insert);
        QCOMPARE(requestFor(sync::DeclaredStatus{.leap = ntp::LeapIndicator::None}).leap, clock::Leap::None);
        QCOMPARE(requestFor(sync::DeclaredStatus{.leap = ntp::LeapIndicator::Unsynchronized}).leap, clock::Leap::None);
    }

    void replyBecomesAReport()
    {
        const clock::Reply reply{.fault = clock::Fault::StepRefused,
            .kind = clock::RequestKind::Step,
            .before = {.rawNs = 1, .bootNs = 2, .realNs = 3, .widthNs = 70},
            .after = {.rawNs = 11, .bootNs = 12, .realNs = 13, .widthNs = 40},
            .baseFrequencyPpm = 4.0,
            .extraRatePpm = 5.0,
            .steppedNs = -6};
        const auto report = reportOf(reply);
        QCOMPARE(report.before.raw.time_since_epoch(), 1ns);
        QCOMPARE(report.before.boot.time_since_epoch(), 2ns);
        QCOMPARE(report.after.real.time_since_epoch(), 13ns);
        QCOMPARE(report.readingWidth, 70ns);
        QCOMPARE(report.baseFrequencyPpm, 4.0);
        QCOMPARE(report.extraRatePpm, 5.0);
        QCOMPARE(report.stepped, -6ns);
        QCOMPARE(report.fault, sync::ClockFault::StepRefused);
    }

    void everyFaultHasItsWord()
    {
        QCOMPARE(faultOf(clock::Fault::None), sync::ClockFault::None);
        QCOMPARE(faultOf(clock::Fault::Malformed), sync::ClockFault::Failed);
        QCOMPARE(faultOf(clock::Fault::OutOfBounds), sync::ClockFault::OutOfBounds);
        QCOMPARE(faultOf(clock::Fault::StepRefused), sync::ClockFault::StepRefused);
        QCOMPARE(faultOf(clock::Fault::NotPermitted), sync::ClockFault::NotPermitted);
        QCOMPARE(faultOf(clock::Fault::Failed), sync::ClockFault::Failed);
    }
};

QTEST_APPLESS_MAIN(TestKeeperRequests)
#include "test_keeper_requests.moc"
