// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The algorithms against the examples of RFC 8452 appendix C.1, against AES-SIV as RFC 5297 defines it, which itself is held
// to the examples of appendix A, and against that of OpenSSL.

#include "reference_siv.h"

#include "nts/aead.h"

#include <QTest>

#include <openssl/evp.h>

#include <random>

using namespace foliot::nts;
using foliot::ntp::fromHex;
using foliot::ntp::Octets;
using foliot::ntp::toHex;

namespace {

QByteArray hexOf(const std::optional<Octets>& octets)
{
    return octets ? toHex(*octets) : QByteArray{"nothing"};
}

// As the library has it.
Octets opensslSiv(
    const char* name, const Octets& key, const Octets& associated, const Octets& nonce, const Octets& plaintext)
{
    const auto input = [](const Octets& octets) { return reinterpret_cast<const unsigned char*>(octets.data()); };
    const auto length = [](const Octets& octets) { return static_cast<int>(octets.size()); };
    EVP_CIPHER* const cipher = EVP_CIPHER_fetch(nullptr, name, nullptr);
    EVP_CIPHER_CTX* const context = EVP_CIPHER_CTX_new();
    Octets text = plaintext;
    text.push_back({}); // an address for nothing, too
    Octets tag(tagLength);
    int written = 0;
    EVP_EncryptInit_ex2(context, cipher, input(key), nullptr, nullptr);
    EVP_EncryptUpdate(context, nullptr, &written, input(associated), length(associated));
    EVP_EncryptUpdate(context, nullptr, &written, input(nonce), length(nonce));
    EVP_EncryptUpdate(context, reinterpret_cast<unsigned char*>(text.data()), &written, input(text), length(plaintext));
    EVP_EncryptFinal_ex(context, reinterpret_cast<unsigned char*>(text.data()), &written);
    EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, length(tag), tag.data());
    EVP_CIPHER_CTX_free(context);
    EVP_CIPHER_free(cipher);
    tag.insert(tag.end(), text.begin(), text.end() - 1);
    return tag;
}

Octets octetsFrom(int first, std::size_t count)
{
    Octets octets(count);
    for (std::byte& octet : octets) {
        octet = static_cast<std::byte>(first++);
    }
    return octets;
}

} // namespace

class TestAead : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void referenceIsThatOfRfc5297();
    void sivIsThatOfTheReference_data();
    void sivIsThatOfTheReference();
    void manySideBySideAreThoseOfEach_data();
    void manySideBySideAreThoseOfEach();
    void sivWithoutAssociatedDataSealsNothing();
    void sivIsThatOfOpenSsl_data();
    void sivIsThatOfOpenSsl();
    void gcmSivIsThatOfRfc8452_data();
    void gcmSivIsThatOfRfc8452();
    void opensWhatItSealed_data();
    void opensWhatItSealed();
    void oneBitAnywhereIsNoticed_data();
    void oneBitAnywhereIsNoticed();
    void wrongLengthsAreRefused();
    void oneContextServesManyKeys();
    void whatIsNotAuthenticIsNotShown_data();
    void whatIsNotAuthenticIsNotShown();
    void movedKeyIsGoneWhereItWas_data();
    void movedKeyIsGoneWhereItWas();
    void forgottenKeyIsOfNoMoreUse_data();
    void forgottenKeyIsOfNoMoreUse();
};

void TestAead::referenceIsThatOfRfc5297()
{
    const Octets a1[] = {fromHex("10111213 14151617 18191a1b 1c1d1e1f 20212223 24252627")};
    QCOMPARE(toHex(referenceSiv(fromHex("fffefdfc fbfaf9f8 f7f6f5f4 f3f2f1f0 f0f1f2f3 f4f5f6f7 f8f9fafb fcfdfeff"), a1,
                 fromHex("11223344 55667788 99aabbcc ddee"))),
        toHex(fromHex("85632d07 c6e8f37f 950acd32 0a2ecc93 40c02b96 90c4dc04 daef7f6a fe5c")));
    const Octets a2[] = {
        fromHex("00112233 44556677 8899aabb ccddeeff deaddada deaddada ffeeddcc bbaa9988 77665544 33221100"),
        fromHex("10203040 50607080 90a0"), fromHex("09f91102 9d74e35b d84156c5 635688c0")};
    QCOMPARE(toHex(referenceSiv(fromHex("7f7e7d7c 7b7a7978 77767574 73727170 40414243 44454647 48494a4b 4c4d4e4f"), a2,
                 fromHex("74686973 20697320 736f6d65 20706c61 696e7465 78742074 6f20656e 63727970 74207573 696e6720"
                         "5349562d 414553"))),
        toHex(fromHex("7bdb6e3b 432667eb 06f4d14b ff2fbd0f cb900f2f ddbe4043 26601965 c889bf17 dba77ceb 094fa663"
                      "b7a3f748 ba8af829 ea64ad54 4a272e9c 485b62a3 fd5c0d")));
}

