// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Key files, and digests against published vectors and another implementation of the hashes.

#include "keys/mac_computer.h"

#include <QCryptographicHash>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace foliot::keys;

namespace {

std::vector<std::byte> octets(const QByteArray& array)
{
    const auto bytes = std::as_bytes(std::span(array.constData(), static_cast<std::size_t>(array.size())));
    return {bytes.begin(), bytes.end()};
}

QByteArray digestOf(const Key& key, const QByteArray& message, std::uint8_t version = 3)
{
    std::array<std::byte, longestDigest> digest{};
    const auto length = MacComputer().compute(key, octets(message), version, digest);
    return QByteArray(reinterpret_cast<const char*>(digest.data()), static_cast<qsizetype>(length));
}

// Octets that stand nowhere but where somebody else has put them: here each is another one.
constexpr char disguise = 0x5A;

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
constexpr bool keepsWhatIsFreed = true;
#else
constexpr bool keepsWhatIsFreed = false;
#endif
#else
constexpr bool keepsWhatIsFreed = false;
#endif

// Whether this process has them anywhere in its memory.
bool isInMemory(std::string_view disguised)
{
    constexpr std::size_t largestRegion = std::size_t{1} << 26; // sanitizers reserve terabytes
    QFile maps("/proc/self/maps");
    QFile memory("/proc/self/mem");
    if (!maps.open(QIODevice::ReadOnly) || !memory.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        qFatal("no memory to look into");
    std::vector<char> region;
    for (const QByteArray& line : maps.readAll().split('\n')) {
        const auto words = line.split(' ');
        const auto ends = words.first().split('-');
        if (words.size() < 2 || !words.at(1).startsWith("rw"))
            continue;
        const auto begin = ends.at(0).toULongLong(nullptr, 16);
        const auto size = ends.at(1).toULongLong(nullptr, 16) - begin;
        if (size > largestRegion || !memory.seek(static_cast<qint64>(begin)))
            continue;
        region.assign(size, 0);
        memory.read(region.data(), static_cast<qint64>(size));
        const auto isSame = [](char found, char wanted) { return found == static_cast<char>(wanted ^ disguise); };
        const bool isFound = !std::ranges::search(region, disguised, isSame).empty();
        foliot::files::wipe(region); // or it would be found in what was looked into
        if (isFound)
            return true;
    }
    return false;
}

// A key file whose secret is that, written without leaving it in memory.
void writeKeyFile(const QString& path, std::string_view disguised)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    QVERIFY(file.write("1 AES128 ") > 0);
    for (const char letter : disguised)
        QVERIFY(file.putChar(static_cast<char>(letter ^ disguise)));
    QVERIFY(file.putChar('\n'));
}

} // namespace

class TestKeys : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cmacIsThatOfTheRfc_data();
    void cmacIsThatOfTheRfc();
    void hashIsOfSecretAndPacket_data();
    void hashIsOfSecretAndPacket();
    void version4CutsDigests();
    void wrongDigestsAreRefused();
    void keyOfTheSameNumberMayChange();
    void fileOfAnotherServerIsRead();
    void mistakesAreToldByLineWithoutTheSecret_data();
    void mistakesAreToldByLineWithoutTheSecret();
    void longListOfMistakesIsCutShort();
    void md5HasToBeAllowed();
    void fileThatOthersReadIsRefused_data();
    void fileThatOthersReadIsRefused();
    void fileThatIsNoneIsSaid();
    void secretLeavesNoTraceInMemory();
};

