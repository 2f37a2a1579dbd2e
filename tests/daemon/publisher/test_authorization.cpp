// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Who may change something on a system bus: the shipped D-Bus policy, the shipped polkit actions, the real polkitd. The
// daemon is user foliot here, as in the field, and strangers are nobody.

#include "polkit_agent.h"
#include "published_daemon.h"

#include "daemon/publisher/polkit_authorizer.h"

#include <algorithm>
#include <vector>

using namespace Qt::StringLiterals;
using namespace foliot;
using namespace foliot::tests;

namespace {

constexpr uint daemonUser = 64'001;
constexpr uint strangerUser = 65'534;

QString ruleFor(const QString& action, const QString& result)
{
    return u"polkit.addRule(function(action, subject) { if (action.id == '%1' && subject.user == 'nobody')"
           " return polkit.Result.%2; });"_s.arg(action, result);
}

} // namespace

class TestAuthorization : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void everybodyMayLook();
    void nothingIsAllowedWithoutARule_76();
    void ruleDecidesForEachKindOfChange_76();
    void rootMayDoEverything();
    void personIsAskedOnlyWhenTheRequestAllowsIt_79();
    void callerThatLeavesIsNotServedAndTheDialogCloses_77();
    void openQuestionsAreBounded();
    void onePersonCannotKeepOthersOut();
    void withoutPolkitOnlyRootIsServed();
    void strangersCannotTakeTheName();

private:
    // Sent and not waited for.
    std::unique_ptr<QDBusPendingCallWatcher> ask(
        const QDBusConnection& caller, const QString& member, const QVariantList& arguments)
    {
        QDBusMessage message =
            QDBusMessage::createMethodCall(bus::serviceName, bus::rootPath, bus::clockInterface, member);
        message.setArguments(arguments);
        message.setInteractiveAuthorizationAllowed(true);
        return std::make_unique<QDBusPendingCallWatcher>(caller.asyncCall(message));
    }

    std::unique_ptr<PrivateBus> m_bus;
    bus::BusChoice m_choice;
    QDBusConnection m_stranger{QString()};
    QDBusConnection m_root{QString()};
    Asked m_asked;
    std::unique_ptr<daemon::Publisher> m_publisher;
};

void TestAuthorization::initTestCase()
{
    bus::registerTypes();
    const QString folder = QStringLiteral(FOLIOT_PUBLISHER_DIR);
    m_bus = std::make_unique<PrivateBus>(PrivateBus::Options{.kind = PrivateBus::Kind::System,
        .policyFiles = {folder + u"/org.foliot.Foliot1.conf"_s},
        .withPolkit = true,
        .polkitActions = {folder + u"/org.foliot.policy"_s},
        .users = {{u"foliot"_s, daemonUser}}});
    if (const auto reason = PrivateBus::whyImpossible(m_bus->options()))
        QSKIP(qPrintable(*reason));
    QVERIFY2(m_bus->start(), qPrintable(m_bus->problem()));
    m_choice = {.kind = bus::BusKind::System, .address = m_bus->address()};
    m_root = bus::openConnection(m_choice);
}

void TestAuthorization::init()
{
    QVERIFY(m_bus->setPolkitRules({}));
    m_asked = {};
    m_publisher = makePublisher(m_choice, m_asked, std::make_unique<daemon::PolkitAuthorizer>());
    m_publisher->update(sampleState(), sampleSources());
    QCOMPARE(seteuid(daemonUser), 0);
    const auto started = m_publisher->start();
    QCOMPARE(seteuid(0), 0);
    QVERIFY2(started, qPrintable(started.error_or(QString())));
    m_stranger = connectAs(strangerUser, m_choice);
    QVERIFY(m_stranger.isConnected());
}

void TestAuthorization::cleanup()
{
    m_publisher.reset();
    QDBusConnection::disconnectFromBus(m_stranger.name());
    m_stranger = QDBusConnection(QString());
}

void TestAuthorization::everybodyMayLook()
{
    const QDBusMessage objects =
        callFrom(m_stranger, bus::rootPath, u"org.freedesktop.DBus.ObjectManager"_s, u"GetManagedObjects"_s);
    QCOMPARE(objects.errorMessage(), QString());
    const QDBusMessage properties = callFrom(m_stranger, u"/org/foliot/Foliot1/source/1"_s,
        u"org.freedesktop.DBus.Properties"_s, u"GetAll"_s, {QString(bus::sourceInterface)});
    QCOMPARE(properties.errorMessage(), QString());
    QCOMPARE(callClock(m_stranger, u"History"_s, {60.0, 10U}).errorMessage(), QString());
}

