// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "clock/bounds.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace foliot::clock;

namespace {

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr auto lowest = std::numeric_limits<std::int64_t>::min();
constexpr auto highest = std::numeric_limits<std::int64_t>::max();

Request steer(double base, double extra, std::int64_t extraForNs)
{
    return {.kind = RequestKind::Steer, .baseFrequencyPpm = base, .extraRatePpm = extra, .extraForNs = extraForNs};
}

Request status(std::int64_t maxErrorNs = 0, std::int64_t estimatedErrorNs = 0)
{
    return {
        .kind = RequestKind::Status, .synchronized = 1, .maxErrorNs = maxErrorNs, .estimatedErrorNs = estimatedErrorNs};
}

Request permit(std::string_view person, std::int64_t stepNs = nsPerSecond)
{
    Request request{.kind = RequestKind::Permit, .stepNs = stepNs};
    std::ranges::copy(person, request.person.begin());
    return request;
}

// A clock that is right, late in a boot, with the whole allowance.
StepSituation ordinary()
{
    return {.realNs = plausibleFromNs() + 1'000'000 * nsPerSecond};
}

} // namespace

class TestClockBounds : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ratesUpToTheBoundPass();
    void ratesBeyondTheBoundAreRefused_data();
    void ratesBeyondTheBoundAreRefused();
    void extraRateNeedsAnEnd();
    void unknownKindIsMalformed();
    void fieldsOfAnotherKindAreMalformed();
    void statusWordsAreChecked();
    void personIsAUniqueBusName();
    void stepOfNothingIsRefused();
    void magnitudeOfTheLowestNumberDoesNotOverflow();
    void firstStepLeadsAnywherePlausible();
    void laterStepsShareTheAllowance();
    void spentAllowanceOutOfRangeGivesNothing();
    void personAllowsUpToWhatTheyWereShown();
    void nobodyAllowsAnImplausibleTime();
    void smallStepNeedsNoPlausibleTime();
    void spentAllowanceComesBackOverADay();
};

