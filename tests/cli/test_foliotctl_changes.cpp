// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a person changes with the real foliotctl reaches the daemon, and its exit status says what became of it.

#include "cli/foliotctl_test.h"

#include "daemon/publisher/polkit_authorizer.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace foliot;
using namespace foliot::tests;

class TestFoliotctlChanges : public FoliotctlTest {
    Q_OBJECT
private Q_SLOTS:
    void changesReachTheDaemon();
    void failedChangesAreToldByTheirStatus();
    void sourceIsRemovedByNameWhenThatIsClear();
    void refusalIsToldByItsStatus();
};

void TestFoliotctlChanges::changesReachTheDaemon()
{
    startDaemon();
    const Outcome added =
        foliotctl({u"add"_s, u"time.example.org:1123"_s, u"--prefer"_s, u"--minpoll"_s, u"4"_s, u"--keep"_s});
    QCOMPARE(added.errors, QString());
    QCOMPARE(added.output, u"Added time.example.org:1123 as source 4.\n"_s);
    const config::Source expected{.address = "time.example.org", .port = 1123, .minPoll = 4, .prefer = true};
    QCOMPARE(m_asked.added, QList{expected});
    QCOMPARE(m_asked.kept, QList{true});
    const Outcome json = foliotctl({u"add"_s, u"192.0.2.9"_s, u"--json"_s});
    QCOMPARE(QJsonDocument::fromJson(json.output.toUtf8()).object(),
        (QJsonObject{{u"id"_s, 4}, {u"path"_s, u"/org/foliot/Foliot1/source/4"_s}}));

    QCOMPARE(foliotctl({u"remove"_s, u"3"_s}).output, u"Removed source 3.\n"_s);
    QCOMPARE(foliotctl({u"remove"_s, u"1"_s}).output,
        u"Removed source 1. It comes back at the next start: it is in the configuration file.\n"_s);
    QCOMPARE(m_asked.removed, (QList<quint32>{3, 1}));
    QCOMPARE(foliotctl({u"refresh"_s}).exitCode, 0);
    QCOMPARE(m_asked.refreshes, 1);

    QCOMPARE(foliotctl({u"serve"_s, u"on"_s, u"--keep"_s}).output, u"Time is served on 192.0.2.1:123.\n"_s);
    QCOMPARE(foliotctl({u"serve"_s, u"off"_s}).output, u"Time is served no longer.\n"_s);
    const Outcome served = foliotctl({u"serve"_s, u"on"_s, u"--json"_s});
    QCOMPARE(QJsonDocument::fromJson(served.output.toUtf8()).object(),
        (QJsonObject{{u"addresses"_s, QJsonArray{u"192.0.2.1:123"_s}}}));
    QCOMPARE(m_asked.served, (QList<std::pair<bool, bool>>{{true, true}, {false, false}, {true, false}}));

    const Outcome clients = foliotctl({u"server"_s, u"--clients"_s});
    QCOMPARE(clients.errors, QString());
    QVERIFY2(clients.output.contains("2001:db8:0:1::/64"_L1), qPrintable(clients.output));
    const auto listed = QJsonDocument::fromJson(foliotctl({u"server"_s, u"--clients"_s, u"--json"_s}).output.toUtf8())
                            .object()
                            .value("clients"_L1)
                            .toArray();
    QCOMPARE(listed.size(), 1);
    QCOMPARE(listed.first().toObject().value("lastSeenUSec"_L1).toInteger(), 1'800'000'064'000'000);

    Run step({u"step"_s, u"--limit"_s, u"0.5"_s}, m_bus->environment());
    QTRY_COMPARE(m_asked.steps, QList{Nanoseconds(500'000'000)});
    QVERIFY(step.isRunning());
    m_asked.stepDone(daemon::StepOutcome::Done);
    const Outcome stepped = step.outcome();
    QCOMPARE(stepped.exitCode, 0);
    QCOMPARE(stepped.output, u"The clock was set.\n"_s);
}

void TestFoliotctlChanges::failedChangesAreToldByTheirStatus()
{
    sync::State state = freshState();
    state.estimate.offset = Seconds(3.0);
    startDaemon(state);
    const Outcome step = foliotctl({u"step"_s, u"--limit"_s, u"0.5"_s});
    QCOMPARE(step.exitCode, 5);
    QVERIFY2(step.errors.contains("3 s would be needed"_L1), qPrintable(step.errors));
    const Outcome add = foliotctl({u"add"_s, u"not/an/address"_s});
    QCOMPARE(add.exitCode, 2);
    QVERIFY2(add.errors.contains("not/an/address"_L1), qPrintable(add.errors));
    QCOMPARE(foliotctl({u"add"_s, u"a.example"_s, u"--minpoll"_s, u"40"_s}).exitCode, 2);
    QCOMPARE(foliotctl({u"remove"_s, u"77"_s}).exitCode, 5);
    QCOMPARE(foliotctl({u"remove"_s, u"nobody.example"_s}).exitCode, 5);
    QCOMPARE(foliotctl({u"frobnicate"_s}).exitCode, 2);
    QVERIFY(m_asked.isNothing());
}

void TestFoliotctlChanges::sourceIsRemovedByNameWhenThatIsClear()
{
    startDaemon();
    QCOMPARE(foliotctl({u"remove"_s, u"NTP2.example.org"_s}).exitCode, 0);
    QCOMPARE(foliotctl({u"remove"_s, u"192.0.2.1"_s}).exitCode, 0); // the address of source 1
    QCOMPARE(m_asked.removed, (QList<quint32>{2, 1}));
    daemon::SourceInfos sources = sampleSources();
    sources.at(otherId).name = u"ntp1.example.org"_s;
    m_publisher.reset();
    m_publisher = makePublisher(m_choice, m_asked);
    m_publisher->update(freshState(), sources);
    QVERIFY(m_publisher->start());
    const Outcome unclear = foliotctl({u"remove"_s, u"ntp1.example.org"_s});
    QCOMPARE(unclear.exitCode, 2);
    QVERIFY2(unclear.errors.contains("1, 2"_L1), qPrintable(unclear.errors));
    QCOMPARE(m_asked.removed.size(), 2);
}

void TestFoliotctlChanges::refusalIsToldByItsStatus()
{
    const QString folder = QStringLiteral(FOLIOT_PUBLISHER_DIR);
    PrivateBus system({.kind = PrivateBus::Kind::System,
        .policyFiles = {folder + u"/org.foliot.Foliot1.conf"_s},
        .withPolkit = true,
        .polkitActions = {folder + u"/org.foliot.policy"_s}});
    if (const auto reason = PrivateBus::whyImpossible(system.options()))
        QSKIP(qPrintable(*reason));
    QVERIFY2(system.start(), qPrintable(system.problem()));
    m_publisher = makePublisher({.kind = bus::BusKind::System, .address = system.address()}, m_asked,
        std::make_unique<daemon::PolkitAuthorizer>());
    m_publisher->update(freshState(), sampleSources());
    QVERIFY(m_publisher->start());
    const auto asNobody = [&](const QStringList& arguments) {
        const QStringList command = PrivateBus::asUser(65'534) + QStringList{program} + arguments;
        return Run(system.environment(), command.first(), command.sliced(1)).outcome();
    };
    for (const QStringList& change : {QStringList{u"refresh"_s}, QStringList{u"step"_s},
             QStringList{u"remove"_s, u"1"_s}, QStringList{u"add"_s, u"a.example"_s}, QStringList{u"serve"_s, u"on"_s},
             QStringList{u"server"_s, u"--clients"_s}, QStringList{u"refresh"_s, u"--no-ask-password"_s}}) {
        const Outcome outcome = asNobody(change);
        QVERIFY2(outcome.exitCode == 4, qPrintable(outcome.errors));
        QVERIFY2(!outcome.errors.isEmpty(), qPrintable(change.first()));
    }
    QVERIFY(m_asked.isNothing());
    QCOMPARE(asNobody({u"status"_s}).exitCode, 0);
    QCOMPARE(Run({u"refresh"_s}, system.environment()).outcome().exitCode, 0); // root
    QCOMPARE(m_asked.refreshes, 1);
}

QTEST_GUILESS_MAIN(TestFoliotctlChanges)
#include "test_foliotctl_changes.moc"
