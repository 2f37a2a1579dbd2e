// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the limits of steps remember, and what they make of files that are not as they left them.

#include "clock/file.h"
#include "clock/step_limits.h"
#include "daemon/state/own_disk.h"

#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <chrono>
#include <csignal>
#include <random>

#include <sys/wait.h>
#include <unistd.h>

using namespace foliot::clock;
using foliot::test::fill;
using foliot::test::makeReadOnly;
using foliot::test::withOwnDisk;

namespace {

constexpr std::int64_t second = nsPerSecond;

} // namespace

class TestClockStepLimits : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void firstStepOfABootMayBeLarge();
    void firstStepIsUsedUpAcrossRestarts();
    void clockThatWasRightHasNoFirstStep();
    void sumOfStepsIsKeptAcrossRestarts_67();
    void allowanceComesBackWithTheBootsTime();
    void sumOfAnotherBootIsKept();
    void corruptSumLeavesNothing_data();
    void corruptSumLeavesNothing();
    void stepThatCannotBeWrittenDownIsRefused();
    void implausibleStepUsesNothingUp();
    void permitHoldsForOneStepAndAMinute();
    void permitIsTakenBack();
    void withoutFilesTheObjectRemembers();
    void firstStepOfAnotherBootIsNoneOfThis();
    void nothingIsGivenBackWheneverTheProgramIsKilled_67_81();
    void fullOrReadOnlyDiskLeavesTheFilesValid_81();

private:
    StepLimits limits() const
    {
        return StepLimits({.firstStep = m_runtime + "/first-step", .spent = m_state + "/steps"});
    }
    Reading at(std::int64_t bootNs) const
    {
        return {.bootNs = bootNs, .realNs = plausibleFromNs() + 1'000'000 * second};
    }
    std::string bootId() const { return readFile("/proc/sys/kernel/random/boot_id")->substr(0, 36); }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::string m_runtime;
    std::string m_state;
};

void TestClockStepLimits::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_runtime = m_directory->filePath("run").toStdString();
    m_state = m_directory->filePath("state").toStdString();
    QVERIFY(QDir(m_directory->path()).mkpath("run") && QDir(m_directory->path()).mkpath("state"));
}

void TestClockStepLimits::firstStepOfABootMayBeLarge()
{
    QCOMPARE(limits().admit(40 * 365 * dayNs, at(second)), Fault::None);
}

void TestClockStepLimits::firstStepIsUsedUpAcrossRestarts()
{
    QCOMPARE(limits().admit(second, at(second)), Fault::None);
    QCOMPARE(limits().admit(stepAllowanceNs + 1, at(second)), Fault::StepRefused);
    QVERIFY(QFile::remove(QString::fromStdString(m_runtime + "/first-step"))); // the machine boots
    QCOMPARE(limits().admit(stepAllowanceNs + 1, at(second)), Fault::None);
}

void TestClockStepLimits::clockThatWasRightHasNoFirstStep()
{
    StepLimits used = limits();
    QVERIFY(used.endFirstOfBoot());
    QCOMPARE(used.admit(stepAllowanceNs + 1, at(second)), Fault::StepRefused);
    QCOMPARE(limits().admit(stepAllowanceNs + 1, at(second)), Fault::StepRefused);
}

void TestClockStepLimits::sumOfStepsIsKeptAcrossRestarts_67()
{
    QVERIFY(limits().endFirstOfBoot());
    QCOMPARE(limits().admit(600 * second, at(second)), Fault::None);
    QCOMPARE(limits().admit(-401 * second, at(second)), Fault::StepRefused);
    QCOMPARE(limits().admit(-400 * second, at(second)), Fault::None);
    QCOMPARE(limits().admit(1, at(second)), Fault::StepRefused);
}

