// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The daemon's clock `helper`, the plugin and the real helper together, through what may happen to them on a real bus.

#include "daemon/clocks/helper_clock.h"
#include "helper/helper_bus.h"

#include <QSignalSpy>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace foliot;
using namespace foliot::daemon;
using namespace foliot::tests;

namespace {

constexpr int patienceMs = 15'000;

} // namespace

class TestHelperService : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void cleanupTestCase();

    void clockIsSteeredAndSaysHow();
    void stepBeyondTheLimitsIsReported();
    void killedHelperIsCalledAgain();
    void busyHelperIsCalledUntilItIsFree();
    void absentPolkitIsOutlived();

private:
    sync::ClockReport nextReport()
    {
        if (m_reports->isEmpty())
            m_reports->wait(patienceMs);
        return m_reports->isEmpty() ? sync::ClockReport{.fault = sync::ClockFault{99}}
                                    : m_reports->takeFirst().first().value<sync::ClockReport>();
    }

    // One for all: this process talks to one system bus in its life.
    std::unique_ptr<HelperBus> m_bus;
    HelperCaller* m_caller = nullptr;
    std::unique_ptr<HelperClock> m_clock;
    std::unique_ptr<QSignalSpy> m_reports;
    double m_basePpm = 0.0;
};

void TestHelperService::initTestCase()
{
    if (const auto reason = HelperBus::whyImpossible())
        QSKIP(qPrintable(*reason));
    m_basePpm = kernelPpm();
    m_bus = std::make_unique<HelperBus>();
    QVERIFY2(m_bus->start(), qPrintable(m_bus->bus().problem()));
    qputenv("DBUS_SYSTEM_BUS_ADDRESS", m_bus->bus().address().toUtf8());
    qputenv("FOLIOT_PLUGIN_PATH", pluginFolder().toUtf8());
    QString problem;
    m_caller = loadHelperCaller(&problem);
    QVERIFY2(m_caller != nullptr, qPrintable(problem));
}

void TestHelperService::init()
{
    m_clock = std::make_unique<HelperClock>(m_caller, QString(), HelperTiming{.callPatience = 1s, .longestRetry = 1s});
    m_reports = std::make_unique<QSignalSpy>(m_clock.get(), &Clock::reported);
}

void TestHelperService::cleanup()
{
    m_reports.reset();
    m_clock.reset();
    if (m_bus)
        QTRY_COMPARE(m_bus->helperPid(), 0);
}

void TestHelperService::cleanupTestCase()
{
    if (!m_bus)
        return;
    // polkit's library, which the plugin draws in, sends this process a SIGTERM when the system bus ends: GDBus's way.
    // For the daemon that is the end of a helper that could not be reached again, and its unit starts it anew.
    std::signal(SIGTERM, SIG_IGN);
    m_bus.reset();
    QCOMPARE(kernelPpm(), m_basePpm);
}

void TestHelperService::clockIsSteeredAndSaysHow()
{
    const double base = m_basePpm + 0.25;
    const Now before = m_clock->now();
    m_clock->steer({.baseFrequencyPpm = base, .extraRatePpm = 0.5, .extraFor = 300ms}); // waits for the call
    const auto report = nextReport();
    QCOMPARE(report.fault, sync::ClockFault::None);
    QVERIFY(isNear(report.baseFrequencyPpm, base) && isNear(report.extraRatePpm, 0.5));
    QVERIFY(isNear(kernelPpm(), base + 0.5));
    QVERIFY(report.before.raw > before.raw && report.after.raw >= report.before.raw);
    QVERIFY(report.after.raw <= m_clock->now().raw);
    QVERIFY(report.readingWidth < 1ms);
    QVERIFY(isNear(m_clock->baseFrequencyPpm(), base));
    QTRY_VERIFY_WITH_TIMEOUT(isNear(kernelPpm(), base), 1000);
    const auto moment = m_clock->now();
    const auto stamp = m_clock->stamp({.real = moment.real - 1ms});
    QVERIFY(stamp);
    QVERIFY(std::chrono::abs(moment.raw - stamp->raw - 1ms) < 10us);
    m_clock->steer({.baseFrequencyPpm = m_basePpm});
    QCOMPARE(nextReport().fault, sync::ClockFault::None);
    QVERIFY(isNear(kernelPpm(), m_basePpm));
}

void TestHelperService::stepBeyondTheLimitsIsReported()
{
    m_clock->setStatus({.synchronized = true, .maxError = Seconds(16.0)});
    m_clock->step({.offset = 1001s});
    const auto report = nextReport();
    QCOMPARE(report.fault, sync::ClockFault::StepRefused);
    QCOMPARE(report.stepped, 0ns);
    QVERIFY(m_bus->stepsDone().isEmpty());
    std::optional<bool> granted;
    m_clock->askPerson({.program = u":1.99999"_s}, 2h, [&](bool answer) { granted = answer; });
    QTRY_COMPARE(granted, false);
}

void TestHelperService::killedHelperIsCalledAgain()
{
    QSignalSpy served(m_clock.get(), &HelperClock::served);
    QVERIFY(served.wait(patienceMs));
    QElapsedTimer elapsed;
    elapsed.start();
    ::kill(static_cast<pid_t>(m_bus->helperPid()), SIGKILL);
    QVERIFY(served.wait(patienceMs));
    qInfo() << "served again after" << elapsed.elapsed() << "ms";
    m_clock->steer({.baseFrequencyPpm = m_basePpm});
    QCOMPARE(nextReport().fault, sync::ClockFault::None);
}

void TestHelperService::busyHelperIsCalledUntilItIsFree()
{
    // Somebody who may holds the helper; KAuth does not tell us so.
    QSignalSpy served(m_clock.get(), &HelperClock::served);
    QVERIFY(served.wait(patienceMs));
    HelperClock second(m_caller, QString(), HelperTiming{.callPatience = 1s, .longestRetry = 1s});
    QSignalSpy lost(&second, &HelperClock::lost);
    QVERIFY(lost.wait(patienceMs));
    QVERIFY(m_clock->isServed());
    m_clock.reset();
    m_clock = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT(second.isServed(), patienceMs);
}

void TestHelperService::absentPolkitIsOutlived()
{
    QSignalSpy served(m_clock.get(), &HelperClock::served);
    QVERIFY(served.wait(patienceMs));
    m_bus->bus().stopPolkit();
    ::kill(static_cast<pid_t>(m_bus->helperPid()), SIGKILL);
    QSignalSpy lost(m_clock.get(), &HelperClock::lost);
    QTRY_VERIFY_WITH_TIMEOUT(lost.size() >= 2, patienceMs); // ended, then not answered
    m_clock->steer({});
    QCOMPARE(nextReport().fault, sync::ClockFault::NotPermitted);
    QVERIFY2(m_bus->bus().startPolkit(), qPrintable(m_bus->bus().problem()));
    QVERIFY(served.wait(30'000));
}

QTEST_GUILESS_MAIN(TestHelperService)
#include "test_helper_service.moc"
