// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The keys of the server's cookies: replaced with time, kept across restarts, out of reach for others. FAULTS rows 36 and 81.

#include "daemon/nts_server/server_key_file.h"
#include "daemon/nts_server/server_keys.h"
#include "daemon/state/state_directory.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <optional>

#include <sys/stat.h>

using namespace foliot;
using namespace foliot::daemon;
using namespace std::chrono_literals;

namespace {

// A folder of its own, and a clock that runs when it is told to.
struct Rig {
    QTemporaryDir folder;
    std::optional<StateDirectory> state = StateDirectory::open(folder.path().toStdString()).value();
    BootTime now{100s};
    ServerKeyRules rules{.rotateAfter = 24h, .keptBefore = 3};

    std::unique_ptr<ServerKeys> start()
    {
        return std::make_unique<ServerKeys>(rules, &*state, [this] { return now; });
    }
    QString path() const { return folder.filePath(QStringLiteral("nts-server-keys")); }
    QByteArray content() const
    {
        QFile file(path());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void put(const QByteArray& text) const
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    }
};

std::vector<std::uint32_t> idsOf(const nts::CookieKeys& keys)
{
    std::vector<std::uint32_t> ids;
    for (const nts::CookieKey& key : keys.all())
        ids.push_back(key.id);
    return ids;
}

std::vector<std::uint32_t> idsOf(const ServerKeys& keys)
{
    return idsOf(*keys.published().value());
}

nts::CookieContent someClient()
{
    const std::vector<std::byte> octets(32, std::byte{5});
    return {.algorithm = nts::Algorithm::SivCmac256,
        .keys = {.clientToServer = nts::Secret{octets}, .serverToClient = nts::Secret{octets}}};
}

nts::Cookie cookieBy(const ServerKeys& keys)
{
    return keys.published().value()->make(someClient(), std::vector<std::byte>(nts::cookieNonceLength)).value();
}

bool isRead(const ServerKeys& keys, const nts::Cookie& cookie)
{
    return keys.published().value()->read(cookie).has_value();
}

nts::CookieKeys twoKeys()
{
    nts::CookieKeys keys{
        {.id = 3, .secret = nts::Secret{std::vector<std::byte>(nts::cookieKeyLength, std::byte{0xa})}}};
    keys.rotate(
        {.id = 4'000'000'000, .secret = nts::Secret{std::vector<std::byte>(nts::cookieKeyLength, std::byte{0xbc})}}, 9);
    return keys;
}

const QByteArray twoKeysWritten = "foliot-nts-server-keys 1\nage 7\nkey 4000000000 " + QByteArray("bc").repeated(32) +
                                  "\nkey 3 " + QByteArray("0a").repeated(32) + "\nend\n";

} // namespace

class TestServerKeys : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void firstStartMakesAKeyForUsAlone()
    {
        Rig rig;
        const auto keys = rig.start();
        QCOMPARE(keys->count(), 1UZ);
        QCOMPARE(keys->age(), 0ns);
        QVERIFY(keys->problem().isEmpty());
        struct stat status{};
        QCOMPARE(::stat(qPrintable(rig.path()), &status), 0);
        QCOMPARE(status.st_mode & 07777U, 0600U);
        QVERIFY(isRead(*keys, cookieBy(*keys)));
    }

    void keysOfTwoServersAreNotTheSame()
    {
        Rig rig;
        Rig other;
        const auto cookie = cookieBy(*rig.start());
        QVERIFY(!isRead(*other.start(), cookie));
    }

    void keyIsReplacedWhenItHasServedItsTime()
    {
        Rig rig;
        const auto keys = rig.start();
        const QSignalSpy replaced(keys.get(), &ServerKeys::replaced);
        const auto first = idsOf(*keys);
        rig.now += 24h - 1ns;
        keys->renew();
        QCOMPARE(idsOf(*keys), first);
        rig.now += 1ns;
        keys->renew();
        QCOMPARE(replaced.size(), 1);
        QCOMPARE(keys->count(), 2UZ);
        QCOMPARE(idsOf(*keys).back(), first.front());
        QVERIFY(idsOf(*keys).front() != first.front());
        QCOMPARE(keys->age(), 0ns);
    }

    // Of a computer that slept or was busy for long: one new key is as good as many.
    void longPauseCostsOneKey()
    {
        Rig rig;
        const auto keys = rig.start();
        const auto cookie = cookieBy(*keys);
        rig.now += 24h * 30;
        keys->renew();
        QCOMPARE(keys->count(), 2UZ);
        QVERIFY(isRead(*keys, cookie));
    }

    void cookieLastsAsManyReplacementsAsKeysAreKept_36()
    {
        Rig rig;
        const auto keys = rig.start();
        const auto cookie = cookieBy(*keys);
        for (std::size_t i = 0; i < rig.rules.keptBefore; ++i) {
            rig.now += 24h;
            keys->renew();
            QVERIFY(isRead(*keys, cookie));
        }
        rig.now += 24h;
        keys->renew();
        QVERIFY(!isRead(*keys, cookie));
        QCOMPARE(keys->count(), rig.rules.keptBefore + 1);
    }

    void restartKeepsKeysAndTheirAge()
    {
        Rig rig;
        auto keys = rig.start();
        rig.now += 24h;
        keys->renew();
        const auto ids = idsOf(*keys);
        const auto cookie = cookieBy(*keys);
        rig.now += 10h;
        keys->save();
        keys.reset();

        rig.now = BootTime(5s); // the machine was started anew, and nobody knows how long it was off
        keys = rig.start();
        QCOMPARE(idsOf(*keys), ids);
        QVERIFY(isRead(*keys, cookie));
        QCOMPARE(keys->age(), 10h);
        QCOMPARE(keys->newestMade(), BootTime(5s - 10h)); // before this machine was started
        QCOMPARE(keys->nextDue(), BootTime(5s + 14h));
        rig.now += 14h;
        keys->renew();
        QCOMPARE(keys->count(), 3UZ);
        QVERIFY(isRead(*keys, cookie));
    }

    void keyIsKeptBeforeAnybodyHasACookieOfIt_81()
    {
        Rig rig;
        const auto keys = rig.start();
        std::vector<std::uint32_t> inFile;
        connect(keys.get(), &ServerKeys::replaced, this, [&] {
            inFile = idsOf(parseServerKeys(rig.content().toStdString())->keys); // and then the machine crashes
        });
        rig.now += 24h;
        keys->renew();
        QCOMPARE(inFile, idsOf(*keys));
    }

    void ageIsKeptFromTimeToTime()
    {
        Rig rig;
        const auto keys = rig.start();
        rig.now += 1h;
        keys->renew();
        QCOMPARE(parseServerKeys(rig.content().toStdString())->age, 3600s);
    }

    void fewerKeysAreKeptAtOnce()
    {
        Rig rig;
        const auto keys = rig.start();
        for (int i = 0; i < 3; ++i) {
            rig.now += 24h;
            keys->renew();
        }
        const auto ids = idsOf(*keys);
        QCOMPARE(ids.size(), 4UZ);
        keys->setRules({.rotateAfter = 24h, .keptBefore = 1});
        QCOMPARE(idsOf(*keys), (std::vector{ids[0], ids[1]}));
        QCOMPARE(parseServerKeys(rig.content().toStdString())->keys.all().size(), 2UZ);
        keys->setRules({.rotateAfter = 1h, .keptBefore = 1});
        rig.now += 1h;
        keys->renew();
        QCOMPARE(idsOf(*keys).back(), ids[0]);
    }

    void timerReplacesByItself()
    {
        const auto start = std::chrono::steady_clock::now();
        ServerKeys keys({.rotateAfter = 20ms, .keptBefore = 2}, nullptr,
            [&] { return BootTime(std::chrono::steady_clock::now() - start); });
        const auto first = idsOf(keys).front();
        QTRY_VERIFY(keys.count() == 3 && !std::ranges::contains(idsOf(keys), first));
    }

    void fileIsReadBackAsItWas()
    {
        QCOMPARE(QByteArray::fromStdString(writeServerKeys(twoKeys(), 7s)), twoKeysWritten);
        const auto kept = parseServerKeys(twoKeysWritten.toStdString());
        QVERIFY(kept);
        QCOMPARE(kept->age, 7s);
        QCOMPARE(QByteArray::fromStdString(writeServerKeys(kept->keys, kept->age)), twoKeysWritten);
    }

    void uselessFileCostsNewKeysAndIsTold_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("why");
        const auto changed = [](const QByteArray& from, const QByteArray& to) {
            QByteArray text = twoKeysWritten;
            return text.replace(from, to);
        };
        QTest::newRow("empty") << QByteArray() << "empty";
        QTest::newRow("another file") << QByteArray("hello\n") << "not a file of ours";
        QTest::newRow("another version") << changed("keys 1", "keys 2") << "not a file of ours";
        QTest::newRow("no end") << changed("end\n", "") << "cut off";
        QTest::newRow("cut in a key") << twoKeysWritten.first(100) << "cut off";
        QTest::newRow("no key") << QByteArray("foliot-nts-server-keys 1\nage 7\nend\n") << "cut off";
        QTest::newRow("short key") << changed("bc\n", "\n") << "garbled";
        QTest::newRow("no digits") << changed("bc\n", "xy\n") << "garbled";
        QTest::newRow("the same number twice") << changed("4000000000", "3") << "garbled";
        QTest::newRow("number too large") << changed("4000000000", "4294967296") << "garbled";
        QTest::newRow("no age") << changed("age 7", "age x") << "garbled";
        QTest::newRow("age before") << changed("age 7", "age -1") << "garbled";
        QTest::newRow("age for ever") << changed("age 7", "age 9223372036854775807") << "garbled";
        QTest::newRow("another line") << changed("key 3", "kay 3") << "garbled";
    }
    void uselessFileCostsNewKeysAndIsTold()
    {
        QFETCH(const QByteArray, content);
        QFETCH(const QString, why);
        Rig rig;
        rig.put(content);
        const auto keys = rig.start();
        QCOMPARE(keys->problem(), QStringLiteral("nts-server-keys: %1; new keys are made").arg(why));
        QCOMPARE(keys->count(), 1UZ);
        QVERIFY(!std::ranges::contains(std::vector{3U, 4'000'000'000U}, idsOf(*keys).front()));
        QCOMPARE(idsOf(parseServerKeys(rig.content().toStdString())->keys), idsOf(*keys));
        rig.now += 24h;
        keys->renew();
        QVERIFY(keys->problem().isEmpty());
    }

    void linkIsNotFollowed()
    {
        Rig rig;
        rig.put(twoKeysWritten);
        QVERIFY(QFile::rename(rig.path(), rig.folder.filePath(QStringLiteral("elsewhere"))));
        QVERIFY(QFile::link(rig.folder.filePath(QStringLiteral("elsewhere")), rig.path()));
        const auto keys = rig.start();
        QVERIFY2(keys->problem().startsWith(QStringLiteral("nts-server-keys: ")), qPrintable(keys->problem()));
        QCOMPARE(keys->count(), 1UZ);
    }

    void whatCannotBeKeptIsToldAndServedAllTheSame_81()
    {
        Rig rig;
        const auto keys = rig.start();
        QVERIFY(QFile::remove(rig.path()));
        QVERIFY(QDir().mkpath(rig.path() + QStringLiteral("/in the way")));
        rig.now += 24h;
        keys->renew();
        QCOMPARE(keys->count(), 2UZ);
        QVERIFY2(keys->problem().endsWith(QStringLiteral("; after a restart clients will have to exchange keys again")),
            qPrintable(keys->problem()));
        QVERIFY(QDir(rig.path()).removeRecursively());
        keys->save();
        QVERIFY(keys->problem().isEmpty());
    }

    void withoutAFolderNothingIsKept()
    {
        const ServerKeys keys({}, nullptr);
        QCOMPARE(keys.count(), 1UZ);
        QVERIFY(keys.problem().isEmpty());
        QVERIFY(isRead(keys, cookieBy(keys)));
    }
};

QTEST_GUILESS_MAIN(TestServerKeys)
#include "test_server_keys.moc"