void TestAuthorization::nothingIsAllowedWithoutARule_76()
{
    // Nobody has no session here, so not even Refresh is "active".
    const QDBusMessage added = callClock(m_stranger, u"AddSource"_s, {u"time.example.org"_s, QVariantMap()});
    QVERIFY2(added.errorMessage().contains("password"_L1), qPrintable(added.errorMessage()));
    QCOMPARE(callsNotDenied(m_stranger), QStringList());
    // With nobody there who could ask for a password, permission to ask changes nothing.
    QCOMPARE(callClock(m_stranger, u"Refresh"_s, {}, true).errorName(), denied);
    QVERIFY(m_asked.isNothing());
}

void TestAuthorization::ruleDecidesForEachKindOfChange_76()
{
    QVERIFY(m_bus->setPolkitRules({ruleFor(u"org.foliot.manage-sources"_s, u"YES"_s),
        ruleFor(u"org.foliot.step-clock"_s, u"NO"_s), ruleFor(u"org.foliot.serve-time"_s, u"YES"_s)}));
    const auto add = [&] {
        return callClock(m_stranger, u"AddSource"_s, {u"time.example.org"_s, QVariantMap()}).type();
    };
    QTRY_COMPARE(add(), QDBusMessage::ReplyMessage); // once polkitd has read the rules
    QVERIFY(!m_asked.added.isEmpty());
    QCOMPARE(callClock(m_stranger, u"RemoveSource"_s,
                 {QVariant::fromValue(QDBusObjectPath(u"/org/foliot/Foliot1/source/3"_s))})
                 .type(),
        QDBusMessage::ReplyMessage);
    QCOMPARE(m_asked.removed, QList<quint32>{3});
    QCOMPARE(callServer(m_stranger, u"SetServing"_s, {true, false}).errorMessage(), QString());
    QCOMPARE(m_asked.served.size(), 1);
    QCOMPARE(callServer(m_stranger, u"Clients"_s, {5U}).errorName(), denied); // that is another matter
    QCOMPARE(callClock(m_stranger, u"Refresh"_s).errorName(), denied);
    const QDBusMessage stepped = callClock(m_stranger, u"StepClock"_s, {0.0});
    QCOMPARE(stepped.errorName(), denied);
    QVERIFY2(!stepped.errorMessage().contains("password"_L1), qPrintable(stepped.errorMessage()));
    QCOMPARE(m_asked.refreshes, 0);
    QVERIFY(m_asked.steps.isEmpty());
}

void TestAuthorization::rootMayDoEverything()
{
    QCOMPARE(callClock(m_root, u"Refresh"_s).errorMessage(), QString());
    QCOMPARE(callClock(m_root, u"AddSource"_s, {u"time.example.org"_s, QVariantMap()}).errorMessage(), QString());
    QCOMPARE(m_asked.refreshes, 1);
    QCOMPARE(m_asked.added.size(), 1);
}

void TestAuthorization::personIsAskedOnlyWhenTheRequestAllowsIt_79()
{
    PolkitAgent agent(m_root);
    QVERIFY(agent.registerWithPolkit());
    QCOMPARE(callClock(m_stranger, u"Refresh"_s, {}, false).errorName(), denied);
    QCOMPARE(agent.actions(), QStringList());

    const auto call = ask(m_stranger, u"AddSource"_s, {u"time.example.org"_s, QVariantMap()});
    QTRY_COMPARE(agent.actions(), QStringList{u"org.foliot.manage-sources"_s});
    // While the dialog is open everybody else is served, and nothing has changed.
    QVERIFY(!call->isFinished());
    QVERIFY(m_asked.isNothing());
    QCOMPARE(callClock(m_root, u"Refresh"_s).errorMessage(), QString());

    agent.succeed();
    QTRY_VERIFY(call->isFinished());
    QCOMPARE(call->reply().errorMessage(), QString());
    QCOMPARE(m_asked.added.size(), 1);
}