void TestAead::sivIsThatOfTheReference_data()
{
    QTest::addColumn<Algorithm>("algorithm");
    QTest::newRow("15") << Algorithm::SivCmac256;
    QTest::newRow("16") << Algorithm::SivCmac384;
    QTest::newRow("17") << Algorithm::SivCmac512;
}

void TestAead::sivIsThatOfTheReference()
{
    QFETCH(const Algorithm, algorithm);
    const Octets key = octetsFrom(3, keyLength(algorithm));
    for (const std::size_t length : {0UZ, 1UZ, 15UZ, 16UZ, 17UZ, 832UZ}) {
        const Octets components[] = {octetsFrom(7, 48 + length), octetsFrom(99, nonceLength(algorithm))};
        const Octets plaintext = octetsFrom(50, length);
        QCOMPARE(hexOf(seal(algorithm, key, components[1], components[0], plaintext)),
            toHex(referenceSiv(key, components, plaintext)));
    }
}

void TestAead::manySideBySideAreThoseOfEach_data()
{
    QTest::addColumn<Aes::Means>("means");
    QTest::newRow("library") << Aes::Means::Library;
    if (Aes::best() != Aes::Means::Library)
        QTest::newRow("instructions") << Aes::Means::Instructions;
}

// Of whatever lengths and keys; some share a key, and with it associated data that was said before. In each third round all do,
// and are as long as each other.
void TestAead::manySideBySideAreThoseOfEach()
{
    QFETCH(const Aes::Means, means);
    std::mt19937 generator{3};
    const auto some = [&](std::size_t most) { return static_cast<std::size_t>(generator() % (most + 1)); };
    const Octets sharedKey = octetsFrom(3, 32);
    const Octets sharedAssociated = octetsFrom(7, 4);
    Siv shared{means};
    QVERIFY(shared.setKey(sharedKey) && shared.setAssociated(sharedAssociated));
    for (std::size_t round = 0; round < 300; ++round) {
        const std::size_t count = round % 20;
        const bool areAlike = round % 3 == 2;
        const std::size_t alikeLength = some(100);
        std::vector<Octets> expected;
        std::vector<Octets> nonces;
        std::vector<Octets> associated;
        std::vector<Octets> plaintexts;
        std::vector<Octets> results(count);
        std::vector<Siv> own;
        std::vector<Siv::Sealing> sealings;
        own.reserve(count);
        for (const auto each : {&nonces, &associated, &plaintexts, &expected})
            each->reserve(count);
        for (std::size_t i = 0; i < count; ++i) {
            const bool isShared = areAlike || some(1) == 0;
            const Octets key = isShared ? sharedKey : octetsFrom(static_cast<int>(some(255)), 32 + 16 * some(2));
            associated.push_back(isShared ? sharedAssociated : octetsFrom(static_cast<int>(i), 1 + some(80)));
            nonces.push_back(octetsFrom(static_cast<int>(some(255)), areAlike ? 16 : 1 + some(40)));
            plaintexts.push_back(octetsFrom(static_cast<int>(some(255)), areAlike ? alikeLength : some(100)));
            const Octets components[] = {associated[i], nonces[i]};
            expected.push_back(referenceSiv(key, components, plaintexts[i]));
            results[i].resize(plaintexts[i].size() + tagLength);
            QVERIFY(own.emplace_back(means).setKey(key));
            sealings.push_back({.siv = isShared ? &shared : &own[i],
                .associated = isShared ? std::span<const std::byte>{} : std::span<const std::byte>{associated[i]},
                .nonce = nonces[i],
                .plaintext = plaintexts[i],
                .sealed = results[i]});
        }
        QVERIFY(Siv::seal(sealings));
        std::vector<Octets> opened(count);
        std::vector<Siv::Opening> openings;
        for (std::size_t i = 0; i < count; ++i) {
            QCOMPARE(toHex(results[i]), toHex(expected[i]));
            opened[i].resize(plaintexts[i].size());
            if (i % 5 == 4)
                results[i][some(results[i].size() - 1)] ^= std::byte{0x10};
            openings.push_back({.siv = sealings[i].siv,
                .associated = sealings[i].associated,
                .nonce = nonces[i],
                .sealed = results[i],
                .plaintext = opened[i]});
        }
        Siv::open(openings);
        for (std::size_t i = 0; i < count; ++i) {
            QCOMPARE(openings[i].isAuthentic, i % 5 != 4);
            QCOMPARE(toHex(opened[i]), toHex(i % 5 != 4 ? plaintexts[i] : Octets(opened[i].size())));
        }
    }
}

