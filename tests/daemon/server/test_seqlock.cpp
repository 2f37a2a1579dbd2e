// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// One writer, many readers: never a mixture of two values.

#include "daemon/server/seqlock.h"

#include <QTest>

#include <array>
#include <thread>
#include <vector>

using namespace foliot::daemon;

namespace {

struct Wide {
    std::array<std::uint64_t, 24> words{};
    std::uint16_t odd = 0; // the size is no multiple of the lock's words
};

Wide wideOf(std::uint64_t number)
{
    Wide wide{.words = {}, .odd = static_cast<std::uint16_t>(number)};
    wide.words.fill(number);
    return wide;
}

bool isWhole(const Wide& wide)
{
    for (const auto word : wide.words)
        if (word != wide.words.front())
            return false;
    return wide.odd == static_cast<std::uint16_t>(wide.words.front());
}

} // namespace

class TestSeqlock : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void valueIsReadAsWritten();
    void versionTellsOfEachWrite();
    void readersNeverSeeAMixture();
};

void TestSeqlock::valueIsReadAsWritten()
{
    Seqlock<Wide> lock;
    QCOMPARE(lock.tryRead()->words[3], std::uint64_t(0));
    lock.write(wideOf(70'000));
    QVERIFY(isWhole(*lock.tryRead()));
    QCOMPARE(lock.tryRead()->words[23], std::uint64_t(70'000));
}

void TestSeqlock::versionTellsOfEachWrite()
{
    Seqlock<int> lock;
    const auto before = lock.version();
    lock.write(1);
    QVERIFY(lock.version() != before);
}

void TestSeqlock::readersNeverSeeAMixture()
{
    constexpr std::uint64_t last = 20'000;
    Seqlock<Wide> lock;
    std::atomic<int> mixtures = 0;
    std::vector<std::thread> readers;
    for (int i = 0; i < 3; ++i) {
        readers.emplace_back([&] {
            std::uint64_t newest = 0;
            while (newest < last) {
                const auto value = lock.tryRead();
                if (!value)
                    continue;
                if (!isWhole(*value) || value->words[0] < newest)
                    ++mixtures;
                newest = value->words[0];
            }
        });
    }
    for (std::uint64_t number = 1; number <= last; ++number)
        lock.write(wideOf(number));
    for (auto& reader : readers)
        reader.join();
    QCOMPARE(mixtures.load(), 0);
}

QTEST_GUILESS_MAIN(TestSeqlock)
#include "test_seqlock.moc"
