// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What strangers ask of the daemon, on a session bus: what reaches the engine and what they are told.

#include "published_daemon.h"

#include <QDBusConnectionInterface>
#include <QSignalSpy>

#include <utility>

using namespace Qt::StringLiterals;
using namespace foliot;
using namespace foliot::tests;
using daemon::ServingError;
using daemon::SourceError;
using daemon::StepOutcome;

class TestRequests : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        bus::registerTypes();
        QVERIFY2(m_bus.start(), qPrintable(m_bus.problem()));
        m_choice = {.kind = bus::BusKind::Session, .address = m_bus.address()};
        m_stranger = bus::openConnection(m_choice);
    }
    void init()
    {
        m_asked = {};
        start(recordInto(m_asked));
    }
    void cleanup() { m_publisher.reset(); }

    void addSourceReachesTheEngineAndNamesTheObject();
    void addSourceFailsByName_data();
    void addSourceFailsByName();
    void senselessRequestsNeverReachTheEngine_78();
    void removeSourceReachesTheEngine();
    void refreshReachesTheEngine();
    void servingReachesTheServer();
    void servingFailsByName_data();
    void servingFailsByName();
    void clientsAreListed();
    void clientsThatNobodyRemembersAreAnError();
    void stepAnswersWhenTheClockWasSet();
    void whoeverAsksWhileAStepIsRefusedHasTheirOwn();
    void whoeverLeavesWhileAStepIsUnderWayHasNone();
    void stepThatDoesNotHappenIsAnError_data();
    void stepThatDoesNotHappenIsAnError();
    void stepIsAskedOfThePersonBehindIt();
    void stepBeyondTheLimitIsRefused();
    void stepWithoutAnEstimateIsRefused();
    void whatWasDoneIsPublishedBeforeTheAnswer();
    void otherUsersChangeNothing_76();
    void lostBusSaysNothingOfACaller();

private:
    void start(daemon::Commands commands, uint owner = getuid(), const daemon::Publisher::Timing& timing = quickTiming)
    {
        m_publisher.reset();
        m_publisher = std::make_unique<daemon::Publisher>(
            sampleFacts(), std::move(commands), std::make_unique<daemon::SameUserAuthorizer>(owner), m_choice, timing);
        m_publisher->update(sampleState(), sampleSources());
        const auto started = m_publisher->start();
        QVERIFY2(started, qPrintable(started.error_or(QString())));
    }

    QVariant property(const QString& path, const QString& interface, const QString& name)
    {
        const QDBusMessage reply =
            callFrom(m_stranger, path, u"org.freedesktop.DBus.Properties"_s, u"Get"_s, {interface, name});
        return reply.arguments().value(0).value<QDBusVariant>().variant();
    }

    // A step under way; answered once m_asked.stepDone() is told how it went.
    std::unique_ptr<QDBusPendingCallWatcher> beginStep(double limit = 0.0)
    {
        QDBusMessage message =
            QDBusMessage::createMethodCall(bus::serviceName, bus::rootPath, bus::clockInterface, u"StepClock"_s);
        message << limit;
        auto call = std::make_unique<QDBusPendingCallWatcher>(m_stranger.asyncCall(message));
        [&] { QTRY_COMPARE(m_asked.steps.size(), 1); }();
        return call;
    }

    PrivateBus m_bus;
    bus::BusChoice m_choice;
    QDBusConnection m_stranger{QString()};
    Asked m_asked;
    std::unique_ptr<daemon::Publisher> m_publisher;
};

void TestRequests::addSourceReachesTheEngineAndNamesTheObject()
{
    const QDBusMessage reply = callClock(m_stranger, u"AddSource"_s,
        {u"time.example.org:1123"_s, QVariantMap{{u"prefer"_s, true}, {u"maxpoll"_s, 8}, {u"keep"_s, true}}});
    QCOMPARE(reply.errorMessage(), QString());
    QCOMPARE(reply.arguments(), QVariantList{QVariant::fromValue(QDBusObjectPath(u"/org/foliot/Foliot1/source/4"_s))});
    const config::Source expected{.address = "time.example.org", .port = 1123, .maxPoll = 8, .prefer = true};
    QCOMPARE(m_asked.added, QList{expected});
    QCOMPARE(m_asked.kept, QList{true});
}