// RFC 4493 section 4; for 256 bits NIST SP 800-38B, examples D.3.
void TestKeys::cmacIsThatOfTheRfc_data()
{
    QTest::addColumn<QByteArray>("secret");
    QTest::addColumn<int>("length");
    QTest::addColumn<QByteArray>("digest");
    const QByteArray k128 = "2b7e151628aed2a6abf7158809cf4f3c";
    const QByteArray k256 = "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4";
    QTest::newRow("128, 0 octets") << k128 << 0 << QByteArray("bb1d6929e95937287fa37d129b756746");
    QTest::newRow("128, 16 octets") << k128 << 16 << QByteArray("070a16b46b4d4144f79bdd9dd04a287c");
    QTest::newRow("128, 40 octets") << k128 << 40 << QByteArray("dfa66747de9ae63030ca32611497c827");
    QTest::newRow("128, 64 octets") << k128 << 64 << QByteArray("51f0bebf7e3b9d92fc49741779363cfe");
    QTest::newRow("256, 16 octets") << k256 << 16 << QByteArray("28a7023f452e8f82bd4bf28d8c37c35c");
    QTest::newRow("256, 40 octets") << k256 << 40 << QByteArray("aaf3d8f1de5640c232f5b169b9c911e6");
    QTest::newRow("256, 64 octets") << k256 << 64 << QByteArray("e1992190549f6ed5696a2c056c315410");
}

void TestKeys::cmacIsThatOfTheRfc()
{
    QFETCH(const QByteArray, secret);
    QFETCH(const int, length);
    QFETCH(const QByteArray, digest);
    const auto message = QByteArray::fromHex("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
                                             "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710")
                             .first(length);
    const Key key{.id = 1,
        .digest = secret.size() == 32 ? Digest::AesCmac128 : Digest::AesCmac256,
        .secret = Secret{octets(QByteArray::fromHex(secret))}};
    QCOMPARE(digestOf(key, message).toHex(), digest);
}

void TestKeys::hashIsOfSecretAndPacket_data()
{
    QTest::addColumn<int>("digest");
    QTest::addColumn<int>("algorithm");
    QTest::newRow("MD5") << int(Digest::Md5) << int(QCryptographicHash::Md5);
    QTest::newRow("SHA-1") << int(Digest::Sha1) << int(QCryptographicHash::Sha1);
    QTest::newRow("SHA-256") << int(Digest::Sha256) << int(QCryptographicHash::Sha256);
    QTest::newRow("SHA-384") << int(Digest::Sha384) << int(QCryptographicHash::Sha384);
    QTest::newRow("SHA-512") << int(Digest::Sha512) << int(QCryptographicHash::Sha512);
}

// RFC 5905 appendix A.2: the secret, then the packet.
void TestKeys::hashIsOfSecretAndPacket()
{
    QFETCH(const int, digest);
    QFETCH(const int, algorithm);
    const Key key{.id = 1, .digest = static_cast<Digest>(digest), .secret = Secret{octets("secret")}};
    const auto expected =
        QCryptographicHash::hash("secretpacket", static_cast<QCryptographicHash::Algorithm>(algorithm));
    QCOMPARE(digestOf(key, "packet"), expected);
}

void TestKeys::version4CutsDigests()
{
    const Key key{.id = 1, .digest = Digest::Sha512, .secret = Secret{octets("secret")}};
    QCOMPARE(digestOf(key, "packet", 3).size(), 64);
    QCOMPARE(digestOf(key, "packet", 4), digestOf(key, "packet", 3).first(20));
}

void TestKeys::wrongDigestsAreRefused()
{
    const auto keys = parseKeys("1 SHA256 secret\n2 SHA256 other\n3 AES128 0123456789abcdef\n", false).value();
    MacComputer macs;
    for (const Key& key : keys.keys()) {
        auto digest = octets(digestOf(key, "packet", 4));
        QVERIFY(macs.verify(key, octets("packet"), 4, digest));
        QVERIFY(!macs.verify(key, octets("Packet"), 4, digest));
        QVERIFY(!macs.verify(key, octets("packet"), 4, std::span(digest).first(digest.size() - 1)));
        QVERIFY(!macs.verify(key, octets("packet"), 4, {}));
        digest.front() ^= std::byte{1};
        QVERIFY(!macs.verify(key, octets("packet"), 4, digest));
    }
    QVERIFY(!macs.verify(*keys.find(2), octets("packet"), 4, octets(digestOf(*keys.find(1), "packet", 4))));
}

