// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The extra rate at every end: by itself, of the daemon, of the helper.

#include "helper/helper_test.h"

#include <QElapsedTimer>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace foliot;
using namespace foliot::tests;

namespace {

constexpr double extraPpm = 0.5;

} // namespace

class TestHelperRate : public HelperTest {
    Q_OBJECT

private Q_SLOTS:
    void extraRateEndsByItself_70();
    void deathOfTheDaemonEndsTheExtraRate_70();
    void signalsEndTheExtraRate_70_data();
    void signalsEndTheExtraRate_70();
    void killedHelpersExtraRateIsEndedAtTheNextStart_70();
    void serviceManagersResetEndsTheExtraRate_70();

private:
    std::unique_ptr<Client> slewing();
};

// A daemon that has the clock run at an extra rate for a while; null when it cannot.
std::unique_ptr<Client> TestHelperRate::slewing()
{
    auto daemon = steering();
    const QString request = u"steer %1 %2 900000000"_s.arg(m_basePpm, 0, 'f', 9).arg(extraPpm);
    return daemon && daemon->fault(request) == clock::Fault::None ? std::move(daemon) : nullptr;
}

void TestHelperRate::extraRateEndsByItself_70()
{
    const auto daemon = steering();
    QVERIFY(daemon);
    const double base = m_basePpm + 0.25;
    const QString reply = daemon->ask(u"steer %1 %2 300000000"_s.arg(base, 0, 'f', 9).arg(extraPpm));
    QCOMPARE(Client::word(reply, Client::Fault), 0.0);
    QVERIFY(isNear(Client::word(reply, Client::Base), base));
    QVERIFY(isNear(Client::word(reply, Client::Extra), extraPpm));
    QVERIFY(isNear(kernelPpm(), base + extraPpm));
    QVERIFY(QTest::qWaitFor([&] { return isNear(kernelPpm(), base); }, 1000));
    const QString after = daemon->ask(u"query"_s);
    QVERIFY(isNear(Client::word(after, Client::Base), base));
    QCOMPARE(Client::word(after, Client::Extra), 0.0);
}

void TestHelperRate::deathOfTheDaemonEndsTheExtraRate_70()
{
    const auto daemon = slewing();
    QVERIFY(daemon);
    const qint64 helper = helperPid();
    QVERIFY(isNear(kernelPpm(), m_basePpm + extraPpm));
    QElapsedTimer elapsed;
    elapsed.start();
    daemon->kill();
    QVERIFY(QTest::qWaitFor([&] { return isNear(kernelPpm(), m_basePpm); }, 700));
    QVERIFY(hasEndedWithin(helper, 1000));
    qInfo() << "helper gone after" << elapsed.elapsed() << "ms";
}

void TestHelperRate::signalsEndTheExtraRate_70_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGALRM, its own watchdog") << SIGALRM;
}

void TestHelperRate::signalsEndTheExtraRate_70()
{
    QFETCH(int, signal);
    const auto daemon = slewing();
    QVERIFY(daemon);
    const qint64 helper = helperPid();
    ::kill(static_cast<pid_t>(helper), signal);
    QVERIFY(hasEndedWithin(helper, 700));
    QVERIFY(isNear(kernelPpm(), m_basePpm));
    QVERIFY(daemon->isLeftAlone());
    // The end of KAuth's job is not the end of the process that waited for it.
    daemon->say(u"call"_s);
    QVERIFY(daemon->hears(u"ready "_s));
}

void TestHelperRate::killedHelpersExtraRateIsEndedAtTheNextStart_70()
{
    const auto daemon = slewing();
    QVERIFY(daemon);
    const qint64 helper = helperPid();
    ::kill(static_cast<pid_t>(helper), SIGKILL);
    QVERIFY(hasEndedWithin(helper, 700));
    QVERIFY(isNear(kernelPpm(), m_basePpm + extraPpm)); // nobody there to end it
    m_bus->startHelper();                               // which does not wait for the daemon with that
    QVERIFY(isNear(kernelPpm(), m_basePpm));
    QVERIFY(steering());
}

void TestHelperRate::serviceManagersResetEndsTheExtraRate_70()
{
    const auto daemon = slewing();
    QVERIFY(daemon);
    const qint64 helper = helperPid();
    ::kill(static_cast<pid_t>(helper), SIGKILL);
    QVERIFY(hasEndedWithin(helper, 700));
    const tests::RunResult reset =
        tests::run(QStringLiteral(HELPER_PROGRAM), {u"--reset"_s}, patienceMs, m_bus->helperEnvironment());
    QVERIFY2(reset.exitCode == 0, qPrintable(reset.output));
    QVERIFY(isNear(kernelPpm(), m_basePpm));
    QCOMPARE(
        tests::run(QStringLiteral(HELPER_PROGRAM), {u"--anything"_s}, patienceMs, m_bus->helperEnvironment()).exitCode,
        2);
}

QTEST_GUILESS_MAIN(TestHelperRate)
#include "test_helper_rate.moc"
