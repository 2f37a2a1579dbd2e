// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The client library against the real publisher on a real bus.

#include "bus/client/client.h"
#include "daemon/publisher/published_daemon.h"

#include <QDBusConnectionInterface>
#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QSignalSpy>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace foliot;
using namespace foliot::tests;
using bus::Availability;
using bus::Client;

class TestClient : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_bus = std::make_unique<PrivateBus>();
        QVERIFY2(m_bus->start(), qPrintable(m_bus->problem()));
        m_choice = {.kind = bus::BusKind::Session, .address = m_bus->address()};
        m_asked = {};
        m_client = std::make_unique<Client>(m_choice);
    }
    void cleanup()
    {
        m_client.reset();
        m_publisher.reset();
        m_bus.reset();
    }

    void clockAndSourcesBecomeValues();
    void changesFollow();
    void serverFollows();
    void daemonThatComesLaterIsNoticed();
    void nothingStaleIsLeftWhenTheDaemonGoes();
    void daemonThatIsReplacedIsReadAgain();
    void lookingDoesNotStartTheDaemon();
    void busThatIsLostAndComesBackIsFound();
    void noBusIsSaidAtOnce();
    void brokenDaemonIsSaidAndAskedAgain();
    void signalsOfStrangersAreIgnored();
    void requestsGoThrough();
    void requestsWithoutADaemonFailAtOnce();
    void unknownAndWrongPropertiesDoNoHarm();

private:
    void startDaemon()
    {
        m_publisher = makePublisher(m_choice, m_asked);
        m_publisher->update(sampleState(), sampleSources());
        const auto started = m_publisher->start();
        QVERIFY2(started, qPrintable(started.error_or(QString())));
    }
    void follow()
    {
        startDaemon();
        m_client->start();
        QTRY_COMPARE(m_client->clock().condition, bus::Condition::Synchronized);
        QVERIFY(m_client->isAvailable());
    }

    std::unique_ptr<PrivateBus> m_bus;
    bus::BusChoice m_choice;
    Asked m_asked;
    std::unique_ptr<daemon::Publisher> m_publisher;
    std::unique_ptr<Client> m_client;
};

void TestClient::clockAndSourcesBecomeValues()
{
    QCOMPARE(m_client->availability(), Availability::Asking);
    QSignalSpy added(m_client.get(), &Client::sourceAdded);
    follow();
    QCOMPARE(added.size(), 3);
    const bus::ClockData expectedClock{.version = u"1.2.3"_s,
        .condition = bus::Condition::Synchronized,
        .clockType = bus::ClockType::Simulated,
        .clockFault = bus::ClockFault::None,
        .steering = true,
        .asOfBoottimeUSec = 5'000'000'000,
        .lastUpdateBoottimeUSec = 4'990'000'000,
        .offsetSeconds = -0.0000125,
        .uncertaintySeconds = 0.00008,
        .boundSeconds = 0.00079,
        .boundGrowthPpm = 15.5,
        .frequencyPpm = -12.75,
        .frequencyUncertaintyPpm = 0.05,
        .jitterSeconds = 0.00002,
        .stratum = 2,
        .referenceId = u"192.0.2.1"_s,
        .leap = bus::Leap::None,
        .rootDelaySeconds = 0.002,
        .rootDispersionSeconds = 0.00075,
        .hasAgreement = true,
        .agreementLowSeconds = -0.001,
        .agreementHighSeconds = 0.0011,
        .selectedSource = 1,
        .stepCount = 1,
        .lastStepSeconds = -0.08,
        .serverEnabled = true};
    QCOMPARE(m_client->clock(), expectedClock);
    const bus::SourceData expectedSource{.id = 2,
        .name = u"ntp2.example.org"_s,
        .address = u"2001:db8::2"_s,
        .port = 123,
        .origin = bus::Origin::Pool,
        .authentication = bus::Authentication::None,
        .burst = true,
        .minPoll = 6,
        .maxPoll = 10,
        .verdict = bus::Verdict::Combined,
        .reason = bus::Reason::Agrees,
        .reach = 0b1111'0111,
        .pollSeconds = 64,
        .lastAnswerBoottimeUSec = 4'980'000'000,
        .stratum = 1,
        .referenceId = u"GPS"_s,
        .leap = bus::Leap::None,
        .ntpVersion = 4,
        .hasEstimate = true,
        .offsetSeconds = 0.00004,
        .offsetUncertaintySeconds = 0.00002,
        .lastOffsetSeconds = 0.0003,
        .lastDelaySeconds = 0.002,
        .delaySeconds = 0.0015,
        .jitterSeconds = 0.00003,
        .frequencyPpm = 0.01,
        .rootDelaySeconds = 0.0005,
        .rootDispersionSeconds = 0.00025,
        .rootDistanceSeconds = 0.00125,
        .hasInterval = true,
        .intervalLowSeconds = 0.00004 - 0.00125,
        .intervalHighSeconds = 0.00004 + 0.00125,
        .timestampOrigin = bus::TimestampOrigin::Kernel,
        .queries = 20,
        .answers = 19};
    QVERIFY(m_client->source(2));
    QCOMPARE(*m_client->source(2), expectedSource);
    QCOMPARE(m_client->sources().size(), 3UL);
    QVERIFY(!m_client->source(9));
    // What is behind the values, for programs.
    QCOMPARE(m_client->clockProperties().value(u"Sources"_s).toStringList().size(), 3);
    QCOMPARE(m_client->sourceProperties(2).value(u"Options"_s).toMap().value(u"maxpoll"_s), 10);
}