void TestRequests::addSourceFailsByName_data()
{
    QTest::addColumn<int>("error");
    QTest::addColumn<QString>("name");
    const auto row = [](const char* tag, SourceError error, const QString& name) {
        QTest::newRow(tag) << static_cast<int>(error) << name;
    };
    row("duplicate", SourceError::Duplicate, bus::errorDuplicate);
    row("too many", SourceError::TooMany, bus::errorTooMany);
    row("bad address", SourceError::BadAddress, u"org.freedesktop.DBus.Error.InvalidArgs"_s);
    row("no such key", SourceError::NoSuchKey, bus::errorNoSuchKey);
    row("not kept", SourceError::NotKept, bus::errorNotKept);
}

void TestRequests::addSourceFailsByName()
{
    QFETCH(const int, error);
    QFETCH(const QString, name);
    daemon::Commands commands = recordInto(m_asked);
    commands.addSource = [error](const config::Source&, bool) -> std::expected<sync::SourceId, SourceError> {
        return std::unexpected(static_cast<SourceError>(error));
    };
    start(std::move(commands));
    const QDBusMessage reply = callClock(m_stranger, u"AddSource"_s, {u"time.example.org"_s, QVariantMap()});
    QCOMPARE(reply.errorName(), name);
    QVERIFY(!reply.errorMessage().isEmpty());
}

void TestRequests::senselessRequestsNeverReachTheEngine_78()
{
    const QString invalid = u"org.freedesktop.DBus.Error.InvalidArgs"_s;
    QCOMPARE(callClock(m_stranger, u"AddSource"_s, {u"time.example.org"_s, QVariantMap{{u"speed"_s, 9}}}).errorName(),
        invalid);
    QCOMPARE(callClock(m_stranger, u"AddSource"_s, {u"not an address"_s, QVariantMap()}).errorName(), invalid);
    for (const double limit : {-1.0, qQNaN(), qInf()})
        QCOMPARE(callClock(m_stranger, u"StepClock"_s, {limit}).errorName(), invalid);
    // Arguments of other types are no such method to QtDBus.
    QCOMPARE(callClock(m_stranger, u"StepClock"_s, {u"now"_s}).type(), QDBusMessage::ErrorMessage);
    QCOMPARE(callClock(m_stranger, u"AddSource"_s, {u"time.example.org"_s}).type(), QDBusMessage::ErrorMessage);
    QVERIFY(m_asked.isNothing());
}

void TestRequests::removeSourceReachesTheEngine()
{
    const auto remove = [&](const QString& path) {
        return callClock(m_stranger, u"RemoveSource"_s, {QVariant::fromValue(QDBusObjectPath(path))});
    };
    QCOMPARE(remove(u"/org/foliot/Foliot1/source/3"_s).type(), QDBusMessage::ReplyMessage);
    QCOMPARE(m_asked.removed, QList<quint32>{3});
    QCOMPARE(remove(u"/org/foliot/Foliot1/source/77"_s).errorName(), QString(bus::errorNoSuchSource));
    for (const QString& path : {u"/"_s, u"/org/foliot/Foliot1"_s, u"/org/foliot/Foliot1/source/x"_s,
             u"/org/foliot/Foliot1/source/4294967297"_s})
        QCOMPARE(remove(path).errorName(), QString(bus::errorNoSuchSource));
    QCOMPARE(m_asked.removed, (QList<quint32>{3, 77}));
}

void TestRequests::lostBusSaysNothingOfACaller()
{
    bool isAnswered = false;
    daemon::askForUser(
        QDBusConnection(u"no such connection"_s), u":1.7"_s, this, [&isAnswered](std::optional<uint> user) {
            isAnswered = true;
            QVERIFY(!user);
        });
    QVERIFY(isAnswered);
}

void TestRequests::refreshReachesTheEngine()
{
    QCOMPARE(callClock(m_stranger, u"Refresh"_s).type(), QDBusMessage::ReplyMessage);
    QCOMPARE(m_asked.refreshes, 1);
}

