// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Who asks: what is remembered of each client, who is kept when there is no room, and that reading disturbs nobody. Numbers
// in the names are rows of the fault list.

#include "daemon/server/client_log.h"
#include "support/random.h"

#include <QTest>

#include <thread>

using namespace foliot;
using namespace foliot::daemon;
using namespace std::chrono_literals;

namespace {

constexpr SipKey key{0x0123'4567'89AB'CDEF, 0xFEDC'BA98'7654'3210};
constexpr RealTime start{1'800'000'000s};

NetworkAddress ipv4(std::uint32_t number)
{
    return {.high = std::uint64_t{number} << 32};
}

std::size_t placeOf(const std::vector<ClientRecord>& records, const NetworkAddress& address)
{
    return static_cast<std::size_t>(std::ranges::find(records, address, &ClientRecord::address) - records.begin());
}

} // namespace

class TestClientLog : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyCountIsOfItsClient()
    {
        ClientLog log(1024, {}, key);
        log.note(ipv4(0xC0000201), start, {.isAnswered = true, .version = 4});
        log.note(ipv4(0xC0000201), start + 90s, {.isAnswered = true, .isAuthenticated = true, .version = 3});
        log.note(ipv4(0xC0000201), start + 95s, {.isLimited = true, .version = 4});
        log.note(ipv4(0xC0000202), start + 7s, {});
        const auto records = busiest(log.records(), 10);
        QCOMPARE(records.size(), std::size_t(2));
        QCOMPARE(records[0], (ClientRecord{.address = ipv4(0xC0000201),
                                 .prefixLength = 32,
                                 .firstSeen = start,
                                 .lastSeen = start + 95s,
                                 .received = 3,
                                 .answered = 2,
                                 .limited = 1,
                                 .authenticated = 1,
                                 .version = 4}));
        QCOMPARE(records[1], (ClientRecord{.address = ipv4(0xC0000202),
                                 .prefixLength = 32,
                                 .firstSeen = start + 7s,
                                 .lastSeen = start + 7s,
                                 .received = 1}));
    }

    void networkOfIpv6IsOneClient()
    {
        ClientLog log(1024, {}, key);
        for (std::uint64_t host = 0; host < 100; ++host)
            log.note({.high = 0x2001'0DB8'0000'0001, .low = host, .isIpv6 = true}, start, {.version = 4});
        log.note({.high = 0x2001'0DB8'0000'0002, .low = 1, .isIpv6 = true}, start, {.version = 4});
        const auto records = busiest(log.records(), 10);
        QCOMPARE(records.size(), std::size_t(2));
        QCOMPARE(records[0].received, std::uint64_t(100));
        QCOMPARE(records[0].prefixLength, 64);
        QCOMPARE(records[0].address.low, std::uint64_t(0));
    }

    void nobodyIsRememberedUnlessWanted()
    {
        const ClientLog log(0, {}, key);
        QVERIFY(!log.isOn());
        QVERIFY(log.records().empty());
    }

    void busyClientsOutlastAFloodOfStrangers_59()
    {
        constexpr std::size_t entries = 4096;
        constexpr std::uint32_t busyOnes = 50;
        ClientLog log(entries, {}, key);
        std::uint32_t stranger = 0x0B00'0000;
        for (int round = 0; round < 2000; ++round) {
            for (std::uint32_t i = 0; i < busyOnes; ++i)
                log.note(ipv4(0xC0A8'0000 + i), start, {.isAnswered = true, .version = 4});
            for (int i = 0; i < 500; ++i)
                log.note(ipv4(stranger++), start, {.version = 4}); // a million of them, each once
        }
        const auto all = log.records();
        QVERIFY(all.size() <= entries);
        const auto shown = busiest(all, busyOnes);
        for (std::uint32_t i = 0; i < busyOnes; ++i)
            QVERIFY2(placeOf(shown, ipv4(0xC0A8'0000 + i)) < busyOnes, qPrintable(QString::number(i)));
        QCOMPARE(shown.front().received, std::uint64_t(2000));
    }

    void whoeverAsksNoMoreGivesWay()
    {
        ClientLog log(4, {}, key); // one group
        for (std::uint32_t i = 0; i < 4; ++i)
            for (int times = 0; times < 10; ++times)
                log.note(ipv4(i + 1), start, {.version = 4});
        for (int times = 0; times < 9; ++times)
            log.note(ipv4(99), start, {.version = 4});
        QCOMPARE(placeOf(log.records(), ipv4(99)), std::size_t(4)); // not there
        log.note(ipv4(99), start, {.version = 4});
        log.note(ipv4(99), start + 1s, {.version = 4});
        const auto records = log.records();
        QCOMPARE(records.size(), std::size_t(4));
        const auto place = placeOf(records, ipv4(99));
        QVERIFY(place < 4);
        QCOMPARE(records[place].received, std::uint64_t(1)); // since it came in
        QCOMPARE(records[place].firstSeen, start + 1s);
    }

    void clientOfSeveralTablesIsOne()
    {
        const auto record = [](std::uint32_t address, std::uint64_t received, std::chrono::seconds first,
                                std::chrono::seconds last, std::uint8_t version) {
            return ClientRecord{.address = ipv4(address),
                .prefixLength = 32,
                .firstSeen = start + first,
                .lastSeen = start + last,
                .received = received,
                .answered = received,
                .limited = 1,
                .authenticated = 2,
                .version = version};
        };
        const auto all =
            busiest(merged({record(7, 5, 1s, 9s, 3), record(8, 9, 0s, 1s, 4), record(7, 6, 3s, 4s, 4)}), 10);
        QCOMPARE(all.size(), std::size_t(2));
        QCOMPARE(all[0], (ClientRecord{.address = ipv4(7),
                             .prefixLength = 32,
                             .firstSeen = start + 1s,
                             .lastSeen = start + 9s,
                             .received = 11,
                             .answered = 11,
                             .limited = 2,
                             .authenticated = 4,
                             .version = 3}));
        QCOMPARE(busiest(merged({record(7, 5, 1s, 9s, 3), record(8, 9, 0s, 1s, 4)}), 1).front().address, ipv4(8));
    }

    void readingBesideTheWriterSeesWholeEntries()
    {
        ClientLog log(64, {}, key);
        constexpr std::uint64_t rounds = 100'000;
        std::jthread writer([&log] {
            for (std::uint64_t i = 0; i < rounds; ++i)
                log.note(ipv4(static_cast<std::uint32_t>(i % 8)), start, {.isAnswered = true, .version = 4});
        });
        std::uint64_t seen = 0;
        while (seen < rounds) {
            seen = 0;
            for (const ClientRecord& record : log.records()) {
                QCOMPARE(record.answered, record.received);
                seen += record.received;
            }
        }
        QCOMPARE(seen, rounds);
    }
};

QTEST_APPLESS_MAIN(TestClientLog)
#include "test_client_log.moc"
