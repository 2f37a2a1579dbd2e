// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A step that the helper does not do unasked, the whole way: somebody calls the daemon over the bus, foliotd with the
// clock `helper`, the staged helper, and the real polkit, who decides twice: whether the caller may ask for a step, asked
// by the daemon, and whether so large a one may be, asked by the helper. The step is written down and not done. Numbers in
// the names are rows of the fault list.

#include "bus/names.h"
#include "clock/file.h"
#include "daemon/foliotd_files.h"
#include "daemon/publisher/polkit_agent.h"
#include "helper/helper_bus.h"

#include <QDBusPendingCallWatcher>
#include <QDBusVariant>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace foliot;
using namespace foliot::tests;

namespace {

constexpr int patienceMs = 20'000;
constexpr double serverAhead = 7200.0;
const QString denied = u"org.freedesktop.DBus.Error.AccessDenied"_s;
const QString mayAsk = u"org.foliot.step-clock"_s;
const QString mayGoBeyond = u"org.foliot.clock.step-beyond-limits"_s;

QString ruleFor(const QString& action)
{
    return u"polkit.addRule(function(action, subject) { if (action.id == '%1' && subject.user == 'person')"
           " return polkit.Result.YES; });"_s.arg(action);
}

} // namespace

class TestPersonStep : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void authorizedPersonStepsBeyondTheLimits();
    void personWhoMayOnlyAskIsRefusedByTheHelper_66();
    void strangerIsRefusedBeforeTheHelperIsAsked_76();
    void openDialogHoldsNothingUp_79();
    void dialogClosesWhenThePersonLeaves();
    void nobodyIsAskedWhenTheRequestDoesNotAllowIt();

private:
    QDBusMessage message(const QString& member, const QVariantList& arguments, bool isInteractive = false) const
    {
        auto call = QDBusMessage::createMethodCall(bus::serviceName, bus::rootPath, bus::clockInterface, member);
        call.setArguments(arguments);
        call.setInteractiveAuthorizationAllowed(isInteractive);
        return call;
    }
    std::unique_ptr<QDBusPendingCallWatcher> begin(const QDBusConnection& caller, bool isInteractive) const
    {
        return std::make_unique<QDBusPendingCallWatcher>(
            caller.asyncCall(message(u"StepClock"_s, {0.0}, isInteractive), patienceMs));
    }
    QDBusMessage step(const QDBusConnection& caller, bool isInteractive = false) const
    {
        const auto call = begin(caller, isInteractive);
        [&] { QTRY_VERIFY_WITH_TIMEOUT(call->isFinished(), patienceMs); }();
        return call->reply();
    }
    QVariant property(const QString& name) const
    {
        auto call = QDBusMessage::createMethodCall(
            bus::serviceName, bus::rootPath, u"org.freedesktop.DBus.Properties"_s, u"Get"_s);
        call.setArguments({QString(bus::clockInterface), name});
        return m_root.call(call).arguments().value(0).value<QDBusVariant>().variant();
    }
    // The person may ask the daemon for a step from now on.
    void allowAsking() const
    {
        QVERIFY(m_helper->setRules({ruleFor(mayAsk)}));
        QDBusMessage reply; // polkitd reads the rule by and by
        QTRY_VERIFY2_WITH_TIMEOUT((reply = step(m_person)).errorMessage().contains("administrator"_L1),
            qPrintable(reply.errorMessage()), patienceMs);
    }
    // One step of the two hours that are missing.
    bool hasSteppedOnce() const
    {
        const QByteArray done = m_helper->stepsDone();
        return done.count('\n') == 1 && (done.startsWith("7200 ") || done.startsWith("7199 "));
    }

    std::unique_ptr<HelperBus> m_helper;
    std::unique_ptr<Folder> m_folder;
    std::unique_ptr<ServingFoliotd> m_server;
    std::unique_ptr<ChildProcess> m_daemon;
    bus::BusChoice m_choice;
    QDBusConnection m_root{QString()};
    QDBusConnection m_person{QString()};
};

void TestPersonStep::initTestCase()
{
    if (const auto reason = HelperBus::whyImpossible())
        QSKIP(qPrintable(*reason));
}

void TestPersonStep::init()
{
    m_helper = std::make_unique<HelperBus>();
    QVERIFY2(m_helper->start(), qPrintable(m_helper->bus().problem()));
    m_choice = {.kind = bus::BusKind::System, .address = m_helper->bus().address()};
    m_root = bus::openConnection(m_choice);
    m_person = connectAs(personId, m_choice);
    // As if this boot's first step had been done.
    QVERIFY(clock::replaceFile(m_helper->firstStepFile().toStdString(), ""));

    m_folder = std::make_unique<Folder>();
    m_server = std::make_unique<ServingFoliotd>(*m_folder, serverAhead);
    QTRY_VERIFY_WITH_TIMEOUT(m_server->isServing(), patienceMs);
    const QString file = m_folder->write(
        u"client.toml"_s, u"[[source]]\naddress = \"%1\"\nminpoll = 0\nmaxpoll = 2\n[clock]\ntype = \"helper\"\n"
                          "[state]\ndirectory = \"\"\n"_s.arg(daemon::endpointText(m_server->endpoint())));
    const QStringList command =
        PrivateBus::asUser(daemonId) + QStringList{QStringLiteral(FOLIOTD), u"--beside-others"_s, u"--config"_s, file};
    m_daemon = std::make_unique<ChildProcess>(command.first(), command.sliced(1),
        m_helper->bus().environment() + QStringList{u"FOLIOT_PLUGIN_PATH="_s + pluginFolder()});
    // It wants to step when it starts, which the helper does not do unasked.
    QTRY_VERIFY2_WITH_TIMEOUT(
        property(u"Condition"_s) == u"step-refused"_s, qPrintable(m_daemon->output()), patienceMs);
    QVERIFY(m_helper->stepsDone().isEmpty());
}

