// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Who is asked: pools, names with several addresses, and what becomes of those that are of no use.

#include "daemon/known_names.h"
#include "daemon/roster.h"
#include "daemon/state/source_registry.h"

#include <QSignalSpy>
#include <QTest>
#include <QTimer>

#include <algorithm>

using namespace foliot;
using namespace foliot::daemon;
using namespace foliot::tests;
using namespace std::chrono_literals;

namespace {

const auto name = QStringLiteral("ntp.example");

config::Source server(const char* address, std::uint16_t port = 123)
{
    return {.address = address, .port = port};
}

config::Source pool(int members)
{
    config::Source source = server("ntp.example");
    source.pool = true;
    source.maxSources = members;
    return source;
}

struct Rig {
    SourceRegistry registry{nullptr};
    KnownNames* names = new KnownNames; // the roster's own
    Roster roster{registry, std::unique_ptr<Resolver>(names)};
    QSignalSpy opened{&roster, &Roster::opened};
    QSignalSpy closed{&roster, &Roster::closed};
    QSignalSpy addressed{&roster, &Roster::addressed};
    QSignalSpy unresolved{&roster, &Roster::unresolved};

    QStringList addresses() const
    {
        QStringList list;
        for (const auto& [id, info] : roster.sources())
            list.append(info.address.toString());
        return list;
    }
};

} // namespace