void TestAead::sivWithoutAssociatedDataSealsNothing()
{
    Siv siv;
    Octets sealed(32);
    const Octets sixteen(16);
    const Siv::Sealing sealing{.siv = &siv, .associated = {}, .nonce = sixteen, .plaintext = sixteen, .sealed = sealed};
    const auto seals = [&] { return Siv::seal(std::span{&sealing, 1}); };
    QVERIFY(siv.setKey(octetsFrom(3, 32)) && siv.setAssociated(octetsFrom(7, 4)));
    QVERIFY(siv.setKey(octetsFrom(4, 32))); // ends what was said with the key before
    QVERIFY(!seals());
    QVERIFY(siv.setAssociated(octetsFrom(7, 4)) && seals());
    siv.forget();
    QVERIFY(!siv.setAssociated(octetsFrom(7, 4)) && !seals());
}

void TestAead::sivIsThatOfOpenSsl_data()
{
    sivIsThatOfTheReference_data();
}

// By one key and one context, from message to message.
void TestAead::sivIsThatOfOpenSsl()
{
    QFETCH(const Algorithm, algorithm);
    const char* const name = algorithm == Algorithm::SivCmac256   ? "AES-128-SIV"
                             : algorithm == Algorithm::SivCmac384 ? "AES-192-SIV"
                                                                  : "AES-256-SIV";
    const Octets key = octetsFrom(3, keyLength(algorithm));
    KeyedAead aead;
    QVERIFY(aead.setKey(algorithm, key));
    for (std::size_t length = 0; length < 200; ++length) {
        const Octets associated = octetsFrom(7, 1 + 3 * length);
        const Octets nonce = octetsFrom(99, 1 + length % 40);
        const Octets plaintext = octetsFrom(50, length);
        Octets sealed(length + tagLength);
        QVERIFY(aead.seal(nonce, associated, plaintext, sealed));
        QCOMPARE(toHex(sealed), toHex(opensslSiv(name, key, associated, nonce, plaintext)));
        Octets opened(length);
        QVERIFY(aead.open(nonce, associated, sealed, opened));
        QCOMPARE(toHex(opened), toHex(plaintext));
    }
}

void TestAead::gcmSivIsThatOfRfc8452_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("nonce");
    QTest::addColumn<QByteArray>("associated");
    QTest::addColumn<QByteArray>("plaintext");
    QTest::addColumn<QByteArray>("result");
    const QByteArray key = "01000000000000000000000000000000";
    const QByteArray nonce = "030000000000000000000000";
    QTest::newRow("8 octets") << key << nonce << QByteArray("01") << QByteArray("0200000000000000")
                              << QByteArray("1e6daba35669f4273b0a1a2560969cdf790d99759abd1508");
    QTest::newRow("12 octets") << key << nonce << QByteArray("01") << QByteArray("020000000000000000000000")
                               << QByteArray("296c7889fd99f41917f4462008299c5102745aaa3a0c469fad9e075a");
    QTest::newRow("16 octets") << key << nonce << QByteArray("01") << QByteArray("02000000000000000000000000000000")
                               << QByteArray("e2b0c5da79a901c1745f700525cb335b8f8936ec039e4e4bb97ebd8c4457441f");
    QTest::newRow("another key") << QByteArray("36864200e0eaf5284d884a0e77d31646")
                                 << QByteArray("bae8e37fc83441b16034566b") << QByteArray("46bb91c3c5")
                                 << QByteArray("7a806c") << QByteArray("af60eb711bd85bc1e4d3e0a462e074eea428a8");
}

