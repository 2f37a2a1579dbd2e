// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What processors without instructions for AES run, built for this one: the library does all of the work.

#include "reference_siv.h"

#include "nts/aead.h"

#include <QTest>

using namespace foliot::nts;
using foliot::ntp::fromHex;
using foliot::ntp::Octets;
using foliot::ntp::toHex;

class TestAesElsewhere : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void libraryDoesTheWork() { QCOMPARE(Aes::best(), Aes::Means::Library); }

    // The example of FIPS 197 appendix C.1.
    void blockIsThatOfFips197()
    {
        Aes aes;
        QVERIFY(aes.setKey(fromHex("000102030405060708090a0b0c0d0e0f")));
        Block block{};
        std::ranges::copy(fromHex("00112233445566778899aabbccddeeff"), block.begin());
        QVERIFY(aes.encrypt(std::span{&block, 1}));
        QCOMPARE(toHex(block), toHex(fromHex("69c4e0d86a7b0430d8cdb78070b4c55a")));
    }

    void ofNothingThereIsNothingToDo()
    {
        QVERIFY(Aes::setKeys({}, {}));
        QVERIFY(Aes::encryptEach({}, {}));
        QVERIFY(Aes::encrypt(std::span<Aes::Chain>{}));
    }

    // Messages of less than a block have no chain but their last blocks.
    void messageOfAnyLengthIsThatOfTheReference()
    {
        const Octets key(32, std::byte{3});
        for (const std::size_t length : {0UZ, 1UZ, 16UZ, 40UZ, 300UZ}) {
            const Octets components[] = {Octets(1 + length, std::byte{7}), Octets(16, std::byte{9})};
            const Octets plaintext(length, std::byte{5});
            const auto sealed = seal(Algorithm::SivCmac256, key, components[1], components[0], plaintext);
            QVERIFY(sealed);
            QCOMPARE(toHex(*sealed), toHex(referenceSiv(key, components, plaintext)));
            const auto opened = open(Algorithm::SivCmac256, key, components[1], components[0], *sealed);
            QVERIFY(opened);
            QCOMPARE(toHex(*opened), toHex(plaintext));
        }
    }
};

QTEST_APPLESS_MAIN(TestAesElsewhere)
#include "test_aes_elsewhere.moc"