void TestClient::changesFollow()
{
    follow();
    QSignalSpy changed(m_client.get(), &Client::sourceChanged);
    QSignalSpy added(m_client.get(), &Client::sourceAdded);
    QSignalSpy removed(m_client.get(), &Client::sourceRemoved);
    sync::State state = sampleState();
    state.steps = 5;
    state.sources[1].verdict = sync::Verdict::Outlier;
    state.sources[1].rejected[0] = 2;
    daemon::SourceInfos sources = sampleSources();
    sources.erase(liarId);
    const sync::SourceId newId{4};
    sources.emplace(newId, sampleInfo(newId, u"new.example.org"_s, {}, daemon::SourceOrigin::Added));
    m_publisher->update(state, sources);
    QTRY_COMPARE(m_client->clock().stepCount, 5U);
    QTRY_COMPARE(m_client->source(2)->verdict, bus::Verdict::Outlier);
    QCOMPARE(m_client->source(2)->rejected, (bus::CountByReason{{u"too-short"_s, 2}}));
    QCOMPARE(m_client->source(2)->name, u"ntp2.example.org"_s); // what did not change stays
    QCOMPARE(added, (QList<QVariantList>{{4U}}));
    QCOMPARE(removed, (QList<QVariantList>{{3U}}));
    QVERIFY(changed.contains(QVariantList{2U}));
    QCOMPARE(m_client->source(4)->origin, bus::Origin::Added);
    QVERIFY(!m_client->source(3));
}

