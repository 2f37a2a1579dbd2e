// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Which source foliotctl takes a person to mean.

#include "daemon/publisher/published_daemon.h"

using namespace Qt::StringLiterals;
using namespace foliot;
using namespace foliot::tests;

class TestFoliotctlSources : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        bus::registerTypes();
        QVERIFY2(m_bus.start(), qPrintable(m_bus.problem()));
        m_publisher = makePublisher({.kind = bus::BusKind::Session, .address = m_bus.address()}, m_asked);
        daemon::SourceInfos sources = sampleSources();
        sources.at(otherId).settings.port = 1123;
        sources.at(otherId).settings.address = "2001:db8::7";
        sources.at(otherId).name = u"2001:db8::7"_s;
        sources.at(otherId).address = QHostAddress(sources.at(otherId).name);
        m_publisher->update(sampleState(), sources);
        QVERIFY(m_publisher->start().has_value());
    }

    void sourceIsRemovedAsItWasAdded_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QList<quint32>>("removed");
        const auto row = [](const char* text, const QList<quint32>& removed) {
            QTest::newRow(text) << QString::fromLatin1(text) << removed;
        };
        row("ntp1.example.org:123", {1});
        row("NTP1.example.org", {1});
        row("192.0.2.1:123", {1});
        row("192.0.2.1:124", {});
        row("[2001:db8::7]:1123", {otherId.value});
        row("[2001:DB8::7]:1123", {otherId.value});
        row("2001:db8::7", {otherId.value});
        row("[2001:db8::7]:123", {});
    }

    void sourceIsRemovedAsItWasAdded()
    {
        QFETCH(QString, text);
        QFETCH(QList<quint32>, removed);
        m_asked.removed.clear();
        const RunResult result = runMeanwhile({QStringLiteral(FOLIOTCTL), u"remove"_s, text}, m_bus.environment());
        QCOMPARE(m_asked.removed, removed);
        QCOMPARE(result.exitCode, removed.isEmpty() ? 5 : 0);
    }

private:
    PrivateBus m_bus;
    Asked m_asked;
    std::unique_ptr<daemon::Publisher> m_publisher;
};

QTEST_GUILESS_MAIN(TestFoliotctlSources)
#include "test_foliotctl_sources.moc"
