// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the helper's limits remember, and what they make of files that are not as they left them.

#include "clock/file.h"
#include "helper/step_limits.h"

#include <QTemporaryDir>
#include <QTest>

using namespace foliot::clock;
using foliot::helper::StepLimits;

namespace {

constexpr std::int64_t second = nsPerSecond;

} // namespace

class TestHelperLimits : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void firstStepOfABootMayBeLarge();
    void firstStepIsUsedUpAcrossRestarts();
    void clockThatWasRightHasNoFirstStep();
    void sumOfStepsIsKeptAcrossRestarts();
    void allowanceComesBackWithTheBootsTime();
    void sumOfAnotherBootIsKept();
    void corruptSumLeavesNothing_data();
    void corruptSumLeavesNothing();
    void stepThatCannotBeWrittenDownIsRefused();
    void implausibleStepUsesNothingUp();
    void permitHoldsForOneStepAndAMinute();

private:
    StepLimits limits() const { return StepLimits(m_runtime, m_state); }
    Reading at(std::int64_t bootNs) const
    {
        return {.bootNs = bootNs, .realNs = plausibleFromNs() + 1'000'000 * second};
    }
    std::string bootId() const { return readFile("/proc/sys/kernel/random/boot_id")->substr(0, 36); }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::string m_runtime;
    std::string m_state;
};

void TestHelperLimits::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_runtime = m_directory->filePath("run").toStdString();
    m_state = m_directory->filePath("state").toStdString();
    QVERIFY(QDir(m_directory->path()).mkpath("run") && QDir(m_directory->path()).mkpath("state"));
}

void TestHelperLimits::firstStepOfABootMayBeLarge()
{
    QCOMPARE(limits().admit(40 * 365 * dayNs, at(second)), Fault::None);
}

void TestHelperLimits::firstStepIsUsedUpAcrossRestarts()
{
    QCOMPARE(limits().admit(second, at(second)), Fault::None);
    QCOMPARE(limits().admit(stepAllowanceNs + 1, at(second)), Fault::StepRefused);
    QVERIFY(QFile::remove(QString::fromStdString(m_runtime + "/first-step"))); // the machine boots
    QCOMPARE(limits().admit(stepAllowanceNs + 1, at(second)), Fault::None);
}

void TestHelperLimits::clockThatWasRightHasNoFirstStep()
{
    StepLimits used = limits();
    QVERIFY(used.endFirstOfBoot());
    QCOMPARE(used.admit(stepAllowanceNs + 1, at(second)), Fault::StepRefused);
    QCOMPARE(limits().admit(stepAllowanceNs + 1, at(second)), Fault::StepRefused);
}

void TestHelperLimits::sumOfStepsIsKeptAcrossRestarts()
{
    QVERIFY(limits().endFirstOfBoot());
    QCOMPARE(limits().admit(600 * second, at(second)), Fault::None);
    QCOMPARE(limits().admit(-401 * second, at(second)), Fault::StepRefused);
    QCOMPARE(limits().admit(-400 * second, at(second)), Fault::None);
    QCOMPARE(limits().admit(1, at(second)), Fault::StepRefused);
}

void TestHelperLimits::allowanceComesBackWithTheBootsTime()
{
    QVERIFY(limits().endFirstOfBoot());
    QCOMPARE(limits().admit(stepAllowanceNs, at(second)), Fault::None);
    QCOMPARE(limits().admit(stepAllowanceNs / 2 + 1, at(second + dayNs / 2)), Fault::StepRefused);
    QCOMPARE(limits().admit(stepAllowanceNs / 2, at(second + dayNs / 2)), Fault::None);
}

void TestHelperLimits::sumOfAnotherBootIsKept()
{
    QVERIFY(limits().endFirstOfBoot());
    const std::string other =
        "00000000-0000-0000-0000-000000000000 9000000000000000 " + std::to_string(stepAllowanceNs);
    QVERIFY(replaceFile(m_state + "/steps", other + '\n'));
    QCOMPARE(limits().admit(second, at(0)), Fault::StepRefused);
    QCOMPARE(limits().admit(stepAllowanceNs / 4, at(dayNs / 4)), Fault::None); // this boot's time counts
}

void TestHelperLimits::corruptSumLeavesNothing_data()
{
    QTest::addColumn<QByteArray>("content");
    const QByteArray id = QByteArray::fromStdString(bootId());
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("cut short") << id + " 1000000000 1";
    QTest::newRow("one number") << id + " 1000000000\n";
    QTest::newRow("words") << id + " yesterday little\n";
    QTest::newRow("negative") << id + " 1000000000 -1\n";
    QTest::newRow("from the future") << id + " 9000000000000000000 1000000000000\n";
    QTest::newRow("beyond the number") << id + " 1000000000 99999999999999999999\n";
    QTest::newRow("octets") << QByteArray(128, '\xff');
}

void TestHelperLimits::corruptSumLeavesNothing()
{
    QFETCH(QByteArray, content);
    QVERIFY(limits().endFirstOfBoot());
    QVERIFY(replaceFile(m_state + "/steps", content.toStdString()));
    QCOMPARE(limits().admit(1, at(second)), Fault::StepRefused);
    QCOMPARE(limits().admit(1, at(10 * second)), Fault::StepRefused);
}

void TestHelperLimits::stepThatCannotBeWrittenDownIsRefused()
{
    const StepLimits nowhere(m_runtime + "/none", m_state + "/none");
    QCOMPARE(StepLimits(nowhere).admit(second, at(second)), Fault::StepRefused);
    QCOMPARE(StepLimits(m_runtime, m_state + "/none").admit(second, at(second)), Fault::None); // first of the boot
    QCOMPARE(StepLimits(m_runtime, m_state + "/none").admit(second, at(second)), Fault::StepRefused);
}

void TestHelperLimits::implausibleStepUsesNothingUp()
{
    QCOMPARE(limits().admit(-1'000'001 * second, at(second)), Fault::OutOfBounds);
    QCOMPARE(limits().admit(dayNs, at(second)), Fault::None);
}

void TestHelperLimits::permitHoldsForOneStepAndAMinute()
{
    QVERIFY(limits().endFirstOfBoot());
    StepLimits asked = limits();
    asked.permit(2 * dayNs, at(second));
    QCOMPARE(asked.admit(2 * dayNs + 1, at(second)), Fault::StepRefused);
    QCOMPARE(asked.admit(-2 * second, at(second)), Fault::None); // within the allowance: the permit stays
    QCOMPARE(asked.admit(dayNs, at(second)), Fault::None);
    QCOMPARE(asked.admit(dayNs, at(second)), Fault::StepRefused);
    asked.permit(2 * dayNs, at(second));
    QCOMPARE(asked.admit(dayNs, at(second + permitForNs + 1)), Fault::StepRefused);
}

QTEST_GUILESS_MAIN(TestHelperLimits)
#include "test_helper_limits.moc"
