// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/returning_servers.h"

#include <QTest>

#include <chrono>

using namespace foliot;
using namespace foliot::daemon;
using namespace std::chrono_literals;

namespace {

const config::Source server{.address = "time.example.org", .port = 123, .minPoll = 6};

RawTime at(Nanoseconds sinceStart)
{
    return RawTime{} + 1h + sinceStart;
}

} // namespace

class TestReturningServers : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void newServerIsAskedAsAny();
    void removedServerComesBackWithoutABurst();
    void manyReturnsWaitForThePollInterval();
    void otherServersAreNotConcerned();
    void longGoneServerIsNew();
    void memoryIsBounded();
};

void TestReturningServers::newServerIsAskedAsAny()
{
    ReturningServers servers;
    QVERIFY(!servers.opened({1}, server, at(0s)));
    QVERIFY(!servers.opened({2}, server, at(0s))); // two members of a pool
    servers.closed({3}, at(1s));                   // of whom nobody knows
    QVERIFY(!servers.opened({4}, {.address = "other.example.org"}, at(1s)));
}

void TestReturningServers::removedServerComesBackWithoutABurst()
{
    ReturningServers servers;
    std::ignore = servers.opened({1}, server, at(0s));
    servers.closed({1}, at(10s));
    QCOMPARE(servers.opened({2}, server, at(11s)), std::optional<Nanoseconds>(0s));
}

// A loop of remove and add: four queries at once, then one each 64 s, the poll interval of the source.
void TestReturningServers::manyReturnsWaitForThePollInterval()
{
    ReturningServers servers;
    std::ignore = servers.opened({1}, server, at(0s));
    std::uint32_t id = 1;
    const auto comeBack = [&](Nanoseconds when) {
        servers.closed({id}, at(when));
        return servers.opened({++id}, server, at(when));
    };
    for (int i = 0; i < 4; ++i)
        QCOMPARE(comeBack(10s), std::optional<Nanoseconds>(0s));
    QCOMPARE(comeBack(10s), std::optional<Nanoseconds>(64s));
    QCOMPARE(comeBack(10s), std::optional<Nanoseconds>(64s)); // no more than that
    QCOMPARE(comeBack(74s), std::optional<Nanoseconds>(64s)); // and the loop goes on
    QCOMPARE(comeBack(84s), std::optional<Nanoseconds>(64s));
    QCOMPARE(comeBack(84s + 192s), std::optional<Nanoseconds>(0s)); // three intervals of rest
}

void TestReturningServers::otherServersAreNotConcerned()
{
    ReturningServers servers;
    std::ignore = servers.opened({1}, server, at(0s));
    servers.closed({1}, at(1s));
    config::Source other = server;
    other.port = 1123;
    QVERIFY(!servers.opened({2}, other, at(1s)));
}

void TestReturningServers::longGoneServerIsNew()
{
    ReturningServers servers;
    std::ignore = servers.opened({1}, server, at(0s));
    servers.closed({1}, at(1s));
    QVERIFY(!servers.opened({2}, server, at(1s + 1025s)));
}

void TestReturningServers::memoryIsBounded()
{
    ReturningServers servers;
    for (std::uint32_t id = 1; id <= 1000; ++id) {
        const config::Source one{.address = std::to_string(id) + ".example.org"};
        std::ignore = servers.opened({id}, one, at(std::chrono::milliseconds(id)));
        servers.closed({id}, at(std::chrono::milliseconds(id)));
    }
    QVERIFY(!servers.opened({2000}, {.address = "744.example.org"}, at(2s)));
    QVERIFY(servers.opened({2001}, {.address = "745.example.org"}, at(2s))); // the newest 256 are known
    QVERIFY(servers.opened({2002}, {.address = "1000.example.org"}, at(2s)));
}

QTEST_APPLESS_MAIN(TestReturningServers)
#include "test_returning_servers.moc"
