// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/near.h"
#include "sync/discipline.h"

#include <QTest>

using namespace foliot;
using namespace foliot::sync;
using foliot::tests::near;
using namespace std::chrono_literals;

namespace {

constexpr Seconds noise{1e-5};
constexpr StepRules rules{.mayStepAtStart = true,
    .startStepOver = Seconds(0.125),
    .startStepLimit = Seconds(0.0),
    .panicOver = Seconds(1000.0)};

} // namespace

class TestDiscipline : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void commandWorksTheOffsetOff_data()
    {
        QTest::addColumn<double>("offset");
        for (const double offset : {1e-7, 1e-5, 1e-3, 0.1, -0.1, 1.0, -1.0})
            QTest::addRow("%g", offset) << offset;
    }

    void commandWorksTheOffsetOff()
    {
        QFETCH(double, offset);
        const ClockCommand command = slew(Seconds(offset), noise, 2e-5, {});
        QVERIFY(near(workedOff(command).count(), offset, std::abs(offset) * 1e-6 + 1e-12));
        QVERIFY(near(command.baseFrequencyPpm, 20.0, 1e-9));
        QVERIFY(command.extraFor <= 20s);
        QVERIFY(std::abs(command.extraRatePpm) <= 100'000.0);
    }

    void aSecondIsWorkedOffWithinSeventeen() { QVERIFY(slew(Seconds(1.0), noise, 0.0, {}).extraFor < 17s); }

    void noiseIsCorrectedGently()
    {
        QVERIFY(slew(Seconds(5e-6), noise, 0.0, {}).extraFor > slew(Seconds(5e-3), noise, 0.0, {}).extraFor);
        QVERIFY(slew(Seconds(5e-6), noise, 0.0, {}).extraRatePpm < 1.0);
    }

    // FAULTS row 70
    void commandsStayWithinTheClocksBounds()
    {
        const ClockCommand command = slew(Seconds(-1e6), noise, 1.0, {});
        QCOMPARE(command.baseFrequencyPpm, 500.0);
        QCOMPARE(command.extraRatePpm, -100'000.0);
        QVERIFY(command.extraFor <= 20s);
        QCOMPARE(slew(Seconds(0.0), noise, -1.0, {}).baseFrequencyPpm, -500.0);
    }

    void ownLimitOfTheRateIsKept()
    {
        const ClockCommand command = slew(Seconds(0.08), noise, 0.0, {.extraRatePpm = 500.0});
        QVERIFY(near(command.extraRatePpm, 500.0, 1e-9));
        QVERIFY(command.extraFor <= 20s);
        QVERIFY(workedOff(command) < Seconds(0.08));
    }

    void nothingToCorrectIsNoExtraRate()
    {
        const ClockCommand command = slew(Seconds(0.0), noise, 1e-5, {});
        QCOMPARE(command.extraRatePpm, 0.0);
        QCOMPARE(command.extraFor, Nanoseconds(0));
    }

    // Timers count slewed time: a clock that runs 10 % fast counts 11 s in 10.
    void durationIsInMonotonicTime()
    {
        const ClockCommand command = slew(Seconds(1.0), noise, 0.0, {});
        QVERIFY(near(Seconds(command.extraFor).count(), 11.0, 1e-6));
        QVERIFY(near(Seconds(endOfExtra(command, RawTime{}).time_since_epoch()).count(), 10.0, 1e-6));
    }

    void stepIsForTheStartAlone()
    {
        QCOMPARE(correctionFor(Seconds(0.2), true, rules), Correction::Step);
        QCOMPARE(correctionFor(Seconds(-5e8), true, rules), Correction::Step);
        QCOMPARE(correctionFor(Seconds(0.2), false, rules), Correction::Slew);
        QCOMPARE(correctionFor(Seconds(0.1), true, rules), Correction::Slew);
    }

    // FAULTS row 66
    void panicIsRefused()
    {
        QCOMPARE(correctionFor(Seconds(1001.0), false, rules), Correction::Refuse);
        QCOMPARE(correctionFor(Seconds(-1001.0), false, rules), Correction::Refuse);
    }

    void firstStepHasItsOwnLimit()
    {
        StepRules tight = rules;
        tight.startStepLimit = Seconds(10.0);
        QCOMPARE(correctionFor(Seconds(9.0), true, tight), Correction::Step);
        QCOMPARE(correctionFor(Seconds(11.0), true, tight), Correction::Refuse);
        tight.mayStepAtStart = false; // nor is it slewed
        QCOMPARE(correctionFor(Seconds(11.0), true, tight), Correction::Refuse);
        QCOMPARE(correctionFor(Seconds(11.0), false, tight), Correction::Slew);
    }

    void forbiddenStepIsSlewedOrRefused()
    {
        StepRules never = rules;
        never.mayStepAtStart = false;
        QCOMPARE(correctionFor(Seconds(1.0), true, never), Correction::Slew);
        QCOMPARE(correctionFor(Seconds(2000.0), true, never), Correction::Refuse);
    }

    void laterStepIsForThoseWhoWantIt()
    {
        StepRules later = rules;
        later.laterStepOver = Seconds(2.0);
        QCOMPARE(correctionFor(Seconds(-3.0), false, later), Correction::Step);
        QCOMPARE(correctionFor(Seconds(1.0), false, later), Correction::Slew);
        QCOMPARE(correctionFor(Seconds(1001.0), false, later), Correction::Refuse);
        QCOMPARE(correctionFor(Seconds(0.2), true, later), Correction::Step); // by the limit for the start
    }

    void clockIsNotSetBackWhereThatIsForbidden()
    {
        StepRules onward = rules;
        onward.mayGoBack = false;
        onward.laterStepOver = Seconds(2.0);
        for (const bool isStart : {true, false}) {
            QCOMPARE(correctionFor(Seconds(-3.0), isStart, onward), Correction::Slew);
            QCOMPARE(correctionFor(Seconds(-2000.0), isStart, onward), Correction::Refuse);
            QCOMPARE(correctionFor(Seconds(3.0), isStart, onward), Correction::Step);
        }
    }

    void ownLimitOfTheFrequencyIsKept()
    {
        QCOMPARE(slew(Seconds(0.0), noise, 150e-6, {.baseFrequencyPpm = 100.0}).baseFrequencyPpm, 100.0);
        QCOMPARE(slew(Seconds(0.0), noise, -150e-6, {.baseFrequencyPpm = 100.0}).baseFrequencyPpm, -100.0);
    }
};

QTEST_GUILESS_MAIN(TestDiscipline)
#include "test_discipline.moc"