void TestClockStepLimits::allowanceComesBackWithTheBootsTime()
{
    QVERIFY(limits().endFirstOfBoot());
    QCOMPARE(limits().admit(stepAllowanceNs, at(second)), Fault::None);
    QCOMPARE(limits().admit(stepAllowanceNs / 2 + 1, at(second + dayNs / 2)), Fault::StepRefused);
    QCOMPARE(limits().admit(stepAllowanceNs / 2, at(second + dayNs / 2)), Fault::None);
}

void TestClockStepLimits::sumOfAnotherBootIsKept()
{
    QVERIFY(limits().endFirstOfBoot());
    const std::string other =
        "00000000-0000-0000-0000-000000000000 9000000000000000 " + std::to_string(stepAllowanceNs);
    QVERIFY(replaceFile(m_state + "/steps", other + '\n'));
    QCOMPARE(limits().admit(second, at(0)), Fault::StepRefused);
    QCOMPARE(limits().admit(stepAllowanceNs / 4, at(dayNs / 4)), Fault::None); // this boot's time counts
}

void TestClockStepLimits::corruptSumLeavesNothing_data()
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

void TestClockStepLimits::corruptSumLeavesNothing()
{
    QFETCH(QByteArray, content);
    QVERIFY(limits().endFirstOfBoot());
    QVERIFY(replaceFile(m_state + "/steps", content.toStdString()));
    QCOMPARE(limits().admit(1, at(second)), Fault::StepRefused);
    QCOMPARE(limits().admit(1, at(10 * second)), Fault::StepRefused);
}

void TestClockStepLimits::stepThatCannotBeWrittenDownIsRefused()
{
    StepLimits nowhere({.firstStep = m_runtime + "/none/x", .spent = m_state + "/none/x"});
    QCOMPARE(nowhere.admit(second, at(second)), Fault::StepRefused);
    StepLimits half({.firstStep = m_runtime + "/first-step", .spent = m_state + "/none/x"});
    QCOMPARE(half.admit(second, at(second)), Fault::None); // first of the boot
    QCOMPARE(half.admit(second, at(second)), Fault::StepRefused);
    half.permit(second, at(second)); // a person's word needs no file
    QCOMPARE(half.admit(second, at(second)), Fault::None);
    QCOMPARE(half.admit(second, at(second)), Fault::StepRefused);
}

void TestClockStepLimits::implausibleStepUsesNothingUp()
{
    QCOMPARE(limits().admit(-1'000'001 * second, at(second)), Fault::OutOfBounds);
    QCOMPARE(limits().admit(dayNs, at(second)), Fault::None);
}

void TestClockStepLimits::permitHoldsForOneStepAndAMinute()
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

void TestClockStepLimits::permitIsTakenBack()
{
    QVERIFY(limits().endFirstOfBoot());
    StepLimits asked = limits();
    asked.permit(dayNs, at(second));
    asked.permit(0, at(second));
    QCOMPARE(asked.admit(dayNs, at(second)), Fault::StepRefused);
}

void TestClockStepLimits::withoutFilesTheObjectRemembers()
{
    StepLimits alone({});
    QCOMPARE(alone.admit(dayNs, at(second)), Fault::None);
    QCOMPARE(alone.admit(stepAllowanceNs + 1, at(second)), Fault::StepRefused);
    QCOMPARE(alone.admit(stepAllowanceNs, at(second)), Fault::None);
    QCOMPARE(alone.admit(1, at(second)), Fault::StepRefused);
    QCOMPARE(alone.admit(stepAllowanceNs / 2, at(second + dayNs / 2)), Fault::None);
}

