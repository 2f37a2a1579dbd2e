// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// AES by the processor's instructions and by the library, against the examples of FIPS 197 appendix C and against OpenSSL's.

#include "ntp/octet_text.h"
#include "nts/aes.h"

#include <QTest>

#include <openssl/evp.h>

#include <algorithm>
#include <functional>
#include <random>

using namespace foliot::nts;
using foliot::ntp::fromHex;
using foliot::ntp::Octets;
using foliot::ntp::toHex;

namespace {

Octets randomOctets(std::mt19937& generator, std::size_t count)
{
    Octets octets(count);
    std::ranges::generate(octets, [&] { return static_cast<std::byte>(generator() & 0xff); });
    return octets;
}

Block firstBlockOf(const Octets& octets)
{
    Block block{};
    std::ranges::copy(octets, block.begin());
    return block;
}

// As the library does it in a mode that is given ("ECB", "CBC" from zeros). Whole blocks.
Octets opensslAes(const std::string& mode, const Octets& key, const Octets& text)
{
    const auto pointer = [](const Octets& octets) { return reinterpret_cast<const unsigned char*>(octets.data()); };
    const Octets zeros(16);
    const std::string name = "AES-" + std::to_string(8 * key.size()) + '-' + mode;
    EVP_CIPHER* const cipher = EVP_CIPHER_fetch(nullptr, name.c_str(), nullptr);
    EVP_CIPHER_CTX* const context = EVP_CIPHER_CTX_new();
    Octets encrypted(text.size() + 16);
    int written = 0;
    EVP_EncryptInit_ex2(context, cipher, pointer(key), mode == "ECB" ? nullptr : pointer(zeros), nullptr);
    EVP_CIPHER_CTX_set_padding(context, 0);
    EVP_EncryptUpdate(context, reinterpret_cast<unsigned char*>(encrypted.data()), &written, pointer(text),
        static_cast<int>(text.size()));
    EVP_CIPHER_CTX_free(context);
    EVP_CIPHER_free(cipher);
    encrypted.resize(static_cast<std::size_t>(written));
    return encrypted;
}

} // namespace

class TestAes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isThatOfFips197_data();
    void isThatOfFips197();
    void blocksAreThoseOfOpenSsl_data();
    void blocksAreThoseOfOpenSsl();
    void blocksByTheirOwnKeysAreThoseOfOpenSsl_data();
    void blocksByTheirOwnKeysAreThoseOfOpenSsl();
    void streamIsThatOfOpenSsl_data();
    void streamIsThatOfOpenSsl();
    void chainsSideBySideAreThoseOfOpenSsl_data();
    void chainsSideBySideAreThoseOfOpenSsl();
    void keysOfBothMeansShareACall();
    void withoutAKeyNothingIsEncrypted_data();
    void withoutAKeyNothingIsEncrypted();
    void movedKeyIsGoneWhereItWas_data();
    void movedKeyIsGoneWhereItWas();
};

void TestAes::isThatOfFips197_data()
{
    QTest::addColumn<Aes::Means>("means");
    QTest::newRow("library") << Aes::Means::Library;
    if (Aes::best() != Aes::Means::Library)
        QTest::newRow("instructions") << Aes::Means::Instructions;
}

void TestAes::isThatOfFips197()
{
    QFETCH(const Aes::Means, means);
    const std::pair<std::size_t, const char*> examples[] = {{16, "69c4e0d86a7b0430d8cdb78070b4c55a"},
        {24, "dda97ca4864cdfe06eaf70a0ec0d7191"}, {32, "8ea2b7ca516745bfeafc49904b496089"}};
    for (const auto& [length, expected] : examples) {
        Octets key(length);
        for (std::size_t i = 0; i < length; ++i)
            key[i] = static_cast<std::byte>(i);
        Aes aes{means};
        QVERIFY(aes.setKey(key));
        Block block = firstBlockOf(fromHex("00112233445566778899aabbccddeeff"));
        QVERIFY(aes.encrypt(std::span{&block, 1}));
        QCOMPARE(toHex(block), toHex(fromHex(expected)));
    }
}

void TestAes::blocksAreThoseOfOpenSsl_data()
{
    isThatOfFips197_data();
}

