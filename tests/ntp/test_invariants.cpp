// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The invariants of the fuzz targets, held against their seed corpus and against packets made at random, well-formed
// and then damaged. The seed is fixed: a failure repeats.

#include "invariants.h"
#include "octet_text.h"

#include "ntp/packet.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <random>

using namespace foliot::ntp;

namespace {

using Check = Broken (*)(std::span<const std::byte>);

// The corpus folders that belong to this library.
Check checkOf(const QString& target)
{
    if (target == QLatin1StringView{"fuzz_packet"}) {
        return brokenPacketInvariant;
    }
    if (target == QLatin1StringView{"fuzz_exchange"}) {
        return brokenExchangeInvariant;
    }
    return target == QLatin1StringView{"fuzz_server_reply"} ? brokenServerReplyInvariant : nullptr;
}

class PacketMaker {
public:
    explicit PacketMaker(std::uint64_t seed)
        : m_random(seed)
    {}

    std::size_t below(std::size_t limit) { return m_random() % limit; }

    Octets octets(std::size_t length)
    {
        Octets made(length);
        for (std::byte& octet : made) {
            octet = static_cast<std::byte>(m_random() & 0xff);
        }
        return made;
    }

    // Mostly a client's or a server's packet of version 3 or 4, often with fields and a MAC, in half of the cases
    // damaged.
    Octets packet()
    {
        Octets made = octets(headerLength);
        made[0] = static_cast<std::byte>((m_random() % 4) << 6 | (3 + m_random() % 2) << 3 | (3 + m_random() % 2));
        made[1] = static_cast<std::byte>(m_random() % 18);
        made[4] = made[8] = std::byte{0}; // below 256 s
        made[5] = made[9] = static_cast<std::byte>(m_random() % 24);
        made[32] = made[40];
        for (std::size_t fields = below(4); fields > 0; --fields) {
            appendExtensionField(made, static_cast<std::uint16_t>(m_random()), octets(below(80)));
        }
        constexpr std::array<std::size_t, 6> tails{0, 0, 4, 20, 24, 28};
        made = joined(made, below(3) == 0 ? Octets(4) : octets(tails[below(tails.size())]));
        for (std::size_t damages = below(2) * below(4); damages > 0; --damages) {
            damage(made);
        }
        return made;
    }

private:
    void damage(Octets& packet)
    {
        if (packet.empty()) {
            return;
        }
        const std::size_t place = below(packet.size());
        switch (below(4)) {
        case 0:
            packet[place] ^= static_cast<std::byte>(1U << below(8));
            break;
        case 1:
            packet.resize(place);
            break;
        case 2:
            packet[place] = static_cast<std::byte>(m_random() & 0xff);
            break;
        default:
            packet = joined(packet, octets(below(40)));
        }
    }

    std::mt19937_64 m_random;
};

void verifyHolds(Check check, const Octets& input)
{
    const Broken broken = check(input);
    QVERIFY2(!broken, broken ? (QByteArray::fromStdString(*broken) + ": " + toHex(input)).constData() : "");
}

} // namespace

class TestInvariants : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void holdForTheSeedCorpus();
    void holdForPackets();
    void holdForReplies();
    void holdForRequests();
    void holdForNoise();
};

void TestInvariants::holdForTheSeedCorpus()
{
    const QDir corpus{QStringLiteral(FOLIOT_FUZZ_CORPUS)};
    int files = 0;
    for (const QString& target : corpus.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const Check check = checkOf(target);
        if (check == nullptr) {
            continue;
        }
        for (const QFileInfo& info : QDir{corpus.filePath(target)}.entryInfoList(QDir::Files)) {
            QFile file{info.filePath()};
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray bytes = file.readAll();
            const auto octets = std::as_bytes(std::span{bytes});
            verifyHolds(check, {octets.begin(), octets.end()});
            ++files;
        }
    }
    QVERIFY(files > 30);
}

void TestInvariants::holdForPackets()
{
    PacketMaker maker{1};
    int accepted = 0;
    for (int i = 0; i < 30'000; ++i) {
        const Octets packet = maker.packet();
        verifyHolds(brokenPacketInvariant, packet);
        accepted += parsePacket(packet) ? 1 : 0;
    }
    // Both ways are taken often enough to mean something.
    QVERIFY2(accepted > 6'000 && accepted < 24'000, QByteArray::number(accepted).constData());
}

void TestInvariants::holdForReplies()
{
    PacketMaker maker{2};
    for (int i = 0; i < 30'000; ++i) {
        Octets prefix = maker.octets(exchangePrefixLength);
        if (maker.below(2) == 0) {
            prefix[17] = prefix[18] = std::byte{0}; // a round trip below 66 ms
        }
        verifyHolds(brokenExchangeInvariant, joined(prefix, maker.packet()));
    }
}

void TestInvariants::holdForRequests()
{
    PacketMaker maker{3};
    for (int i = 0; i < 30'000; ++i) {
        verifyHolds(brokenServerReplyInvariant, joined(maker.octets(serverReplyPrefixLength), maker.packet()));
    }
}

void TestInvariants::holdForNoise()
{
    PacketMaker maker{4};
    for (int i = 0; i < 10'000; ++i) {
        const Octets noise = maker.octets(maker.below(200));
        verifyHolds(brokenPacketInvariant, noise);
        verifyHolds(brokenExchangeInvariant, noise);
        verifyHolds(brokenServerReplyInvariant, noise);
    }
}

QTEST_APPLESS_MAIN(TestInvariants)
#include "test_invariants.moc"
