// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What interleaved mode remembers: RFC 9769 section 2.

#include "daemon/server/interleave_store.h"

#include <QTest>

using namespace foliot;
using namespace foliot::daemon;

namespace {

constexpr SipKey key{1, 2};
constexpr NetworkAddress client{.high = 0xC000'0201'0000'0000};
constexpr NetworkAddress other{.high = 0xC000'0202'0000'0000};

ntp::Timestamp stamp(std::uint64_t number)
{
    return ntp::Timestamp{number << 32 | 0x1234};
}

} // namespace

class TestInterleaveStore : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void transmitTimestampIsFoundOnce();
    void addressBelongsToIt();
    void unknownTransmitTimestampIsNoAnswer();
    void oldestIsForgotten();
    void lateStampOfAForgottenReplyChangesNothing();
    void withoutEntriesNothingIsRemembered();
};

void TestInterleaveStore::transmitTimestampIsFoundOnce()
{
    InterleaveStore store(64, key);
    const auto ticket = store.remember(client, stamp(1));
    store.left(*ticket, stamp(2)); // the forecast
    store.left(*ticket, stamp(3)); // the kernel
    QCOMPARE(store.take(client, stamp(1)), std::optional(stamp(3)));
    QVERIFY(!store.take(client, stamp(1)));
}

void TestInterleaveStore::addressBelongsToIt()
{
    InterleaveStore store(64, key);
    store.left(*store.remember(client, stamp(1)), stamp(2));
    QVERIFY(!store.take(other, stamp(1)));
    QVERIFY(!store.take(client, stamp(2)));
    QCOMPARE(store.take(client, stamp(1)), std::optional(stamp(2)));
}

void TestInterleaveStore::unknownTransmitTimestampIsNoAnswer()
{
    InterleaveStore store(64, key);
    store.remember(client, stamp(1));
    QVERIFY(!store.take(client, stamp(1)));
}

void TestInterleaveStore::oldestIsForgotten()
{
    InterleaveStore store(4, key);
    for (std::uint64_t i = 1; i <= 5; ++i)
        store.left(*store.remember(client, stamp(i)), stamp(100 + i));
    QVERIFY(!store.take(client, stamp(1)));
    for (std::uint64_t i = 2; i <= 5; ++i)
        QCOMPARE(store.take(client, stamp(i)), std::optional(stamp(100 + i)));
}

void TestInterleaveStore::lateStampOfAForgottenReplyChangesNothing()
{
    InterleaveStore store(4, key);
    const auto forgotten = store.remember(client, stamp(1));
    for (std::uint64_t i = 2; i <= 5; ++i)
        store.left(*store.remember(client, stamp(i)), stamp(100 + i));
    store.left(*forgotten, stamp(999));
    for (std::uint64_t i = 2; i <= 5; ++i)
        QCOMPARE(store.take(client, stamp(i)), std::optional(stamp(100 + i)));
}

void TestInterleaveStore::withoutEntriesNothingIsRemembered()
{
    InterleaveStore store(0, key);
    QVERIFY(!store.remember(client, stamp(1)));
    QVERIFY(!store.take(client, stamp(1)));
}

QTEST_GUILESS_MAIN(TestInterleaveStore)
#include "test_interleave_store.moc"