void TestAead::gcmSivIsThatOfRfc8452()
{
    QFETCH(const QByteArray, key);
    QFETCH(const QByteArray, nonce);
    QFETCH(const QByteArray, associated);
    QFETCH(const QByteArray, plaintext);
    QFETCH(const QByteArray, result);
    QCOMPARE(hexOf(seal(Algorithm::Gcm128Siv, fromHex(key), fromHex(nonce), fromHex(associated), fromHex(plaintext))),
        toHex(fromHex(result)));
    QCOMPARE(hexOf(open(Algorithm::Gcm128Siv, fromHex(key), fromHex(nonce), fromHex(associated), fromHex(result))),
        toHex(fromHex(plaintext)));
}

void TestAead::opensWhatItSealed_data()
{
    QTest::addColumn<Algorithm>("algorithm");
    for (const Algorithm algorithm : allAlgorithms) {
        QTest::newRow(algorithmName(algorithm).data()) << algorithm;
    }
}

void TestAead::opensWhatItSealed()
{
    QFETCH(const Algorithm, algorithm);
    QVERIFY(isAvailable(algorithm));
    QCOMPARE(algorithmOf(static_cast<std::uint16_t>(algorithm)), algorithm);
    const Octets key = octetsFrom(1, keyLength(algorithm));
    const Octets nonce = octetsFrom(2, nonceLength(algorithm));
    const Octets associated = octetsFrom(3, 84);
    for (const std::size_t length : {0UZ, 1UZ, 16UZ, 100UZ, 2000UZ}) {
        const Octets plaintext = octetsFrom(4, length);
        const auto sealed = seal(algorithm, key, nonce, associated, plaintext);
        QVERIFY(sealed);
        QCOMPARE(sealed->size(), length + tagLength);
        QCOMPARE(hexOf(open(algorithm, key, nonce, associated, *sealed)), toHex(plaintext));
    }
}

void TestAead::oneBitAnywhereIsNoticed_data()
{
    opensWhatItSealed_data();
}

void TestAead::oneBitAnywhereIsNoticed()
{
    QFETCH(const Algorithm, algorithm);
    const Octets key = octetsFrom(1, keyLength(algorithm));
    for (const std::size_t length : {0UZ, 20UZ}) {
        Octets nonce = octetsFrom(2, nonceLength(algorithm));
        Octets associated = octetsFrom(3, 48);
        Octets sealed = *seal(algorithm, key, nonce, associated, octetsFrom(4, length));
        for (Octets* part : {&nonce, &associated, &sealed}) {
            for (std::size_t bit = 0; bit < 8 * part->size(); ++bit) {
                (*part)[bit / 8] ^= std::byte{1} << bit % 8;
                QVERIFY(!open(algorithm, key, nonce, associated, sealed));
                (*part)[bit / 8] ^= std::byte{1} << bit % 8;
            }
        }
        QVERIFY(open(algorithm, key, nonce, associated, sealed));
    }
}

void TestAead::wrongLengthsAreRefused()
{
    const Octets associated = octetsFrom(3, 48);
    for (const std::size_t key : {31UZ, 33UZ, 48UZ}) {
        QVERIFY(!seal(Algorithm::SivCmac256, octetsFrom(1, key), octetsFrom(2, 16), associated, {}));
    }
    QVERIFY(!seal(Algorithm::SivCmac256, octetsFrom(1, 32), {}, associated, {}));
    QVERIFY(!seal(Algorithm::Gcm128Siv, octetsFrom(1, 16), octetsFrom(2, 16), associated, {}));
    QVERIFY(!open(Algorithm::SivCmac256, octetsFrom(1, 32), octetsFrom(2, 16), associated, octetsFrom(5, 15)));
    QVERIFY(!open(Algorithm::Gcm128Siv, octetsFrom(1, 16), octetsFrom(2, 11), associated, octetsFrom(5, 16)));
}