// In a folder that outlives boots, the file says of which boot it is; what cannot be read says of any.
void TestClockStepLimits::firstStepOfAnotherBootIsNoneOfThis()
{
    const std::string file = m_runtime + "/first-step";
    QVERIFY(replaceFile(file, "00000000-0000-0000-0000-000000000000\n"));
    QCOMPARE(limits().admit(stepAllowanceNs + 1, at(second)), Fault::None);
    QCOMPARE(readFile(file), bootId() + '\n');
    for (const std::string& garbage :
        {std::string(), std::string("used"), std::string(37, 'x'), std::string(128, '\0')}) {
        QVERIFY(replaceFile(file, garbage));
        QCOMPARE(limits().admit(stepAllowanceNs + 1, at(second)), Fault::StepRefused);
    }
    QVERIFY(limits().endFirstOfBoot()); // and mends the file for the next boot
    QCOMPARE(readFile(file), bootId() + '\n');
}

// What a killed process had done is written down, and at most one step more than that.
void TestClockStepLimits::nothingIsGivenBackWheneverTheProgramIsKilled_67_81()
{
    constexpr int kills = 300;
    QVERIFY(limits().endFirstOfBoot());
    std::mt19937 random(1);
    std::uniform_int_distribution<int> microseconds(0, 400); // a step takes about 60
    for (int i = 0; i < kills; ++i) {
        QFile::remove(QString::fromStdString(m_state + "/steps"));
        std::array<int, 2> done{};
        QCOMPARE(::pipe(done.data()), 0);
        const auto program = ::fork();
        if (program == 0) {
            StepLimits mine = limits();
            for (auto told = ::write(done[1], "b", 1); told == 1;) {
                if (mine.admit(1, at(second)) != Fault::None)
                    ::_exit(1);
                told = ::write(done[1], "s", 1);
            }
            ::_exit(1);
        }
        std::array<char, 4096> octets{};
        QCOMPARE(::read(done[0], octets.data(), 1), 1); // it has begun
        const auto until = std::chrono::steady_clock::now() + std::chrono::microseconds(microseconds(random));
        while (std::chrono::steady_clock::now() < until) {} // finer than any timer
        QCOMPARE(::kill(program, SIGKILL), 0);
        int status = 0;
        QCOMPARE(::waitpid(program, &status, 0), program);
        QVERIFY(WIFSIGNALED(status));
        ::close(done[1]);
        const auto steps = ::read(done[0], octets.data(), octets.size());
        ::close(done[0]);
        // As much as was done and told is gone, and one more step may be.
        StepLimits next = limits();
        QCOMPARE(next.admit(stepAllowanceNs - steps + 1, at(second)), Fault::StepRefused);
        QCOMPARE(next.admit(stepAllowanceNs - steps - 1, at(second)), Fault::None);
    }
}

void TestClockStepLimits::fullOrReadOnlyDiskLeavesTheFilesValid_81()
{
    for (const bool isFull : {true, false}) {
        const auto failure = withOwnDisk(64, [&](const std::filesystem::path& disk) -> std::string {
            const StepLimits::Files files{.firstStep = disk / "first-step", .spent = disk / "steps"};
            if (!StepLimits(files).endFirstOfBoot() || StepLimits(files).admit(400 * second, at(second)) != Fault::None)
                return "cannot begin";
            if (isFull)
                fill(disk);
            else if (!makeReadOnly(disk))
                return "cannot be made read-only";
            if (StepLimits(files).admit(100 * second, at(second)) != Fault::StepRefused)
                return "a step was done that is not written down";
            if (isFull && std::filesystem::exists(disk / "steps.new"))
                return "the draft is still there";
            if (!isFull)
                return readFile(files.spent)->find(" 400000000000\n") == std::string::npos ? "the old file is gone"
                                                                                           : "";
            std::filesystem::remove(disk / "filler");
            if (StepLimits(files).admit(601 * second, at(second)) != Fault::StepRefused ||
                StepLimits(files).admit(600 * second, at(second)) != Fault::None)
                return "the old file was not whole";
            return "";
        });
        if (!failure)
            QSKIP("no mount namespace here");
        QCOMPARE(*failure, std::string());
    }
}

QTEST_GUILESS_MAIN(TestClockStepLimits)
#include "test_clock_step_limits.moc"
