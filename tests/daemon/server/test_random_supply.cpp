// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Random octets for the nonces of replies: none is given twice, however they are asked for.

#include "daemon/server/random_supply.h"

#include <QTest>

#include <algorithm>
#include <set>
#include <vector>

using foliot::daemon::RandomSupply;

class TestRandomSupply : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingIsGivenTwice();
    void providedOctetsAreThoseThatAreTaken();
};

void TestRandomSupply::nothingIsGivenTwice()
{
    constexpr std::size_t nonceLength = 16;
    RandomSupply supply;
    std::set<std::vector<std::byte>> seen;
    std::size_t taken = 0;
    for (std::size_t turn = 0; turn < 3000; ++turn) {
        if (turn % 7 == 0)
            supply.provide();
        const std::size_t count = nonceLength * (1 + turn % 9);
        const auto octets = supply.take(count);
        QCOMPARE(octets.size(), count);
        for (std::size_t at = 0; at < count; at += nonceLength, ++taken)
            seen.emplace(octets.begin() + static_cast<std::ptrdiff_t>(at),
                octets.begin() + static_cast<std::ptrdiff_t>(at + nonceLength));
    }
    QCOMPARE(seen.size(), taken);
    QVERIFY(!seen.contains(std::vector<std::byte>(nonceLength)));
}

// Those that are taken next lie behind those before: nothing was made in between.
void TestRandomSupply::providedOctetsAreThoseThatAreTaken()
{
    RandomSupply supply;
    for (std::size_t turn = 0; turn < 50; ++turn) {
        supply.take(16 * (1 + turn)); // so that they end in the middle of some turn
        supply.provide();
        const std::byte* end = nullptr;
        for (std::size_t left = RandomSupply::most; left > 0; left -= 512) {
            const auto octets = supply.take(512);
            QVERIFY(!end || octets.data() == end);
            end = octets.data() + octets.size();
        }
    }
}

QTEST_APPLESS_MAIN(TestRandomSupply)
#include "test_random_supply.moc"