void TestClient::serverFollows()
{
    follow();
    QCOMPARE(m_client->server(), (bus::ServerData{.wantedBy = bus::ServingWish::Nobody}));
    const QSignalSpy changed(m_client.get(), &Client::serverChanged);
    m_publisher->setServer([] {
        return daemon::ServerReport{.wish = daemon::ServingWish::KeptRequest,
            .addresses = {u"192.0.2.1:123"_s},
            .problems = {u"cannot serve on [::]:123"_s}};
    });
    QTRY_COMPARE(m_client->server(), (bus::ServerData{.wantedBy = bus::ServingWish::KeptRequest,
                                         .addresses = {u"192.0.2.1:123"_s},
                                         .problems = {u"cannot serve on [::]:123"_s}}));
    QVERIFY(m_client->server().isWanted());
    QVERIFY(!changed.isEmpty());
    QCOMPARE(m_client->ntsServer(), bus::NtsServerData());
    m_publisher->setNtsServer([] { return sampleNtsServerReport(); });
    QTRY_COMPARE(m_client->ntsServer(), (bus::NtsServerData{.wanted = true,
                                            .addresses = {u"192.0.2.1:4460"_s},
                                            .problems = {u"/b.pem: no certificate in it"_s},
                                            .certificates = {{.file = u"/a.pem"_s,
                                                                 .problem = {},
                                                                 .names = {u"nts.example.org"_s, u"ntp1.example.org"_s},
                                                                 .issuer = u"Example Authority"_s,
                                                                 .expiresUSec = 1'806'000'000'000'000},
                                                {.file = u"/b.pem"_s, .problem = u"/b.pem: no certificate in it"_s}},
                                            .keyExchanges = 20,
                                            .refused = {{u"tls-failed"_s, 3}, {u"no-room"_s, 1}},
                                            .connections = 2,
                                            .mostConnections = 100,
                                            .cookieKeys = 3,
                                            .cookieKeyMadeBoottimeUSec = -1'000'000,
                                            .nextCookieKeyBoottimeUSec = 86'399'000'000}));
    const QDBusPendingCallWatcher on(m_client->setServing(true, false));
    QTRY_VERIFY(on.isFinished());
    QCOMPARE(m_asked.served, (QList<std::pair<bool, bool>>{{true, false}}));
    m_publisher.reset();
    QTRY_COMPARE(m_client->server(), bus::ServerData());
    QCOMPARE(m_client->ntsServer(), bus::NtsServerData());
}

void TestClient::daemonThatComesLaterIsNoticed()
{
    m_client->start();
    QTRY_COMPARE(m_client->availability(), Availability::Absent);
    QSignalSpy availability(m_client.get(), &Client::availabilityChanged);
    startDaemon();
    QTRY_COMPARE(m_client->availability(), Availability::Present);
    QCOMPARE(availability.last().first().value<Availability>(), Availability::Present);
    QCOMPARE(m_client->sources().size(), 3UL);
}

void TestClient::nothingStaleIsLeftWhenTheDaemonGoes()
{
    follow();
    QSignalSpy removed(m_client.get(), &Client::sourceRemoved);
    QSignalSpy changed(m_client.get(), &Client::clockChanged);
    m_publisher.reset();
    QTRY_COMPARE(m_client->availability(), Availability::Absent);
    QCOMPARE(removed.size(), 3);
    QVERIFY(!changed.isEmpty());
    QCOMPARE(m_client->clock(), bus::ClockData());
    QVERIFY(m_client->sources().empty());
    QVERIFY(m_client->clockProperties().isEmpty());
}

void TestClient::daemonThatIsReplacedIsReadAgain()
{
    follow();
    m_publisher.reset();
    m_publisher = makePublisher(m_choice, m_asked);
    daemon::SourceInfos sources = sampleSources();
    sources.erase(goodId);
    sync::State state = sampleState();
    state.steps = 6;
    m_publisher->update(state, sources);
    QVERIFY(m_publisher->start());
    QTRY_COMPARE(m_client->clock().stepCount, 6U);
    QCOMPARE(m_client->sources().size(), 2UL);
}

void TestClient::lookingDoesNotStartTheDaemon()
{
    const QTemporaryDir services;
    const QString trace = services.filePath(u"started"_s);
    QFile service(services.filePath(u"org.foliot.Foliot1.service"_s));
    QVERIFY(service.open(QIODevice::WriteOnly));
    service.write("[D-BUS Service]\nName=org.foliot.Foliot1\nExec=/usr/bin/touch " + trace.toUtf8() + '\n');
    service.close();
    PrivateBus bus({.serviceDirs = {services.path()}});
    QVERIFY2(bus.start(), qPrintable(bus.problem()));
    Client client({.kind = bus::BusKind::Session, .address = bus.address()});
    client.start();
    QTRY_COMPARE(client.availability(), Availability::Absent);
    QVERIFY(!QFile::exists(trace));
}

void TestClient::busThatIsLostAndComesBackIsFound()
{
    follow();
    m_bus->stop();
    QTRY_COMPARE(m_client->availability(), Availability::NoBus);
    QVERIFY(m_client->sources().empty());
    QVERIFY(!m_client->problem().isEmpty());
    QVERIFY2(m_bus->start(), qPrintable(m_bus->problem()));
    QTRY_COMPARE_WITH_TIMEOUT(m_client->availability(), Availability::Present, 10'000);
    QCOMPARE(m_client->sources().size(), 3UL);
}

void TestClient::noBusIsSaidAtOnce()
{
    Client client({.kind = bus::BusKind::Session, .address = u"unix:path=/nonexistent/bus"_s});
    client.start();
    QCOMPARE(client.availability(), Availability::NoBus);
    QVERIFY(!client.problem().isEmpty());
}

void TestClient::brokenDaemonIsSaidAndAskedAgain()
{
    // Somebody has the name and no objects.
    QDBusConnection broken = bus::openConnection(m_choice);
    QVERIFY(broken.registerService(bus::serviceName));
    m_client->start();
    QTRY_COMPARE(m_client->availability(), Availability::NotAnswering);
    // A daemon that does not take a call answers in the same words of QtDBus, which help nobody.
    QCOMPARE(m_client->problem(),
        u"More calls come in over the bus than the Foliot service can answer: try again in a few seconds."_s);
    QDBusConnection::disconnectFromBus(broken.name());
    broken = QDBusConnection(QString());
    startDaemon();
    QTRY_COMPARE(m_client->availability(), Availability::Present);
    QCOMPARE(m_client->problem(), QString());
}

void TestClient::signalsOfStrangersAreIgnored()
{
    follow();
    const QDBusConnection stranger = bus::openConnection(m_choice);
    auto forged =
        QDBusMessage::createSignal(bus::rootPath, u"org.freedesktop.DBus.Properties"_s, u"PropertiesChanged"_s);
    forged << QString(bus::clockInterface) << QVariantMap{{u"Version"_s, u"forged"_s}} << QStringList();
    QVERIFY(stranger.send(forged));
    auto removal =
        QDBusMessage::createSignal(bus::rootPath, u"org.freedesktop.DBus.ObjectManager"_s, u"InterfacesRemoved"_s);
    removal << QVariant::fromValue(QDBusObjectPath(u"/org/foliot/Foliot1/source/1"_s))
            << QStringList{bus::sourceInterface};
    QVERIFY(stranger.send(removal));
    // The stranger's next call is carried out after its signals went out; what the daemon then says comes later still.
    QCOMPARE(callClock(stranger, u"Refresh"_s).type(), QDBusMessage::ReplyMessage);
    sync::State state = sampleState();
    state.steps = 5;
    m_publisher->update(state, sampleSources());
    QTRY_COMPARE(m_client->clock().stepCount, 5U);
    QCOMPARE(m_client->clock().version, u"1.2.3"_s);
    QCOMPARE(m_client->sources().size(), 3UL);
    QDBusConnection::disconnectFromBus(stranger.name());
}

void TestClient::requestsGoThrough()
{
    follow();
    QDBusPendingCallWatcher refresh(m_client->refresh());
    QDBusPendingCallWatcher remove(m_client->removeSource(3));
    QDBusPendingCallWatcher unknown(m_client->removeSource(8));
    const auto add = m_client->addSource(u"time.example.org"_s, {{u"prefer"_s, true}});
    QDBusPendingCallWatcher addition(add);
    const auto history = m_client->history(60.0, 10);
    QDBusPendingCallWatcher past(history);
    QTRY_VERIFY(refresh.isFinished() && remove.isFinished() && unknown.isFinished() && addition.isFinished() &&
                past.isFinished());
    QVERIFY(!refresh.isError());
    QVERIFY(!remove.isError());
    QCOMPARE(unknown.error().name(), QString(bus::errorNoSuchSource));
    QCOMPARE(add.value().path(), u"/org/foliot/Foliot1/source/4"_s);
    QVERIFY(history.isValid());
    QCOMPARE(m_asked.refreshes, 1);
    // Each is carried out when it is known that it may be: in whatever order.
    std::ranges::sort(m_asked.removed);
    QCOMPARE(m_asked.removed, (QList<quint32>{3, 8}));
    QCOMPARE(m_asked.added.first().prefer, true);

    QDBusPendingCallWatcher step(m_client->stepClock(0.25));
    QTRY_COMPARE(m_asked.steps, QList{Nanoseconds(250'000'000)});
    m_asked.stepDone(daemon::StepOutcome::Done);
    QTRY_VERIFY(step.isFinished());
    QVERIFY(!step.isError());
}

void TestClient::requestsWithoutADaemonFailAtOnce()
{
    m_client->start();
    QTRY_COMPARE(m_client->availability(), Availability::Absent);
    const auto reply = m_client->refresh();
    QVERIFY(reply.isError());
    QCOMPARE(reply.error().type(), QDBusError::ServiceUnknown);
}

void TestClient::unknownAndWrongPropertiesDoNoHarm()
{
    const bus::ClockData clock = bus::clockFromProperties({{u"Condition"_s, u"enlightened"_s},
        {u"OffsetSeconds"_s, u"soon"_s}, {u"BoundSeconds"_s, qQNaN()}, {u"Stratum"_s, QVariantList{1, 2}},
        {u"SelectedSource"_s, u"/somewhere/else"_s}, {u"NewInThisVersion"_s, 5}});
    QCOMPARE(clock, bus::ClockData());
    QCOMPARE(bus::sourceFromProperties({{u"Reach"_s, QStringList()}, {u"Rejected"_s, 5}}), bus::SourceData());
    for (const QString& path : {u"/"_s, u"/org/foliot/Foliot1/source/"_s, u"/org/foliot/Foliot1/source/0"_s,
             u"/org/foliot/Foliot1/source/-1"_s, u"/org/foliot/Foliot1/source/1/x"_s})
        QVERIFY2(!bus::sourceIdFromPath(path), qPrintable(path));
    QCOMPARE(bus::sourceIdFromPath(bus::sourcePath(17).path()), 17U);
}

QTEST_GUILESS_MAIN(TestClient)
#include "test_client.moc"