void TestAuthorization::callerThatLeavesIsNotServedAndTheDialogCloses_77()
{
    PolkitAgent agent(m_root);
    QVERIFY(agent.registerWithPolkit());
    QDBusConnection leaving = connectAs(strangerUser, m_choice);
    const auto first = ask(leaving, u"StepClock"_s, {0.0});
    const auto second = ask(leaving, u"StepClock"_s, {1.0});
    QTRY_COMPARE(agent.actions().size(), 2);
    const QString name = leaving.name();
    leaving = QDBusConnection(QString());
    QDBusConnection::disconnectFromBus(name);
    QTRY_VERIFY(agent.cancelled() >= 2); // polkitd, too, notices
    // The authority is done with both, so nothing of them can follow.
    QCOMPARE(callClock(m_root, u"History"_s, {60.0, 10U}).errorMessage(), QString());
    QVERIFY(m_asked.isNothing());
}

void TestAuthorization::openQuestionsAreBounded()
{
    PolkitAgent agent(m_root);
    QVERIFY(agent.registerWithPolkit());
    std::vector<std::unique_ptr<QDBusPendingCallWatcher>> open;
    for (std::size_t count = 0; count < daemon::PolkitAuthorizer::mostPerCaller; ++count)
        open.push_back(ask(m_stranger, u"Refresh"_s, {}));
    QTRY_COMPARE(agent.actions().size(), qsizetype(open.size()));
    QCOMPARE(callClock(m_stranger, u"Refresh"_s, {}, true).errorName(), denied);
    // Others are not kept out by it.
    QCOMPARE(callClock(m_root, u"Refresh"_s).errorMessage(), QString());
    agent.succeed();
    QTRY_COMPARE(m_asked.refreshes, 2);
}

// With many connections, too.
void TestAuthorization::onePersonCannotKeepOthersOut()
{
    constexpr uint otherUser = 1; // "daemon", which every system has
    constexpr std::size_t connections =
        daemon::PolkitAuthorizer::mostPerUser / daemon::PolkitAuthorizer::mostPerCaller + 1;
    PolkitAgent agent(m_root);
    QVERIFY(agent.registerWithPolkit());
    std::vector<QDBusConnection> callers;
    std::vector<std::unique_ptr<QDBusPendingCallWatcher>> open;
    for (std::size_t index = 0; index < connections; ++index) {
        callers.push_back(connectAs(strangerUser, m_choice));
        for (std::size_t count = 0; count < daemon::PolkitAuthorizer::mostPerCaller; ++count)
            open.push_back(ask(callers.back(), u"StepClock"_s, {0.0}));
    }
    const auto refused = [&open] {
        return std::ranges::count_if(open, [](const auto& call) { return call->isFinished() && call->isError(); });
    };
    QTRY_COMPARE(static_cast<std::size_t>(refused()), open.size() - daemon::PolkitAuthorizer::mostPerUser);
    QTRY_COMPARE(static_cast<std::size_t>(agent.actions().size()), daemon::PolkitAuthorizer::mostPerUser);

    const QDBusConnection other = connectAs(otherUser, m_choice);
    const auto call = ask(other, u"StepClock"_s, {0.0});
    QTRY_COMPARE(static_cast<std::size_t>(agent.actions().size()), daemon::PolkitAuthorizer::mostPerUser + 1);
    QVERIFY(!call->isFinished());
    for (const QDBusConnection& caller : callers)
        QDBusConnection::disconnectFromBus(caller.name());
    QDBusConnection::disconnectFromBus(other.name());
}

void TestAuthorization::withoutPolkitOnlyRootIsServed()
{
    m_bus->stopPolkit();
    const QDBusMessage refused = callClock(m_stranger, u"Refresh"_s);
    QCOMPARE(refused.errorName(), denied);
    QVERIFY2(refused.errorMessage().contains("polkit is not running"_L1), qPrintable(refused.errorMessage()));
    QVERIFY(m_asked.isNothing());
    QCOMPARE(callClock(m_root, u"Refresh"_s).errorMessage(), QString());
    QCOMPARE(m_asked.refreshes, 1);
    QVERIFY2(m_bus->startPolkit(), qPrintable(m_bus->problem()));
}

void TestAuthorization::strangersCannotTakeTheName()
{
    m_publisher.reset();
    Asked asked;
    const auto imposter = makePublisher(m_choice, asked);
    QCOMPARE(seteuid(strangerUser), 0);
    const auto started = imposter->start();
    QCOMPARE(seteuid(0), 0);
    QVERIFY(!started);
}

QTEST_GUILESS_MAIN(TestAuthorization)
#include "test_authorization.moc"