void TestRequests::servingReachesTheServer()
{
    const QDBusMessage on = callServer(m_stranger, u"SetServing"_s, {true, false});
    QCOMPARE(on.errorMessage(), QString());
    QCOMPARE(on.arguments(), QVariantList{QStringList{u"192.0.2.1:123"_s}});
    QCOMPARE(callServer(m_stranger, u"SetServing"_s, {false, true}).arguments(), QVariantList{QStringList()});
    QCOMPARE(m_asked.served, (QList<std::pair<bool, bool>>{{true, false}, {false, true}}));
}

void TestRequests::servingFailsByName_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("name");
    QTest::newRow("on no address") << static_cast<int>(ServingError::Kind::NotServed) << QString(bus::errorNotServed);
    QTest::newRow("not kept") << static_cast<int>(ServingError::Kind::NotKept) << QString(bus::errorNotKept);
}

void TestRequests::servingFailsByName()
{
    QFETCH(const int, kind);
    QFETCH(const QString, name);
    daemon::Commands commands = recordInto(m_asked);
    commands.server.serve = [kind](bool, bool) -> std::expected<QStringList, ServingError> {
        return std::unexpected(ServingError{static_cast<ServingError::Kind>(kind), u"the reason"_s});
    };
    start(std::move(commands));
    const QDBusMessage reply = callServer(m_stranger, u"SetServing"_s, {true, true});
    QCOMPARE(reply.errorName(), name);
    QVERIFY2(reply.errorMessage().contains("the reason"_L1), qPrintable(reply.errorMessage()));
}