void TestAes::blocksAreThoseOfOpenSsl()
{
    QFETCH(const Aes::Means, means);
    std::mt19937 generator{1};
    Aes aes{means}; // one for all keys, so that one leaves nothing to the next
    for (std::size_t round = 0; round < 60; ++round) {
        const Octets key = randomOctets(generator, 16 + 8 * (generator() % 3));
        const Octets text = randomOctets(generator, 16 * (round % 20));
        std::vector<Block> blocks(text.size() / 16);
        std::ranges::copy(text, std::as_writable_bytes(std::span{blocks}).begin());
        QVERIFY(aes.setKey(key));
        QVERIFY(aes.encrypt(blocks));
        QCOMPARE(toHex(std::as_bytes(std::span{blocks})), toHex(opensslAes("ECB", key, text)));
    }
}

void TestAes::blocksByTheirOwnKeysAreThoseOfOpenSsl_data()
{
    isThatOfFips197_data();
}

// Keys that are set together, all as long as each other or not; one that is none leaves the others as they are.
void TestAes::blocksByTheirOwnKeysAreThoseOfOpenSsl()
{
    QFETCH(const Aes::Means, means);
    std::mt19937 generator{4};
    for (std::size_t round = 0; round < 200; ++round) {
        const std::size_t count = round % 25;
        std::vector<Octets> keys;
        std::vector<Aes> each;
        std::vector<Aes*> unset;
        std::vector<const Aes*> set;
        each.reserve(count);
        for (std::size_t i = 0; i < count; ++i) {
            keys.push_back(randomOctets(generator, round % 2 == 0 ? 16 : 16 + 8 * (generator() % 3)));
            unset.push_back(&each.emplace_back(means));
            set.push_back(unset.back());
        }
        QVERIFY(Aes::setKeys(unset, std::vector<Aes::Octets>(keys.begin(), keys.end())));
        std::vector<Block> blocks(count);
        std::vector<Octets> plain;
        for (Block& block : blocks) {
            plain.push_back(randomOctets(generator, 16));
            block = firstBlockOf(plain.back());
        }
        QVERIFY(Aes::encryptEach(set, blocks));
        for (std::size_t i = 0; i < count; ++i)
            QCOMPARE(toHex(blocks[i]), toHex(opensslAes("ECB", keys[i], plain[i])));
        if (count == 0)
            continue;
        keys.back().pop_back();
        QVERIFY(!Aes::setKeys(unset, std::vector<Aes::Octets>(keys.begin(), keys.end())));
        QVERIFY(!Aes::encryptEach(set, blocks));
        QVERIFY(Aes::encryptEach(std::span{set}.first(count - 1), std::span{blocks}.first(count - 1)));
    }
}

void TestAes::streamIsThatOfOpenSsl_data()
{
    isThatOfFips197_data();
}

void TestAes::streamIsThatOfOpenSsl()
{
    QFETCH(const Aes::Means, means);
    std::mt19937 generator{5};
    for (std::size_t length = 0; length < 300; ++length) {
        const Octets key = randomOctets(generator, 16 + 8 * (generator() % 3));
        const WideNumber counter{.high = generator() * 0x1'0000'0001, .low = generator()};
        const Octets text = randomOctets(generator, length);
        Octets counters;
        for (std::size_t i = 0; i < blocksOf(length); ++i) {
            const Block block = blockOf(WideNumber{.high = counter.high, .low = counter.low + i});
            counters.insert(counters.end(), block.begin(), block.end());
        }
        Octets expected = opensslAes("ECB", key, counters);
        expected.resize(length);
        std::ranges::transform(expected, text, expected.begin(), std::bit_xor());
        Aes aes{means};
        QVERIFY(aes.setKey(key));
        Octets sum(length);
        QVERIFY(aes.addStream(counter, text, sum));
        QCOMPARE(toHex(sum), toHex(expected));
        Octets inPlace = text;
        QVERIFY(aes.addStream(counter, inPlace, inPlace));
        QCOMPARE(toHex(inPlace), toHex(expected));
    }
}

void TestAes::chainsSideBySideAreThoseOfOpenSsl_data()
{
    isThatOfFips197_data();
}

