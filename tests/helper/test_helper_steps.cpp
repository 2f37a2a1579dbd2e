// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How far the helper steps, whatever was restarted in between, and whose word lets it go further.

#include "clock/file.h"
#include "helper/helper_test.h"

#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace foliot;
using namespace foliot::tests;

class TestHelperSteps : public HelperTest {
    Q_OBJECT

private Q_SLOTS:
    void stepsBeyondTheLimitsAreRefused_66();
    void sumOfStepsOutlivesHelperAndDaemon_67();
    void corruptLimitsLeaveNoStep_67();
    void personAllowsOneStep();
    void rootsWordIsNoPersons();
    void taiIsSetWithinItsBounds();

private:
    // As if this boot's first step had been done.
    void useUpFirstStep() const { QVERIFY(clock::replaceFile(m_bus->firstStepFile().toStdString(), "")); }
};

void TestHelperSteps::stepsBeyondTheLimitsAreRefused_66()
{
    auto daemon = steering();
    QVERIFY(daemon);
    QCOMPARE(daemon->fault(u"status 1"_s), clock::Fault::None); // the clock was right once
    QCOMPARE(daemon->fault(u"step 1000000000001"_s), clock::Fault::StepRefused);
    QCOMPARE(daemon->fault(u"step -1000000000001"_s), clock::Fault::StepRefused);
    QVERIFY(m_bus->stepsDone().isEmpty());
    daemon.reset();
    QVERIFY(QTest::qWaitFor([&] { return helperPid() == 0; }, patienceMs));

    // A new daemon and a new helper know of it.
    daemon = steering();
    QVERIFY(daemon);
    QCOMPARE(daemon->fault(u"step 1000000000001"_s), clock::Fault::StepRefused);
    QVERIFY(m_bus->stepsDone().isEmpty());
}

void TestHelperSteps::sumOfStepsOutlivesHelperAndDaemon_67()
{
    auto daemon = steering();
    QVERIFY(daemon);
    const QString first = daemon->ask(u"step 86400000000000"_s);
    QCOMPARE(Client::word(first, Client::Fault), 0.0);
    QCOMPARE(Client::word(first, Client::Stepped), 86'400e9);
    QCOMPARE(daemon->fault(u"step 600000000000"_s), clock::Fault::None);
    QCOMPARE(m_bus->stepsDone(), QByteArray("86400 0\n600 0\n"));
    ::kill(static_cast<pid_t>(helperPid()), SIGKILL);
    QVERIFY(daemon->isLeftAlone());

    daemon = steering();
    QVERIFY(daemon);
    QCOMPARE(daemon->fault(u"step -450000000000"_s), clock::Fault::StepRefused);
    QCOMPARE(daemon->fault(u"step -390000000000"_s), clock::Fault::None);
    QCOMPARE(m_bus->stepsDone(), QByteArray("86400 0\n600 0\n-390 0\n"));
    QCOMPARE(daemon->fault(u"step 20000000000"_s), clock::Fault::StepRefused);
}

void TestHelperSteps::corruptLimitsLeaveNoStep_67()
{
    useUpFirstStep();
    QVERIFY(clock::replaceFile(m_bus->stepsFile().toStdString(), "not what we wrote"));
    const auto daemon = steering();
    QVERIFY(daemon);
    QCOMPARE(daemon->fault(u"step 1000000"_s), clock::Fault::StepRefused);
    QVERIFY(m_bus->stepsDone().isEmpty());
}

void TestHelperSteps::personAllowsOneStep()
{
    useUpFirstStep();
    const auto daemon = steering();
    QVERIFY(daemon);
    Client person(m_bus->bus(), personId);
    const QString name = person.ask(u"name"_s).section(u' ', 1);
    const QString permit = u"permit %1 7200000000000"_s.arg(name);
    // Nobody is there to type a password.
    QCOMPARE(daemon->fault(permit), clock::Fault::StepRefused);
    QCOMPARE(daemon->fault(u"permit :1.99999 7200000000000"_s), clock::Fault::StepRefused);
    QCOMPARE(daemon->fault(u"step 3600000000000"_s), clock::Fault::StepRefused);

    // An administrator's rule stands in for the password.
    const QString rule = u"polkit.addRule(function(action, subject) { if (subject.user == 'person' && action.id == "
                         "'org.foliot.clock.step-beyond-limits') return polkit.Result.YES; });"_s;
    QVERIFY(m_bus->bus().setPolkitRules({rule}));
    QVERIFY(QTest::qWaitFor([&] { return daemon->fault(permit) == clock::Fault::None; }, patienceMs));
    QCOMPARE(daemon->fault(u"step 7200000000001"_s), clock::Fault::StepRefused);
    QCOMPARE(daemon->fault(u"step 3600000000000"_s), clock::Fault::None);
    QCOMPARE(daemon->fault(u"step 3600000000000"_s), clock::Fault::StepRefused);
    QCOMPARE(m_bus->stepsDone(), QByteArray("3600 0\n"));
}

void TestHelperSteps::rootsWordIsNoPersons()
{
    // polkit allows root everything, so a daemon gone bad would name any of root's programs.
    useUpFirstStep();
    const auto daemon = steering();
    QVERIFY(daemon);
    Client root(m_bus->bus(), 0);
    const QString name = root.ask(u"name"_s).section(u' ', 1);
    QCOMPARE(daemon->fault(u"permit %1 7200000000000"_s.arg(name)), clock::Fault::StepRefused);
    QCOMPARE(daemon->fault(u"step 3600000000000"_s), clock::Fault::StepRefused);
}

// Beside a status that is told to this machine's kernel: what TAI is to be is written down alone.
void TestHelperSteps::taiIsSetWithinItsBounds()
{
    auto daemon = steering();
    QVERIFY(daemon);
    QCOMPARE(daemon->fault(u"status 0 9"_s), clock::Fault::OutOfBounds);
    QCOMPARE(daemon->fault(u"status 0 1001"_s), clock::Fault::OutOfBounds);
    QCOMPARE(daemon->fault(u"status 0"_s), clock::Fault::None);
    QVERIFY(m_bus->stepsDone().isEmpty());
    QCOMPARE(daemon->fault(u"status 0 37"_s), clock::Fault::None);
    QCOMPARE(m_bus->stepsDone(), QByteArray("TAI 37\n"));
}

QTEST_GUILESS_MAIN(TestHelperSteps)
#include "test_helper_steps.moc"