void TestRequests::clientsAreListed()
{
    const QDBusMessage reply = callServer(m_stranger, u"Clients"_s, {5U});
    QCOMPARE(reply.errorMessage(), QString());
    QCOMPARE(reply.signature(), u"a(sttttttu)"_s);
    QCOMPARE(qdbus_cast<bus::ServedClients>(reply.arguments().first()),
        (bus::ServedClients{{.address = u"2001:db8:0:1::/64"_s,
            .firstSeenUSec = 1'800'000'000'000'000,
            .lastSeenUSec = 1'800'000'064'000'000,
            .received = 3,
            .answered = 2,
            .limited = 1,
            .authenticated = 2,
            .version = 4}}));
    QCOMPARE(m_asked.clients, QList<std::size_t>{5});
    for (const uint most : {0U, 10'001U})
        QCOMPARE(callServer(m_stranger, u"Clients"_s, {most}).errorName(), u"org.freedesktop.DBus.Error.InvalidArgs"_s);
}

void TestRequests::clientsThatNobodyRemembersAreAnError()
{
    daemon::Commands commands = recordInto(m_asked);
    commands.server.clients = [](std::size_t) { return std::nullopt; };
    start(std::move(commands));
    QCOMPARE(callServer(m_stranger, u"Clients"_s, {5U}).errorName(), QString(bus::errorNotRecorded));
}

void TestRequests::stepAnswersWhenTheClockWasSet()
{
    const auto call = beginStep(0.5);
    QCOMPARE(m_asked.steps.first(), Nanoseconds(500'000'000));
    QVERIFY(!call->isFinished());
    // A second person asks meanwhile: one step, two answers.
    QDBusMessage message =
        QDBusMessage::createMethodCall(bus::serviceName, bus::rootPath, bus::clockInterface, u"StepClock"_s);
    message << 0.0;
    const QDBusPendingCallWatcher second(m_stranger.asyncCall(message));
    QCOMPARE(callClock(m_stranger, u"Refresh"_s).type(), QDBusMessage::ReplyMessage); // comes after the second
    m_asked.stepDone(StepOutcome::Done);
    QTRY_VERIFY(call->isFinished() && second.isFinished());
    QCOMPARE(call->reply().type(), QDBusMessage::ReplyMessage);
    QCOMPARE(second.reply().type(), QDBusMessage::ReplyMessage);
    QCOMPARE(m_asked.steps.size(), 1);
}

void TestRequests::whoeverAsksWhileAStepIsRefusedHasTheirOwn()
{
    const auto first = beginStep(0.5);
    const auto ask = [this](double limit, bool mayBeAsked) {
        QDBusMessage message =
            QDBusMessage::createMethodCall(bus::serviceName, bus::rootPath, bus::clockInterface, u"StepClock"_s);
        message << limit;
        message.setInteractiveAuthorizationAllowed(mayBeAsked);
        return m_stranger.asyncCall(message);
    };
    const QDBusPendingCallWatcher second(ask(0.0, true));
    const QDBusPendingCallWatcher third(ask(0.001, false));
    const QDBusPendingCallWatcher fourth(ask(0.75, false));
    QCOMPARE(callClock(m_stranger, u"Refresh"_s).type(), QDBusMessage::ReplyMessage); // comes after them
    QCOMPARE(m_asked.steps.size(), 1);                                                // one at a time
    m_asked.stepDone(StepOutcome::Refused);
    QTRY_VERIFY(first->isFinished());
    QCOMPARE(first->error().type(), QDBusError::AccessDenied);

    QTRY_COMPARE(m_asked.steps.size(), 2);
    QVERIFY(!second.isFinished());
    QCOMPARE(m_asked.steps.last(), Nanoseconds::max());
    QVERIFY(m_asked.people.last().mayBeAsked);
    sync::State state = sampleState();
    state.estimate.offset = Seconds(0.6);
    m_publisher->update(state, sampleSources());
    m_asked.stepDone(StepOutcome::Unavailable);
    QTRY_VERIFY(second.isFinished());
    QCOMPARE(second.error().name(), QString(bus::errorClockUnavailable));

    QTRY_VERIFY(third.isFinished()); // the error has grown beyond it meanwhile
    QCOMPARE(third.error().name(), QString(bus::errorStepTooLarge));
    QTRY_COMPARE(m_asked.steps.size(), 3);
    QCOMPARE(m_asked.steps.last(), Nanoseconds(750'000'000));
    m_asked.stepDone(StepOutcome::Done);
    QTRY_VERIFY(fourth.isFinished());
    QCOMPARE(fourth.reply().type(), QDBusMessage::ReplyMessage);
}

void TestRequests::whoeverLeavesWhileAStepIsUnderWayHasNone()
{
    const auto first = beginStep();
    QDBusConnection leaver = bus::openConnection(m_choice);
    const auto ask = [](const QDBusConnection& connection, double limit) {
        QDBusMessage message =
            QDBusMessage::createMethodCall(bus::serviceName, bus::rootPath, bus::clockInterface, u"StepClock"_s);
        return connection.asyncCall(message << limit);
    };
    (void)ask(leaver, 0.6);
    QCOMPARE(callClock(leaver, u"Refresh"_s).type(), QDBusMessage::ReplyMessage); // comes after it
    const QString name = leaver.baseService();
    QDBusConnection::disconnectFromBus(std::exchange(leaver, QDBusConnection(QString())).name());
    const QDBusPendingCallWatcher stayer(ask(m_stranger, 0.75));
    QTRY_VERIFY(!m_stranger.interface()->isServiceRegistered(name).value());
    QCOMPARE(callClock(m_stranger, u"Refresh"_s).type(), QDBusMessage::ReplyMessage); // and the daemon knows
    m_asked.stepDone(StepOutcome::Refused);
    QTRY_COMPARE(m_asked.steps.size(), 2);
    QCOMPARE(m_asked.steps.last(), Nanoseconds(750'000'000));
    m_asked.stepDone(StepOutcome::Done);
    QTRY_VERIFY(stayer.isFinished());
    QCOMPARE(stayer.reply().type(), QDBusMessage::ReplyMessage);
}

void TestRequests::stepThatDoesNotHappenIsAnError_data()
{
    QTest::addColumn<int>("outcome");
    QTest::addColumn<QString>("name");
    const auto row = [](const char* tag, StepOutcome outcome, const QString& name) {
        QTest::newRow(tag) << static_cast<int>(outcome) << name;
    };
    row("nobody allowed it", StepOutcome::Refused, u"org.freedesktop.DBus.Error.AccessDenied"_s);
    row("declined", StepOutcome::Declined, bus::errorStepTooLarge);
    row("failed", StepOutcome::Unavailable, bus::errorClockUnavailable);
    row("no answer", StepOutcome::Unanswered, bus::errorClockUnavailable);
}

void TestRequests::stepThatDoesNotHappenIsAnError()
{
    QFETCH(const int, outcome);
    QFETCH(const QString, name);
    const auto call = beginStep();
    QCOMPARE(m_asked.steps.first(), Nanoseconds::max());
    m_asked.stepDone(static_cast<StepOutcome>(outcome));
    QTRY_VERIFY(call->isFinished());
    QCOMPARE(call->error().name(), name);
    QVERIFY(!call->error().message().isEmpty());
}

void TestRequests::stepIsAskedOfThePersonBehindIt()
{
    const auto call = beginStep();
    QCOMPARE(m_asked.people, (QList{daemon::Person{.program = m_stranger.baseService(), .mayBeAsked = false}}));
    m_asked.stepDone(StepOutcome::Done);
    QTRY_VERIFY(call->isFinished());
    QDBusMessage message =
        QDBusMessage::createMethodCall(bus::serviceName, bus::rootPath, bus::clockInterface, u"StepClock"_s);
    message << 0.0;
    message.setInteractiveAuthorizationAllowed(true);
    const QDBusPendingCallWatcher second(m_stranger.asyncCall(message));
    QTRY_COMPARE(m_asked.people.size(), 2);
    QVERIFY(m_asked.people.last().mayBeAsked);
    m_asked.stepDone(StepOutcome::Done);
    QTRY_VERIFY(second.isFinished());
}

void TestRequests::stepBeyondTheLimitIsRefused()
{
    sync::State state = sampleState();
    state.estimate.offset = Seconds(-2.0);
    m_publisher->update(state, sampleSources());
    const QDBusMessage reply = callClock(m_stranger, u"StepClock"_s, {1.5});
    QCOMPARE(reply.errorName(), QString(bus::errorStepTooLarge));
    QVERIFY2(reply.errorMessage().contains("-2 s"_L1), qPrintable(reply.errorMessage()));
    QVERIFY(m_asked.isNothing());
}

void TestRequests::stepWithoutAnEstimateIsRefused()
{
    m_publisher->update({}, sampleSources());
    QCOMPARE(callClock(m_stranger, u"StepClock"_s, {0.0}).errorName(), QString(bus::errorNotSynchronized));
    QVERIFY(m_asked.isNothing());
}

void TestRequests::whatWasDoneIsPublishedBeforeTheAnswer()
{
    using std::chrono_literals::operator""h;
    start(recordInto(m_asked), getuid(), {.interval = 1h, .gather = 1h, .counters = 1h});
    m_publisher->setServer([this] {
        return daemon::ServerReport{.addresses = m_asked.served.isEmpty() ? QStringList() : QStringList{u"[::]:123"_s}};
    });
    const auto addresses = [this] { return property(bus::serverPath, bus::serverInterface, u"Addresses"_s); };
    const auto steps = [this] { return property(bus::rootPath, bus::clockInterface, u"StepCount"_s); };
    QCOMPARE(addresses(), QVariant(QStringList()));
    QCOMPARE(callServer(m_stranger, u"SetServing"_s, {true, false}).errorMessage(), QString());
    QCOMPARE(addresses(), QVariant(QStringList{u"[::]:123"_s}));

    const auto call = beginStep();
    sync::State state = sampleState();
    state.steps = 9;
    m_publisher->update(state, sampleSources());
    QCOMPARE(steps(), QVariant(1U)); // gathered, unless somebody is answered
    m_asked.stepDone(StepOutcome::Done);
    QTRY_VERIFY(call->isFinished());
    QCOMPARE(steps(), QVariant(9U));
}

void TestRequests::otherUsersChangeNothing_76()
{
    start(recordInto(m_asked), getuid() + 1);
    QCOMPARE(callsNotDenied(m_stranger), QStringList());
    QVERIFY(m_asked.isNothing());
    // Looking is free.
    QCOMPARE(callClock(m_stranger, u"History"_s, {60.0, 10U}).type(), QDBusMessage::ReplyMessage);
}

QTEST_GUILESS_MAIN(TestRequests)
#include "test_requests.moc"