void TestKeys::keyOfTheSameNumberMayChange()
{
    const Key before{.id = 1, .digest = Digest::AesCmac128, .secret = Secret{octets("0123456789abcdef")}};
    const Key after{.id = 1, .digest = Digest::AesCmac128, .secret = Secret{octets("fedcba9876543210")}};
    MacComputer macs;
    QVERIFY(macs.verify(before, octets("packet"), 4, octets(digestOf(before, "packet", 4))));
    QVERIFY(macs.verify(after, octets("packet"), 4, octets(digestOf(after, "packet", 4))));
    QVERIFY(!macs.verify(after, octets("packet"), 4, octets(digestOf(before, "packet", 4))));
}

// The form that chrony's manual gives its key files.
void TestKeys::fileOfAnotherServerIsRead()
{
    const auto keys =
        parseKeys("# remark\n\n10 SHA1 tulip\r\n  20\tAES128   HEX:00112233445566778899AAbbccddEEFF # here\n"
                  "4294967295 SHA384 x\n30 SHA512 ASCII:rose\n5 SHA1 y",
            false);
    QVERIFY(keys.has_value());
    QCOMPARE(keys->keys().size(), std::size_t(5));
    QCOMPARE(keys->find(5)->secret, Secret{octets("y")});
    QCOMPARE(keys->find(10)->secret, Secret{octets("tulip")});
    QCOMPARE(keys->find(20)->secret, Secret{octets(QByteArray::fromHex("00112233445566778899aabbccddeeff"))});
    QCOMPARE(keys->find(30)->secret, Secret{octets("rose")});
    QVERIFY(keys->find(4'294'967'295));
    QVERIFY(!keys->find(11));
}

void TestKeys::mistakesAreToldByLineWithoutTheSecret_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("part");
    QTest::newRow("no type") << QByteArray("5 hunter2") << "an id, a type and a secret";
    QTest::newRow("id 0") << QByteArray("0 SHA1 hunter2") << "1 to 4294967295";
    QTest::newRow("id too large") << QByteArray("4294967296 SHA1 hunter2") << "1 to 4294967295";
    QTest::newRow("unknown type") << QByteArray("5 SHA3 hunter2") << "the type must be";
    QTest::newRow("odd digits") << QByteArray("5 SHA1 HEX:abc") << "two digits";
    QTest::newRow("other letters") << QByteArray("5 SHA1 HEX:hunter2a") << "two digits";
    QTest::newRow("no digits") << QByteArray("5 SHA1 HEX:") << "1 to 256 octets";
    QTest::newRow("too long") << QByteArray("5 SHA1 ").append(QByteArray(257, 'x')) << "1 to 256 octets";
    QTest::newRow("AES too short") << QByteArray("5 AES128 hunter2") << "16 octets";
    QTest::newRow("AES too long") << QByteArray("5 AES128 hunter2hunter2hunter2") << "16 octets";
    // Cut there, the rest would be a key that nobody else has.
    QTest::newRow("remark or secret") << QByteArray("5 SHA1 hunter2#3") << "HEX:";
    QTest::newRow("remark or secret at once") << QByteArray("5 SHA1 #hunter2") << "an id, a type and a secret";
    QTest::newRow("secret with a blank") << QByteArray("5 SHA1 hunter2 hunter2") << "a secret with blanks";
    QTest::newRow("twice") << QByteArray("1 SHA1 hunter2") << "twice";
}

void TestKeys::mistakesAreToldByLineWithoutTheSecret()
{
    QFETCH(const QByteArray, line);
    QFETCH(const QString, part);
    const auto keys = parseKeys(QByteArray("1 SHA1 good\n" + line).toStdString(), false);
    QVERIFY(!keys);
    QCOMPARE(keys.error().size(), std::size_t(1));
    const auto error = QString::fromStdString(keys.error().front());
    QVERIFY2(error.startsWith("line 2: ") && error.contains(part), qPrintable(error));
    QVERIFY(!error.contains("hunter2")); // FAULTS row 60
}

void TestKeys::longListOfMistakesIsCutShort()
{
    const auto keys = parseKeys(QByteArray("nonsense\n").repeated(100'000).toStdString(), false);
    QVERIFY(!keys);
    QCOMPARE(keys.error().size(), std::size_t(50));
}

void TestKeys::md5HasToBeAllowed()
{
    QVERIFY(!parseKeys("1 MD5 secret", false));
    QVERIFY(parseKeys("1 MD5 secret", true).has_value());
}

void TestKeys::fileThatOthersReadIsRefused_data()
{
    QTest::addColumn<int>("permissions");
    QTest::addColumn<bool>("isTaken");
    QTest::newRow("owner") << int(QFile::ReadOwner | QFile::WriteOwner) << true;
    QTest::newRow("group") << int(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup) << true;
    QTest::newRow("group writes") << int(QFile::ReadOwner | QFile::ReadGroup | QFile::WriteGroup) << false;
    QTest::newRow("all read") << int(QFile::ReadOwner | QFile::ReadOther) << false;
    QTest::newRow("all write") << int(QFile::ReadOwner | QFile::WriteOther) << false;
}

void TestKeys::fileThatOthersReadIsRefused()
{
    QFETCH(const int, permissions);
    QFETCH(const bool, isTaken);
    QTemporaryDir folder;
    QFile file(folder.filePath("keys"));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("1 SHA1 secret\n") > 0);
    file.close();
    QVERIFY(file.setPermissions(QFile::Permissions(permissions)));
    const auto keys = readKeyFile(file.fileName().toStdString(), false);
    QCOMPARE(keys.has_value(), isTaken);
    if (!isTaken)
        QVERIFY(keys.error().front().contains("chmod 640"));
}

void TestKeys::fileThatIsNoneIsSaid()
{
    const QTemporaryDir folder;
    const auto problemOf = [](const QString& file) { return readKeyFile(file.toStdString(), false).error().front(); };
    const QString fifo = folder.filePath("fifo");
    QCOMPARE(::mkfifo(qPrintable(fifo), 0600), 0);
    QCOMPARE(problemOf(fifo), fifo.toStdString() + ": not a regular file");
    QCOMPARE(problemOf(folder.path()), folder.path().toStdString() + ": not a regular file");
    const QString absent = folder.filePath("absent");
    QCOMPARE(problemOf(absent), absent.toStdString() + ": cannot be opened: No such file or directory");
    const QString large = folder.filePath("large");
    QFile file(large);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.setPermissions(QFile::ReadOwner) && file.resize(2 << 20));
    QCOMPARE(problemOf(large), large.toStdString() + ": larger than 1 MiB");
}

void TestKeys::secretLeavesNoTraceInMemory()
{
    if (keepsWhatIsFreed)
        QSKIP("AddressSanitizer keeps freed memory as it was, whoever freed it");
    const std::string_view disguised = "\x12\x2f\x34\x2e\x3f\x28\x68\x77\x12\x2f\x34\x2e\x3f\x28\x69\x7b"; // 16 letters
    QTemporaryDir folder;
    writeKeyFile(folder.filePath("keys"), disguised);
    QVERIFY(!isInMemory(disguised));
    {
        const auto keys = readKeyFile(folder.filePath("keys").toStdString(), false);
        QVERIFY(keys);
        const KeyRing shared = *keys;
        MacComputer macs;
        std::array<std::byte, longestDigest> digest{};
        QCOMPARE(macs.compute(*shared.find(1), octets("packet"), 4, digest), std::size_t(16));
        QVERIFY(isInMemory(disguised));
    }
    QVERIFY(!isInMemory(disguised));
    // Nor does that of a file that is not taken.
    QVERIFY(QFile::setPermissions(folder.filePath("keys"), QFile::ReadOwner | QFile::ReadOther));
    QVERIFY(!readKeyFile(folder.filePath("keys").toStdString(), false));
    QVERIFY(!isInMemory(disguised));
}

QTEST_GUILESS_MAIN(TestKeys)
#include "test_keys.moc"
