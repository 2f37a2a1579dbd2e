// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the publisher tells, and when.

#include "bus/client/call_error.h"
#include "daemon/publisher/publisher_test.h"

#include <QElapsedTimer>

using namespace Qt::StringLiterals;
using namespace foliot;
using namespace foliot::tests;

class TestPublisher : public PublisherTest {
    Q_OBJECT
private Q_SLOTS:
    void propertiesAreReadAsTheStateHoldsThem();
    void objectManagerListsClockAndSources();
    void changesAreGatheredAndTheLastOneArrives();
    void onlyWhatChangedIsSent();
    void nothingIsSentWhenNothingChanges();
    void whatIsReadWasAnnounced();
    void sourcesComeAndGoAtOnce();
    void selectedSourceIsNeverOneThatIsGone();
    void serverCountersMoveWithoutTheClock();
    void historyIsReadOverTheBus();
    void callsBeyondTheBudgetAreRefused();
};

void TestPublisher::propertiesAreReadAsTheStateHoldsThem()
{
    publishSample();
    const QVariantMap clock = properties(bus::rootPath, bus::clockInterface);
    const QVariantMap expected = daemon::clockProperties(
        sampleState(), sampleSources(), sampleFacts(), {}, daemon::newestUsedAnswer(sampleState()));
    QCOMPARE(clock.keys(), expected.keys());
    QCOMPARE(clock.value(u"FrequencyPpm"_s), expected.value(u"FrequencyPpm"_s));
    QCOMPARE(clock.value(u"AsOfBoottimeUSec"_s), expected.value(u"AsOfBoottimeUSec"_s));
    QCOMPARE(clock.value(u"Condition"_s), u"synchronized"_s);
    QCOMPARE(qdbus_cast<bus::ObjectPaths>(clock.value(u"Sources"_s)).size(), 3);

    const QVariantMap source = properties(u"/org/foliot/Foliot1/source/3"_s, bus::sourceInterface);
    QCOMPARE(source.value(u"Verdict"_s), u"falseticker"_s);
    QCOMPARE(source.value(u"OffsetSeconds"_s), 0.04);
    QCOMPARE(source.value(u"Reach"_s), QVariant::fromValue(quint8{0b1111'0111}));
    QCOMPARE(qdbus_cast<QVariantMap>(source.value(u"Options"_s)).value(u"maxpoll"_s), 10);

    const QDBusMessage one = callFrom(
        m_stranger, bus::rootPath, propertiesInterface, u"Get"_s, {QString(bus::clockInterface), u"Stratum"_s});
    QCOMPARE(one.arguments().value(0).value<QDBusVariant>().variant(), 2U);
    const QDBusMessage unknown = callFrom(
        m_stranger, bus::rootPath, propertiesInterface, u"Get"_s, {QString(bus::clockInterface), u"NoSuchThing"_s});
    QCOMPARE(unknown.type(), QDBusMessage::ErrorMessage);
    const QDBusMessage written = callFrom(m_stranger, bus::rootPath, propertiesInterface, u"Set"_s,
        {QString(bus::clockInterface), u"Stratum"_s, QVariant::fromValue(QDBusVariant(1U))});
    QCOMPARE(written.errorName(), u"org.freedesktop.DBus.Error.PropertyReadOnly"_s);
}

void TestPublisher::objectManagerListsClockAndSources()
{
    publishSample();
    const QDBusMessage reply = callFrom(m_stranger, bus::rootPath, objectManagerInterface, u"GetManagedObjects"_s);
    QCOMPARE(reply.signature(), u"a{oa{sa{sv}}}"_s);
    const auto objects = qdbus_cast<bus::ManagedObjects>(reply.arguments().value(0));
    QStringList paths;
    for (const QDBusObjectPath& path : objects.keys())
        paths.append(path.path());
    QCOMPARE(paths,
        (QStringList{u"/org/foliot/Foliot1"_s, u"/org/foliot/Foliot1/nts_server"_s, u"/org/foliot/Foliot1/server"_s,
            u"/org/foliot/Foliot1/source/1"_s, u"/org/foliot/Foliot1/source/2"_s, u"/org/foliot/Foliot1/source/3"_s}));
    const QVariantMap clock = objects.value(QDBusObjectPath(bus::rootPath)).value(bus::clockInterface);
    QCOMPARE(clock.value(u"BoundSeconds"_s), 0.00079);
    const QVariantMap source =
        objects.value(QDBusObjectPath(u"/org/foliot/Foliot1/source/2"_s)).value(bus::sourceInterface);
    QCOMPARE(source.value(u"Address"_s), u"2001:db8::2"_s);
}

void TestPublisher::changesAreGatheredAndTheLastOneArrives()
{
    publishSample();
    QElapsedTimer elapsed;
    elapsed.start();
    sync::State state = sampleState();
    // Forty changes of clock and source over three intervals.
    for (int change = 1; change <= 40; ++change) {
        state.estimate.jitter = Seconds(change);
        state.sources[0].jitter = Seconds(change);
        m_publisher->update(state, sampleSources());
        const qint64 until = change * 3 * quickTiming.interval.count() / 40;
        while (elapsed.elapsed() < until)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, 5);
    }
    const auto lastJitter = [&](const QString& path) {
        double jitter = 0.0;
        for (const Change& change : m_listener->changes) {
            if (change.path == path && change.changed.contains(u"JitterSeconds"_s))
                jitter = change.changed.value(u"JitterSeconds"_s).toDouble();
        }
        return jitter;
    };
    const QString source = u"/org/foliot/Foliot1/source/1"_s;
    QTRY_COMPARE(lastJitter(bus::rootPath), 40.0);
    QTRY_COMPARE(lastJitter(source), 40.0);
    const auto most = elapsed.elapsed() / quickTiming.interval.count() + 1;
    QVERIFY2(m_listener->countOf(bus::rootPath) <= most, qPrintable(m_listener->story.join(u' ')));
    QVERIFY2(m_listener->countOf(source) <= most, qPrintable(m_listener->story.join(u' ')));
    QVERIFY(m_listener->countOf(source) >= 2); // gathered, not kept back until the end
}

void TestPublisher::onlyWhatChangedIsSent()
{
    publishSample();
    sync::State state = sampleState();
    state.condition = sync::Condition::Holdover;
    state.sources[2].reach = 0;
    m_publisher->update(state, sampleSources());
    QTRY_COMPARE(m_listener->changes.size(), 2);
    const Change& clock = m_listener->changes[0];
    QCOMPARE(clock.path, QString(bus::rootPath));
    QCOMPARE(clock.interface, QString(bus::clockInterface));
    QCOMPARE(clock.changed, (QVariantMap{{u"Condition"_s, u"holdover"_s}}));
    QCOMPARE(clock.invalidated, QStringList());
    const Change& source = m_listener->changes[1];
    QCOMPARE(source.path, u"/org/foliot/Foliot1/source/3"_s);
    QCOMPARE(source.changed, (QVariantMap{{u"Reach"_s, QVariant::fromValue(quint8{0})}}));
}

void TestPublisher::nothingIsSentWhenNothingChanges()
{
    publishSample();
    m_publisher->update(sampleState(), sampleSources());
    // A change and back again before it is announced is none either.
    sync::State state = sampleState();
    state.estimate.jitter = Seconds(1.0);
    state.sources[0].jitter = Seconds(1.0);
    m_publisher->update(state, sampleSources());
    state = sampleState();
    state.steps = 9; // ends the wait
    m_publisher->update(state, sampleSources());
    QTRY_VERIFY(!m_listener->changes.isEmpty());
    QCOMPARE(m_listener->changes.size(), 1);
    QCOMPARE(m_listener->changes[0].changed, (QVariantMap{{u"StepCount"_s, 9U}}));
}

void TestPublisher::whatIsReadWasAnnounced()
{
    publishSample();
    sync::State state = sampleState();
    state.steps = 9;
    m_publisher->update(state, sampleSources());
    uint read = 0;
    do {
        read = properties(bus::rootPath, bus::clockInterface).value(u"StepCount"_s).toUInt();
        QVERIFY(read == 1 || !m_listener->changes.isEmpty());
    } while (read != 9);
}

void TestPublisher::sourcesComeAndGoAtOnce()
{
    publishSample();
    daemon::SourceInfos sources = sampleSources();
    const sync::SourceId newId{4};
    sources.erase(liarId);
    sources.emplace(newId, sampleInfo(newId, u"new.example.org"_s, {}, daemon::SourceOrigin::Kept));
    m_publisher->update(sampleState(), sources);
    // At once: in the first answer that can be had.
    const QVariantMap clock = properties(bus::rootPath, bus::clockInterface);
    QCOMPARE(qdbus_cast<bus::ObjectPaths>(clock.value(u"Sources"_s)),
        (bus::ObjectPaths{QDBusObjectPath(u"/org/foliot/Foliot1/source/1"_s),
            QDBusObjectPath(u"/org/foliot/Foliot1/source/2"_s), QDBusObjectPath(u"/org/foliot/Foliot1/source/4"_s)}));
    QTRY_VERIFY(m_listener->story.size() >= 3);
    QCOMPARE(m_listener->story.first(3),
        (QStringList{u"-/org/foliot/Foliot1/source/3"_s, u"+/org/foliot/Foliot1/source/4"_s, u"~"_s + bus::rootPath}));
    QCOMPARE(m_listener->changes.first().changed.keys(), QStringList{u"Sources"_s});
    const QVariantMap added = m_listener->added.value(u"/org/foliot/Foliot1/source/4"_s).value(bus::sourceInterface);
    QCOMPARE(added.value(u"Name"_s), u"new.example.org"_s);
    QCOMPARE(added.value(u"Origin"_s), u"kept"_s);
    QCOMPARE(added.value(u"Verdict"_s), u"waiting"_s);
    QCOMPARE(properties(u"/org/foliot/Foliot1/source/4"_s, bus::sourceInterface).value(u"Id"_s), 4U);
    QCOMPARE(properties(u"/org/foliot/Foliot1/source/3"_s, bus::sourceInterface), QVariantMap());
}

void TestPublisher::selectedSourceIsNeverOneThatIsGone()
{
    publishSample();
    QCOMPARE(properties(bus::rootPath, bus::clockInterface).value(u"SelectedSource"_s).value<QDBusObjectPath>().path(),
        u"/org/foliot/Foliot1/source/1"_s);
    daemon::SourceInfos sources = sampleSources();
    sources.erase(goodId);
    m_publisher->update(sampleState(), sources);
    QCOMPARE(properties(bus::rootPath, bus::clockInterface).value(u"SelectedSource"_s).value<QDBusObjectPath>().path(),
        u"/"_s);
}

void TestPublisher::serverCountersMoveWithoutTheClock()
{
    publishSample();
    daemon::ServerReport report{.counters = {.answered = 5}};
    m_publisher->setServer([&report] { return report; });
    QTRY_COMPARE(properties(bus::rootPath, bus::clockInterface).value(u"ServerAnswered"_s), 5ULL);
    report.addresses = {u"192.0.2.1:123"_s};
    report.counters.answered = 8;
    report.counters.overload = 2;
    report.counters.ofVersion[3] = 8;
    QTRY_COMPARE(properties(bus::rootPath, bus::clockInterface).value(u"ServerAnswered"_s), 8ULL);
    QCOMPARE(properties(bus::rootPath, bus::clockInterface).value(u"ServerDropped"_s), 2ULL);
    const QVariantMap server = properties(bus::serverPath, bus::serverInterface);
    QCOMPARE(server.value(u"Enabled"_s), true);
    QCOMPARE(server.value(u"Addresses"_s), (QStringList{u"192.0.2.1:123"_s}));
    QCOMPARE(server.value(u"Answered"_s), 8ULL);
    QCOMPARE(qdbus_cast<bus::CountByReason>(server.value(u"Dropped"_s)), (bus::CountByReason{{u"overload"_s, 2}}));
    QCOMPARE(qdbus_cast<bus::CountByReason>(server.value(u"AnsweredByVersion"_s)), (bus::CountByReason{{u"3"_s, 8}}));
    QCOMPARE(properties(bus::ntsServerPath, bus::ntsServerInterface).value(u"Wanted"_s), false);
    m_publisher->setNtsServer([] { return sampleNtsServerReport(); });
    QTRY_COMPARE(properties(bus::ntsServerPath, bus::ntsServerInterface).value(u"Wanted"_s), true);
    const QVariantMap nts = properties(bus::ntsServerPath, bus::ntsServerInterface);
    const auto certificates = qdbus_cast<bus::Dictionaries>(nts.value(u"Certificates"_s));
    QCOMPARE(certificates.size(), 2);
    QCOMPARE(certificates.front().value(u"issuer"_s), u"Example Authority"_s);
    QCOMPARE(nts.value(u"CookieKeyMadeBoottimeUSec"_s), qint64{-1'000'000});
    m_publisher->setNtsServer({});
    m_publisher->setServer({});
}

void TestPublisher::historyIsReadOverTheBus()
{
    publishSample();
    sync::State state = sampleState();
    // The publisher reads CLOCK_BOOTTIME to know how far back a request reaches, so the samples are of now.
    const auto record = [&](double offset) {
        timespec now{};
        clock_gettime(CLOCK_BOOTTIME, &now);
        state.asOf.boot = BootTime(std::chrono::seconds(now.tv_sec) + Nanoseconds(now.tv_nsec));
        state.estimate.offset = Seconds(offset);
        m_publisher->update(state, sampleSources());
        QTRY_COMPARE(properties(bus::rootPath, bus::clockInterface).value(u"OffsetSeconds"_s), offset);
    };
    record(0.001);
    record(0.002);
    const QDBusMessage reply = callClock(m_stranger, u"History"_s, {3600.0, 100U});
    QCOMPARE(reply.signature(), u"a(tddddd)"_s);
    const auto samples = qdbus_cast<bus::ClockSamples>(reply.arguments().value(0));
    QVERIFY(samples.size() >= 2);
    QCOMPARE(samples.last().offsetSeconds, 0.002);
    QCOMPARE(samples[samples.size() - 2].offsetSeconds, 0.001);
    QCOMPARE(samples.last().frequencyPpm, -12.75);
    for (const QVariantList& senseless :
        {QVariantList{3600.0, 0U}, QVariantList{3600.0, 10'001U}, QVariantList{0.0, 10U}, QVariantList{qQNaN(), 10U}}) {
        QCOMPARE(
            callClock(m_stranger, u"History"_s, senseless).errorName(), u"org.freedesktop.DBus.Error.InvalidArgs"_s);
    }
}

void TestPublisher::callsBeyondTheBudgetAreRefused()
{
    auto timing = quickTiming;
    timing.calls = std::chrono::nanoseconds(1); // one call at a stretch
    m_publisher = makePublisher(m_choice, m_asked, {}, timing);
    m_publisher->update(sampleState(), sampleSources());
    QVERIFY(m_publisher->start());
    auto question = QDBusMessage::createMethodCall(bus::serviceName, bus::rootPath, propertiesInterface, u"GetAll"_s);
    question << QString(bus::clockInterface);
    // They come in at their own pace: enough of them for some to come together, no more than a bus lets wait.
    qsizetype refused = 0;
    for (int round = 0; round < 50 && refused == 0; ++round) {
        std::vector<std::unique_ptr<QDBusPendingCallWatcher>> calls;
        for (int count = 0; count < 100; ++count)
            calls.push_back(std::make_unique<QDBusPendingCallWatcher>(m_stranger.asyncCall(question)));
        // Each hears something, and at once.
        QTRY_VERIFY(std::ranges::all_of(calls, [](const auto& call) { return call->isFinished(); }));
        refused = std::ranges::count_if(calls, [](const auto& call) { return bus::meansTooManyCalls(call->error()); });
    }
    QVERIFY(refused > 0);
    // Whoever asks alone is answered. In this thread, which is the publisher's too, the next question may come in the turn
    // of the last one.
    bool isAnswered = false;
    const auto ask = [this] {
        return callFrom(m_stranger, bus::rootPath, propertiesInterface, u"GetAll"_s, {QString(bus::clockInterface)});
    };
    QTRY_VERIFY(isAnswered || (isAnswered = ask().type() == QDBusMessage::ReplyMessage));
}

QTEST_GUILESS_MAIN(TestPublisher)
#include "test_publisher.moc"