class TestRoster : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void numericAddressNeedsNoResolver()
    {
        Rig rig;
        const auto id = rig.roster.add(server("192.0.2.1", 4123), SourceOrigin::Configured);
        QVERIFY(id);
        QCOMPARE(endpointText(*rig.roster.endpointOf(*id)), QStringLiteral("192.0.2.1:4123"));
        QCOMPARE(rig.names->lookups(), 0);
    }

    void sameServerTwiceIsRefusedHoweverWritten()
    {
        Rig rig;
        QVERIFY(rig.roster.add(server("2001:db8::1"), SourceOrigin::Configured));
        QCOMPARE(rig.roster.add(server("2001:DB8:0:0::1"), SourceOrigin::Added).error(), SourceError::Duplicate);
        QVERIFY(rig.roster.add(server("NTP.example"), SourceOrigin::Configured));
        QCOMPARE(rig.roster.add(server("ntp.example."), SourceOrigin::Added).error(), SourceError::Duplicate);
        QVERIFY(rig.roster.add(server("ntp.example", 124), SourceOrigin::Added));
    }

    void nonsenseAndTooManyAreRefused()
    {
        Rig rig;
        QCOMPARE(rig.roster.add(server("not a name"), SourceOrigin::Added).error(), SourceError::BadAddress);
        QCOMPARE(rig.roster.add(server("0.0.0.0"), SourceOrigin::Added).error(), SourceError::BadAddress);
        QCOMPARE(rig.roster.add(server("ff02::101"), SourceOrigin::Added).error(), SourceError::BadAddress);
        for (std::size_t i = 0; i < Roster::mostSources; ++i) {
            const std::string address = "192.0.2." + std::to_string(i + 1);
            QVERIFY(rig.roster.add(server(address.c_str()), SourceOrigin::Added));
        }
        QCOMPARE(rig.roster.add(server("198.51.100.1"), SourceOrigin::Added).error(), SourceError::TooMany);
    }

    void poolHasAsManyMembersAsWantedEachWithItsOwnAddress()
    {
        Rig rig;
        rig.names->set(name, {"192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4"});
        const auto id = rig.roster.add(pool(3), SourceOrigin::Configured);
        QCOMPARE(rig.roster.sources().size(), 1U); // stands for the pool until the addresses are known
        QVERIFY(rig.roster.resolve(*id));
        QTRY_COMPARE(rig.roster.sources().size(), 3U);
        QCOMPARE(rig.addresses(), QStringList({"192.0.2.1", "192.0.2.2", "192.0.2.3"}));
        QCOMPARE(rig.roster.sources().begin()->second.origin, SourceOrigin::Pool);
        QCOMPARE(rig.opened.size(), 3);
    }

    void badMemberOfAPoolGetsAnotherAddress()
    {
        Rig rig;
        rig.names->set(name, {"192.0.2.1", "192.0.2.2", "192.0.2.3"});
        const auto id = rig.roster.add(pool(2), SourceOrigin::Configured);
        rig.roster.resolve(*id);
        QTRY_COMPARE(rig.roster.sources().size(), 2U);
        rig.roster.replace(*id);
        QCOMPARE(rig.addresses(), QStringList({"192.0.2.3", "192.0.2.2"}));
        // The name knows no other now; the resolver is asked, and has something new.
        rig.names->set(name, {"192.0.2.1", "192.0.2.3", "192.0.2.9"});
        rig.roster.replace(*id);
        QTRY_COMPARE(rig.addresses(), QStringList({"192.0.2.9", "192.0.2.2"}));
    }

    void poolKeepsABadMemberWhenThereIsNoOther()
    {
        Rig rig;
        rig.names->set(name, {"192.0.2.1"});
        const auto id = rig.roster.add(pool(2), SourceOrigin::Configured);
        rig.roster.resolve(*id);
        QTRY_COMPARE(rig.addresses(), QStringList("192.0.2.1"));
        rig.roster.retry(RawTime(100s));
        QTRY_COMPARE(rig.names->lookups(), 2);
        rig.roster.replace(*id);
        QCOMPARE(rig.addresses(), QStringList("192.0.2.1"));
    }

    void nameWithSeveralAddressesGoesRound()
    {
        Rig rig;
        rig.names->set(name, {"192.0.2.1", "192.0.2.2"});
        const auto id = rig.roster.add(server("ntp.example"), SourceOrigin::Configured);
        rig.roster.resolve(*id);
        QTRY_COMPARE(rig.addresses(), QStringList("192.0.2.1"));
        rig.roster.replace(*id);
        QCOMPARE(rig.addresses(), QStringList("192.0.2.2"));
        rig.roster.replace(*id); // both were bad: the first gets another chance
        QTRY_COMPARE(rig.addresses(), QStringList("192.0.2.1"));
    }

    void twoNamesOfOneServerCountOnce()
    {
        Rig rig;
        rig.names->set(name, {"192.0.2.1"});
        QVERIFY(rig.roster.add(server("192.0.2.1"), SourceOrigin::Configured));
        const auto id = rig.roster.add(server("ntp.example"), SourceOrigin::Configured);
        rig.roster.resolve(*id);
        QTRY_COMPARE(rig.unresolved.size(), 1);
        QVERIFY(!rig.roster.endpointOf(*id));
        QVERIFY(rig.roster.sources().at(*id).lastError.contains(QStringLiteral("already")));
    }

    void unresolvableNameSaysSoAndIsTriedAgain()
    {
        Rig rig;
        const auto id = rig.roster.add(server("ntp.example"), SourceOrigin::Configured);
        QVERIFY(rig.roster.resolve(*id));
        QTRY_COMPARE(rig.unresolved.size(), 1);
        QCOMPARE(rig.roster.sources().at(*id).lastError,
            QStringLiteral("The name ntp.example cannot be resolved: Host not found"));
        QVERIFY(!rig.roster.resolve(*id)); // a moment ago
        rig.names->set(name, {"192.0.2.1"});
        rig.roster.retry(RawTime(100s)); // the network is back
        QTRY_COMPARE(rig.addressed.size(), 1);
        QVERIFY(rig.roster.sources().at(*id).lastError.isEmpty());
    }

    void pausesBeginAnewWithTheFirstAddressOfAName()
    {
        Rig rig;
        const auto id = rig.roster.add(pool(3), SourceOrigin::Configured);
        rig.roster.resolve(*id);
        QTRY_COMPARE(rig.unresolved.size(), 1);
        auto* pause = rig.roster.findChild<QTimer*>();
        QVERIFY(pause);
        QCOMPARE(pause->intervalAsDuration(), 2s);
        for (int failures = 2; failures <= 5; ++failures) {
            pause->start(0ms);
            QTRY_COMPARE(rig.unresolved.size(), failures);
        }
        QCOMPARE(pause->intervalAsDuration(), 32s);
        rig.names->set(name, {"192.0.2.1"}); // two more are wanted
        pause->start(0ms);
        QTRY_COMPARE(rig.addressed.size(), 1);
        QCOMPARE(pause->intervalAsDuration(), 64s);
    }

    // A person who clicks Refresh all the time must not have the resolver asked all the time.
    void retryingWithoutEndLooksUpOnceAMinute()
    {
        Rig rig;
        const auto id = rig.roster.add(server("ntp.example"), SourceOrigin::Configured);
        QVERIFY(rig.roster.resolve(*id));
        QTRY_COMPARE(rig.unresolved.size(), 1);
        for (int second = 0; second < 64; ++second) {
            rig.roster.retry(RawTime(std::chrono::seconds(100 + second)));
            QCoreApplication::processEvents();
        }
        QCOMPARE(rig.names->lookups(), 2);
        rig.roster.retry(RawTime(164s));
        QCOMPARE(rig.names->lookups(), 3);
    }

    void removedMemberOfAPoolIsNotReplaced()
    {
        Rig rig;
        rig.names->set(name, {"192.0.2.1", "192.0.2.2", "192.0.2.3"});
        const auto id = rig.roster.add(pool(2), SourceOrigin::Configured);
        rig.roster.resolve(*id);
        QTRY_COMPARE(rig.roster.sources().size(), 2U);
        QVERIFY(rig.roster.remove(*id));
        rig.roster.retry(RawTime(100s));
        QCoreApplication::processEvents();
        QCOMPARE(rig.addresses(), QStringList("192.0.2.2"));
        QCOMPARE(rig.roster.remove(*id).error(), SourceError::Unknown);
    }

    void reconfiguringLeavesTheUnchangedAlone()
    {
        Rig rig;
        const auto stays = rig.roster.add(server("192.0.2.1"), SourceOrigin::Configured);
        const auto goes = rig.roster.add(server("192.0.2.2"), SourceOrigin::Configured);
        const auto added = rig.roster.add(server("192.0.2.3"), SourceOrigin::Added);
        config::Source changed = server("192.0.2.2");
        changed.maxPoll = 8;
        rig.closed.clear();
        rig.roster.reconfigure({server("192.0.2.1"), changed, server("192.0.2.4")});
        QCOMPARE(rig.closed.size(), 1);
        QVERIFY(rig.roster.sources().contains(*stays));
        QVERIFY(rig.roster.sources().contains(*added));
        QCOMPARE(rig.roster.sources().at(*goes).settings.maxPoll, 8); // the same source, so the same id
        QCOMPARE(rig.roster.sources().size(), 4U);
    }
};

QTEST_GUILESS_MAIN(TestRoster)
#include "test_roster.moc"
