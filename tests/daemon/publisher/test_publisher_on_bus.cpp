// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How the publisher gets onto its bus and back to it, and how it looks from there.

#include "daemon/publisher/publisher_test.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;
using namespace foliot;
using namespace foliot::tests;

class TestPublisherOnBus : public PublisherTest {
    Q_OBJECT
private Q_SLOTS:
    void takenNameIsAnErrorThatNamesTheOther();
    void refusedNameIsAnErrorThatSaysSo();
    void busThatIsNotThereYetIsFound();
    void lostBusIsFoundAgain();
    void busctlAndGdbusSeeEveryMember();
};

void TestPublisherOnBus::takenNameIsAnErrorThatNamesTheOther()
{
    publishSample();
    Asked asked;
    const auto second = makePublisher(m_choice, asked);
    const auto started = second->start();
    QVERIFY(!started);
    QVERIFY2(started.error().contains(QString::number(getpid())), qPrintable(started.error()));
    QVERIFY(!second->isOnBus());
    QVERIFY(m_publisher->isOnBus());
}

void TestPublisherOnBus::refusedNameIsAnErrorThatSaysSo()
{
    PrivateBus strict({.kind = PrivateBus::Kind::System}); // no policy lets anybody have our name
    QVERIFY2(strict.start(), qPrintable(strict.problem()));
    Asked asked;
    const auto publisher = makePublisher({.kind = bus::BusKind::System, .address = strict.address()}, asked);
    const auto started = publisher->start();
    QVERIFY(!started);
    QVERIFY2(started.error().contains(bus::serviceName), qPrintable(started.error()));
}

void TestPublisherOnBus::busThatIsNotThereYetIsFound()
{
    PrivateBus late;
    Asked asked;
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"cannot be reached"_s));
    const auto publisher = makePublisher({.kind = bus::BusKind::Session, .address = late.address()}, asked);
    publisher->update(sampleState(), sampleSources());
    QVERIFY(publisher->start());
    QVERIFY(!publisher->isOnBus());
    QVERIFY2(late.start(), qPrintable(late.problem()));
    QTRY_VERIFY(publisher->isOnBus());
}

void TestPublisherOnBus::lostBusIsFoundAgain()
{
    publishSample();
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"was lost"_s));
    m_bus->stop();
    QTRY_VERIFY(!m_publisher->isOnBus());
    // Meanwhile the timekeeping goes on.
    sync::State state = sampleState();
    state.steps = 7;
    daemon::SourceInfos sources = sampleSources();
    sources.erase(liarId);
    m_publisher->update(state, sources);
    QVERIFY2(m_bus->start(), qPrintable(m_bus->problem()));
    QTRY_VERIFY_WITH_TIMEOUT(m_publisher->isOnBus(), 10'000);

    const QDBusConnection fresh = bus::openConnection(m_choice);
    QTRY_COMPARE(qdbus_cast<QVariantMap>(
                     callFrom(fresh, bus::rootPath, propertiesInterface, u"GetAll"_s, {QString(bus::clockInterface)})
                         .arguments()
                         .value(0))
                     .value(u"StepCount"_s),
        7U);
    const QDBusMessage gone = callFrom(
        fresh, u"/org/foliot/Foliot1/source/3"_s, propertiesInterface, u"GetAll"_s, {QString(bus::sourceInterface)});
    QCOMPARE(gone.type(), QDBusMessage::ErrorMessage);
    QDBusConnection::disconnectFromBus(fresh.name());
}

void TestPublisherOnBus::busctlAndGdbusSeeEveryMember()
{
    publishSample();
    const RunResult busctl = runMeanwhile(
        {u"busctl"_s, u"--address="_s + m_bus->address(), u"introspect"_s, bus::serviceName, bus::rootPath}, {});
    QCOMPARE(busctl.exitCode, 0);
    for (const auto& member : {".AddSource", ".RemoveSource", ".Refresh", ".StepClock", ".History",
             ".GetManagedObjects", ".InterfacesAdded", ".PropertiesChanged"})
        QVERIFY2(busctl.output.contains(QLatin1StringView(member)), qPrintable(busctl.output));
    const QVariantMap clock = properties(bus::rootPath, bus::clockInterface);
    for (const QString& property : clock.keys())
        QVERIFY2(busctl.output.contains(u'.' + property + u' '), qPrintable(property));
    QVERIFY2(busctl.output.contains("a(tddddd)"_L1), qPrintable(busctl.output));

    const RunResult tree =
        runMeanwhile({u"busctl"_s, u"--address="_s + m_bus->address(), u"tree"_s, u"--list"_s, bus::serviceName}, {});
    QVERIFY2(tree.output.contains("/org/foliot/Foliot1/source/2\n"_L1), qPrintable(tree.output));

    const RunResult gdbus = runMeanwhile({u"gdbus"_s, u"introspect"_s, u"--address"_s, m_bus->address(), u"--dest"_s,
                                             bus::serviceName, u"--object-path"_s, u"/org/foliot/Foliot1/source/1"_s},
        {});
    QCOMPARE(gdbus.exitCode, 0);
    QVERIFY2(gdbus.output.contains("readonly s Verdict = 'selected';"_L1), qPrintable(gdbus.output));
    QVERIFY2(gdbus.output.contains("readonly a{st} Rejected = {};"_L1), qPrintable(gdbus.output));
}

QTEST_GUILESS_MAIN(TestPublisherOnBus)
#include "test_publisher_on_bus.moc"