void TestPersonStep::cleanup()
{
    if (QTest::currentTestFailed() && m_daemon)
        qInfo().noquote() << m_daemon->output();
    for (QDBusConnection* connection : {&m_root, &m_person}) {
        const QString name = connection->name();
        *connection = QDBusConnection(QString());
        QDBusConnection::disconnectFromBus(name);
    }
    m_daemon.reset();
    m_server.reset();
    m_helper.reset();
}

void TestPersonStep::authorizedPersonStepsBeyondTheLimits()
{
    QVERIFY(m_helper->setRules({ruleFor(mayAsk), ruleFor(mayGoBeyond)}));
    QDBusMessage reply;
    const auto isDone = [&] { return (reply = step(m_person)).type() == QDBusMessage::ReplyMessage; };
    QVERIFY2(QTest::qWaitFor(isDone, patienceMs), qPrintable(reply.errorMessage())); // once polkitd has read the rules
    QVERIFY2(hasSteppedOnce(), m_helper->stepsDone().constData());
    QTRY_COMPARE(property(u"StepCount"_s), QVariant(1U));
}

void TestPersonStep::personWhoMayOnlyAskIsRefusedByTheHelper_66()
{
    allowAsking();
    QCOMPARE(step(m_person).errorName(), denied);
    // The daemon says yes to root, whom polkit allows everything; the helper does not.
    const QDBusMessage ofRoot = step(m_root);
    QCOMPARE(ofRoot.errorName(), denied);
    QVERIFY2(ofRoot.errorMessage().contains("ask as yourself"_L1), qPrintable(ofRoot.errorMessage()));
    QVERIFY(m_helper->stepsDone().isEmpty());
    QCOMPARE(property(u"Condition"_s), QVariant(u"step-refused"_s)); // and the daemon lives
}

void TestPersonStep::strangerIsRefusedBeforeTheHelperIsAsked_76()
{
    QVERIFY(m_helper->setRules({ruleFor(mayAsk), ruleFor(mayGoBeyond)}));
    const QDBusConnection stranger = connectAs(strangerId, m_choice);
    const QDBusMessage reply = step(stranger);
    QCOMPARE(reply.errorName(), denied);
    QVERIFY2(!reply.errorMessage().contains("administrator"_L1), qPrintable(reply.errorMessage()));
    QVERIFY(!m_daemon->output().contains("asks the person"_L1));
    QVERIFY(m_helper->stepsDone().isEmpty());
    QDBusConnection::disconnectFromBus(stranger.name());
}

void TestPersonStep::openDialogHoldsNothingUp_79()
{
    allowAsking();
    PolkitAgent agent(m_root);
    QVERIFY(agent.registerWithPolkit());
    const auto call = begin(m_person, true);
    QTRY_COMPARE_WITH_TIMEOUT(agent.actions(), QStringList{mayGoBeyond}, patienceMs);
    QVERIFY2(agent.messages().last().contains("hours"_L1), qPrintable(agent.messages().last()));
    // The dialog stays open: the daemon measures on and answers others, and no step is done.
    const auto asOf = property(u"AsOfBoottimeUSec"_s).toULongLong();
    QTRY_VERIFY_WITH_TIMEOUT(property(u"AsOfBoottimeUSec"_s).toULongLong() > asOf + 2'000'000, patienceMs);
    QVERIFY(!call->isFinished());
    QVERIFY(m_helper->stepsDone().isEmpty());

    agent.succeed();
    QTRY_VERIFY_WITH_TIMEOUT(call->isFinished(), patienceMs);
    QCOMPARE(call->reply().errorMessage(), QString());
    QVERIFY2(hasSteppedOnce(), m_helper->stepsDone().constData());
}

void TestPersonStep::dialogClosesWhenThePersonLeaves()
{
    allowAsking();
    PolkitAgent agent(m_root);
    QVERIFY(agent.registerWithPolkit());
    QDBusConnection leaving = connectAs(personId, m_choice);
    auto left = begin(leaving, true);
    QTRY_COMPARE_WITH_TIMEOUT(agent.actions(), QStringList{mayGoBeyond}, patienceMs);
    left.reset();
    const QString name = leaving.name();
    leaving = QDBusConnection(QString());
    QDBusConnection::disconnectFromBus(name);
    QTRY_VERIFY_WITH_TIMEOUT(agent.cancelled() > 0, patienceMs);
    QVERIFY(m_helper->stepsDone().isEmpty());

    // The next one is asked.
    const auto call = begin(m_person, true);
    QTRY_COMPARE_WITH_TIMEOUT(agent.actions(), QStringList{mayGoBeyond}, patienceMs);
    agent.succeed();
    QTRY_VERIFY_WITH_TIMEOUT(call->isFinished(), patienceMs);
    QVERIFY2(hasSteppedOnce(), m_helper->stepsDone().constData());
}

void TestPersonStep::nobodyIsAskedWhenTheRequestDoesNotAllowIt()
{
    PolkitAgent agent(m_root);
    QVERIFY(agent.registerWithPolkit());
    allowAsking();
    QCOMPARE(agent.actions(), QStringList());
    QCOMPARE(agent.cancelled(), 0);
}

QTEST_GUILESS_MAIN(TestPersonStep)
#include "test_person_step.moc"