void TestAead::oneContextServesManyKeys()
{
    KeyedAead aead;
    for (int i = 0; i < 40; ++i) {
        const Algorithm algorithm = allAlgorithms.at(static_cast<std::size_t>(i * i) % allAlgorithms.size());
        const Octets key = octetsFrom(i, keyLength(algorithm));
        const Octets nonce = octetsFrom(2 * i, nonceLength(algorithm));
        const Octets associated = octetsFrom(3, 48);
        const Octets plaintext = octetsFrom(4, static_cast<std::size_t>(i));
        Octets sealed(plaintext.size() + tagLength);
        QVERIFY(aead.setKey(algorithm, key));
        QVERIFY(aead.seal(nonce, associated, plaintext, sealed));
        QCOMPARE(toHex(sealed), hexOf(seal(algorithm, key, nonce, associated, plaintext)));
    }
}

void TestAead::whatIsNotAuthenticIsNotShown_data()
{
    opensWhatItSealed_data();
}

void TestAead::whatIsNotAuthenticIsNotShown()
{
    QFETCH(const Algorithm, algorithm);
    KeyedAead aead;
    QVERIFY(aead.setKey(algorithm, octetsFrom(1, keyLength(algorithm))));
    const Octets nonce = octetsFrom(2, nonceLength(algorithm));
    const Octets associated = octetsFrom(3, 48);
    Octets sealed(20 + tagLength);
    QVERIFY(aead.seal(nonce, associated, octetsFrom(4, 20), sealed));
    sealed.front() ^= std::byte{1};
    Octets opened(20, std::byte{7});
    QVERIFY(!aead.open(nonce, associated, sealed, opened));
    QCOMPARE(toHex(opened), toHex(Octets(20)));
}

void TestAead::movedKeyIsGoneWhereItWas_data()
{
    opensWhatItSealed_data();
}

void TestAead::movedKeyIsGoneWhereItWas()
{
    QFETCH(const Algorithm, algorithm);
    const Octets key = octetsFrom(1, keyLength(algorithm));
    const Octets nonce = octetsFrom(2, nonceLength(algorithm));
    const Octets associated = octetsFrom(3, 48);
    const Octets plaintext = octetsFrom(4, 20);
    Octets sealed(plaintext.size() + tagLength);
    KeyedAead first;
    QVERIFY(first.setKey(algorithm, key));
    KeyedAead second{std::move(first)};
    KeyedAead third;
    third = std::move(second);
    QVERIFY(third.seal(nonce, associated, plaintext, sealed));
    QCOMPARE(toHex(sealed), hexOf(seal(algorithm, key, nonce, associated, plaintext)));
    for (KeyedAead* const left : {&first, &second}) { // NOLINT(bugprone-use-after-move): that is the question
        QVERIFY(!left->seal(nonce, associated, plaintext, sealed));
        const std::string_view octets{reinterpret_cast<const char*>(left), sizeof *left};
        const std::string_view half{reinterpret_cast<const char*>(key.data()), 16};
        QVERIFY(!octets.contains(half));
    }
}

void TestAead::forgottenKeyIsOfNoMoreUse_data()
{
    opensWhatItSealed_data();
}

void TestAead::forgottenKeyIsOfNoMoreUse()
{
    QFETCH(const Algorithm, algorithm);
    const Octets key = octetsFrom(1, keyLength(algorithm));
    const Octets nonce = octetsFrom(2, nonceLength(algorithm));
    const Octets associated = octetsFrom(3, 48);
    const Octets plaintext = octetsFrom(4, 20);
    KeyedAead aead;
    Octets sealed(plaintext.size() + tagLength);
    QVERIFY(!aead.seal(nonce, associated, plaintext, sealed)); // there was none yet
    for (int i = 0; i < 2; ++i) {
        QVERIFY(aead.setKey(algorithm, key));
        QVERIFY(aead.seal(nonce, associated, plaintext, sealed));
        QCOMPARE(toHex(sealed), hexOf(seal(algorithm, key, nonce, associated, plaintext)));
        aead.forget();
        QVERIFY(!aead.seal(nonce, associated, plaintext, sealed));
    }
    QVERIFY(!aead.setKey(algorithm, octetsFrom(1, 31)));
    QVERIFY(!aead.seal(nonce, associated, plaintext, sealed));
}

QTEST_APPLESS_MAIN(TestAead)
#include "test_aead.moc"