// As many as there are, of whatever lengths and keys: short ones make room for others.
void TestAes::chainsSideBySideAreThoseOfOpenSsl()
{
    QFETCH(const Aes::Means, means);
    std::mt19937 generator{2};
    for (std::size_t round = 0; round < 200; ++round) {
        const std::size_t count = round % 25;
        std::vector<Octets> keys;
        std::vector<Octets> texts;
        std::vector<Aes> each;
        std::vector<Aes::Chain> chains;
        std::vector<Block> states(count);
        each.reserve(count);
        for (std::size_t i = 0; i < count; ++i) {
            keys.push_back(randomOctets(generator, round % 2 == 0 ? 16 : 16 + 8 * (generator() % 3)));
            texts.push_back(randomOctets(generator, 16 * (generator() % 9)));
            QVERIFY(each.emplace_back(means).setKey(keys[i]));
            chains.push_back({.aes = &each[i], .text = texts[i], .state = &states[i]});
        }
        QVERIFY(Aes::encrypt(chains));
        for (std::size_t i = 0; i < count; ++i) {
            const Octets all = opensslAes("CBC", keys[i], texts[i]);
            const Octets expected = all.empty() ? Octets(16) : Octets(all.end() - 16, all.end());
            QCOMPARE(toHex(states[i]), toHex(expected));
            QVERIFY(chains[i].text.empty());
        }
    }
}

void TestAes::keysOfBothMeansShareACall()
{
    const Octets key(16, std::byte{9});
    Aes best;
    Aes library{Aes::Means::Library};
    const std::array<Aes*, 2> both{&best, &library};
    QVERIFY(Aes::setKeys(both, std::array<Aes::Octets, 2>{key, key}));
    const std::array<const Aes*, 2> keys{&best, &library};
    const Octets text(32, std::byte{4});
    std::array<Block, 2> states{};
    std::array chains{Aes::Chain{.aes = &best, .text = text, .state = &states.front()},
        Aes::Chain{.aes = &library, .text = text, .state = &states.back()}};
    QVERIFY(Aes::encrypt(chains));
    const Octets chained = opensslAes("CBC", key, text);
    for (const Block& state : states)
        QCOMPARE(toHex(state), toHex(Octets(chained.end() - 16, chained.end())));
    QVERIFY(Aes::encryptEach(keys, states));
    const Octets encrypted = opensslAes("ECB", key, Octets(chained.end() - 16, chained.end()));
    for (const Block& state : states)
        QCOMPARE(toHex(state), toHex(encrypted));
}

void TestAes::withoutAKeyNothingIsEncrypted_data()
{
    isThatOfFips197_data();
}

void TestAes::withoutAKeyNothingIsEncrypted()
{
    QFETCH(const Aes::Means, means);
    Aes aes{means};
    Block block{};
    const auto isRefused = [&] {
        Aes::Chain chain{.aes = &aes, .text = block, .state = &block};
        const Aes* const key = &aes;
        return !aes.encrypt(std::span{&block, 1}) && !Aes::encrypt(std::span{&chain, 1}) &&
               !Aes::encryptEach(std::span{&key, 1}, std::span{&block, 1}) && !aes.addStream({}, block, block);
    };
    QVERIFY(isRefused());
    for (const std::size_t length : {0UZ, 15UZ, 17UZ, 20UZ, 31UZ, 33UZ}) {
        QVERIFY(aes.setKey(Octets(16)));
        QVERIFY(!isRefused());
        QVERIFY(!aes.setKey(Octets(length)));
        QVERIFY(isRefused());
    }
    QVERIFY(aes.setKey(Octets(32, std::byte{5})));
    aes.forget();
    QVERIFY(isRefused());
    QCOMPARE(toHex(std::as_bytes(std::span{aes.roundKeys()})), toHex(Octets(sizeof(Aes::RoundKeys))));
}

void TestAes::movedKeyIsGoneWhereItWas_data()
{
    isThatOfFips197_data();
}

void TestAes::movedKeyIsGoneWhereItWas()
{
    QFETCH(const Aes::Means, means);
    const Octets key(16, std::byte{9});
    Aes first{means};
    QVERIFY(first.setKey(key));
    Aes second{std::move(first)};
    Aes third{means};
    QVERIFY(third.setKey(Octets(32, std::byte{1})));
    third = std::move(second);
    Block block{};
    QVERIFY(third.encrypt(std::span{&block, 1}));
    QCOMPARE(toHex(block), toHex(opensslAes("ECB", key, Octets(16))));
    for (const Aes* const left : {&first, &second}) { // NOLINT(bugprone-use-after-move): that is the question
        QVERIFY(!left->encrypt(std::span{&block, 1}));
        QCOMPARE(toHex(std::as_bytes(std::span{left->roundKeys()})), toHex(Octets(sizeof(Aes::RoundKeys))));
    }
}

QTEST_APPLESS_MAIN(TestAes)
#include "test_aes.moc"