void TestClockBounds::ratesUpToTheBoundPass()
{
    QCOMPARE(check(steer(0, 0, 0)), Fault::None);
    QCOMPARE(check(steer(500, 0, 0)), Fault::None);
    QCOMPARE(check(steer(-500, -100'000, maxExtraForNs)), Fault::None);
    QCOMPARE(check(steer(0, 100'000, 1)), Fault::None);
    QCOMPARE(check(steer(0, -0.0, 0)), Fault::None);
}

void TestClockBounds::ratesBeyondTheBoundAreRefused_data()
{
    QTest::addColumn<double>("base");
    QTest::addColumn<double>("extra");
    QTest::addColumn<qint64>("extraForNs");
    QTest::newRow("base") << std::nextafter(500.0, 501.0) << 0.0 << qint64{0};
    QTest::newRow("base down") << std::nextafter(-500.0, -501.0) << 0.0 << qint64{0};
    QTest::newRow("base NaN") << notANumber << 0.0 << qint64{0};
    QTest::newRow("base infinite") << infinity << 0.0 << qint64{0};
    QTest::newRow("base infinite down") << -infinity << 0.0 << qint64{0};
    QTest::newRow("extra") << 0.0 << std::nextafter(1e5, 2e5) << qint64{1};
    QTest::newRow("extra NaN") << 0.0 << notANumber << qint64{1};
    QTest::newRow("extra NaN without time") << 0.0 << notANumber << qint64{0};
    QTest::newRow("extra infinite") << 0.0 << -infinity << qint64{1};
    QTest::newRow("time") << 0.0 << 1.0 << qint64{maxExtraForNs + 1};
    QTest::newRow("time highest") << 0.0 << 1.0 << qint64{highest};
    QTest::newRow("time lowest") << 0.0 << 1.0 << qint64{lowest};
    QTest::newRow("time negative") << 0.0 << 1.0 << qint64{-1};
}

void TestClockBounds::ratesBeyondTheBoundAreRefused()
{
    QFETCH(double, base);
    QFETCH(double, extra);
    QFETCH(qint64, extraForNs);
    QCOMPARE(check(steer(base, extra, extraForNs)), Fault::OutOfBounds);
}

void TestClockBounds::extraRateNeedsAnEnd()
{
    QCOMPARE(check(steer(0, 1, 0)), Fault::OutOfBounds);
    QCOMPARE(check(steer(0, 0, 1)), Fault::OutOfBounds);
}

void TestClockBounds::unknownKindIsMalformed()
{
    for (const std::uint32_t kind : {0U, 6U, 0xffffffffU})
        QCOMPARE(check({.kind = RequestKind{kind}}), Fault::Malformed);
}

void TestClockBounds::fieldsOfAnotherKindAreMalformed()
{
    QCOMPARE(check({.kind = RequestKind::Query}), Fault::None);
    QCOMPARE(check({.kind = RequestKind::Query, .stepNs = 1}), Fault::Malformed);
    QCOMPARE(check({.kind = RequestKind::Query, .baseFrequencyPpm = notANumber}), Fault::Malformed);
    QCOMPARE(check({.kind = RequestKind::Step, .extraRatePpm = 1, .stepNs = 1}), Fault::Malformed);
    QCOMPARE(check({.kind = RequestKind::Steer, .maxErrorNs = 1}), Fault::Malformed);
    Request named = status();
    named.person = {':', '1'};
    QCOMPARE(check(named), Fault::Malformed);
    QCOMPARE(check({.kind = RequestKind::Step, .stepNs = 1, .mayInteract = 1}), Fault::Malformed);
}

void TestClockBounds::statusWordsAreChecked()
{
    QCOMPARE(check(status(0, highest)), Fault::None);
    QCOMPARE(check(status(-1, 0)), Fault::OutOfBounds);
    QCOMPARE(check(status(0, lowest)), Fault::OutOfBounds);
    for (const std::uint16_t tai : {0, 10, 37, 1000}) {
        Request told = status();
        told.taiMinusUtc = tai;
        QCOMPARE(check(told), Fault::None);
    }
    for (const std::uint16_t tai : {1, 9, 1001, 65535}) {
        Request told = status();
        told.taiMinusUtc = tai;
        QCOMPARE(check(told), Fault::OutOfBounds);
    }
    Request stray = steer(0.0, 0.0, 0);
    stray.taiMinusUtc = 37;
    QCOMPARE(check(stray), Fault::Malformed);
    Request request = status();
    request.synchronized = 2;
    QCOMPARE(check(request), Fault::Malformed);
    request = status();
    request.leap = Leap{3};
    QCOMPARE(check(request), Fault::Malformed);
}

void TestClockBounds::personIsAUniqueBusName()
{
    QCOMPARE(check(permit(":1.42")), Fault::None);
    QCOMPARE(check(permit(":1.42", highest)), Fault::OutOfBounds);
    QCOMPARE(check(permit(":1.42", 0)), Fault::OutOfBounds);
    QCOMPARE(check(permit(":1.42", -nsPerSecond)), Fault::OutOfBounds);
    for (const std::string_view name : {"", ":", "1.42", "org.foliot.Foliot1", ":1.42 ", ":1.a", ":1/42"})
        QCOMPARE(check(permit(name)), Fault::Malformed);
    QCOMPARE(check(permit(std::string_view(":1.4\0002", 6))), Fault::Malformed);
    QCOMPARE(check(permit(":1.345678901234567890123456")), Fault::None);       // 27 and an end
    QCOMPARE(check(permit(":1.3456789012345678901234567")), Fault::Malformed); // no end
    Request request = permit(":1.42");
    request.mayInteract = 1;
    QCOMPARE(check(request), Fault::None);
    request.mayInteract = 2;
    QCOMPARE(check(request), Fault::Malformed);
}

void TestClockBounds::stepOfNothingIsRefused()
{
    QCOMPARE(check({.kind = RequestKind::Step}), Fault::OutOfBounds);
    QCOMPARE(check({.kind = RequestKind::Step, .stepNs = lowest}), Fault::None); // judgeStep() refuses it
}

void TestClockBounds::magnitudeOfTheLowestNumberDoesNotOverflow()
{
    QCOMPARE(magnitude(lowest), highest);
    QCOMPARE(magnitude(highest), highest);
    QCOMPARE(magnitude(-3), 3);
}

void TestClockBounds::firstStepLeadsAnywherePlausible()
{
    // A machine without a clock battery wakes in 1970.
    const StepSituation boot{.realNs = 100 * nsPerSecond, .firstOfBoot = true};
    const std::int64_t toEarliest = plausibleFromNs() - boot.realNs;
    QCOMPARE(judgeStep(toEarliest - 1, boot), StepVerdict::Implausible);
    QCOMPARE(judgeStep(toEarliest, boot), StepVerdict::FirstOfBoot);
    QCOMPARE(judgeStep(toEarliest + plausibleForNs, boot), StepVerdict::FirstOfBoot);
    QCOMPARE(judgeStep(toEarliest + plausibleForNs + 1, boot), StepVerdict::Implausible);
    QCOMPARE(judgeStep(highest, boot), StepVerdict::Implausible);
    QCOMPARE(judgeStep(lowest, boot), StepVerdict::Implausible);
}

void TestClockBounds::laterStepsShareTheAllowance()
{
    StepSituation later = ordinary();
    QCOMPARE(judgeStep(stepAllowanceNs, later), StepVerdict::WithinAllowance);
    QCOMPARE(judgeStep(-stepAllowanceNs, later), StepVerdict::WithinAllowance);
    QCOMPARE(judgeStep(stepAllowanceNs + 1, later), StepVerdict::BeyondLimits);
    later.spentNs = 900 * nsPerSecond;
    QCOMPARE(judgeStep(-100 * nsPerSecond, later), StepVerdict::WithinAllowance);
    QCOMPARE(judgeStep(-100 * nsPerSecond - 1, later), StepVerdict::BeyondLimits);
}

void TestClockBounds::spentAllowanceOutOfRangeGivesNothing()
{
    StepSituation later = ordinary();
    later.spentNs = highest;
    QCOMPARE(judgeStep(1, later), StepVerdict::BeyondLimits);
    later.spentNs = lowest; // not more than the allowance
    QCOMPARE(judgeStep(stepAllowanceNs + 1, later), StepVerdict::BeyondLimits);
}

void TestClockBounds::personAllowsUpToWhatTheyWereShown()
{
    StepSituation later = ordinary();
    later.permittedNs = 3600 * nsPerSecond;
    QCOMPARE(judgeStep(-3600 * nsPerSecond, later), StepVerdict::Permitted);
    QCOMPARE(judgeStep(3600 * nsPerSecond + 1, later), StepVerdict::BeyondLimits);
}

void TestClockBounds::nobodyAllowsAnImplausibleTime()
{
    StepSituation later = ordinary();
    later.permittedNs = highest;
    QCOMPARE(judgeStep(lowest, later), StepVerdict::Implausible);
    QCOMPARE(judgeStep(highest, later), StepVerdict::Implausible);
    later.realNs = highest;
    QCOMPARE(judgeStep(1, later), StepVerdict::Implausible);
}

void TestClockBounds::smallStepNeedsNoPlausibleTime()
{
    // A machine that is told it is the year 2010, and whose servers say so too.
    const StepSituation replay{.realNs = 14'610 * dayNs, .firstOfBoot = true, .permittedNs = highest};
    QCOMPARE(judgeStep(stepAllowanceNs, replay), StepVerdict::WithinAllowance);
    QCOMPARE(judgeStep(-stepAllowanceNs, replay), StepVerdict::WithinAllowance);
    QCOMPARE(judgeStep(stepAllowanceNs + 1, replay), StepVerdict::Implausible);
    StepSituation spent = replay;
    spent.spentNs = stepAllowanceNs;
    QCOMPARE(judgeStep(1, spent), StepVerdict::Implausible);
}

void TestClockBounds::spentAllowanceComesBackOverADay()
{
    QCOMPARE(spentAfter(stepAllowanceNs, 0), stepAllowanceNs);
    QCOMPARE(spentAfter(stepAllowanceNs, dayNs / 2), stepAllowanceNs / 2);
    QCOMPARE(spentAfter(stepAllowanceNs, dayNs), 0);
    QCOMPARE(spentAfter(stepAllowanceNs, highest), 0);
    QCOMPARE(spentAfter(stepAllowanceNs, lowest), stepAllowanceNs); // a clock that goes back gives nothing
    QCOMPARE(spentAfter(highest, 0), stepAllowanceNs);
    QCOMPARE(spentAfter(lowest, 0), 0);
}

QTEST_GUILESS_MAIN(TestClockBounds)
#include "test_clock_bounds.moc"
