// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The server's certificates: what can be used, what is said of the others, and that renewed ones are taken while the server
// runs.

#include "daemon/nts_server/identity_keeper.h"

#include "served_identity.h"
#include "support/freed_memory.h"
#include "support/machine_time.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <openssl/core_names.h>
#include <openssl/pem.h>

#include <sys/stat.h>

using namespace foliot;
using namespace foliot::daemon;
using namespace foliot::tests;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(path));
    return file.readAll();
}

// As whoever renews a certificate does: another file takes the place of the one before.
void put(const QString& path, const QByteArray& content)
{
    QFile::remove(path + u".new"_s);
    QFile file(path + u".new"_s);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size() ||
        !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner))
        qFatal("cannot write %s", qPrintable(path));
    file.close();
    if (std::rename(qPrintable(path + u".new"_s), qPrintable(path)) != 0)
        qFatal("cannot replace %s", qPrintable(path));
}

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

Key keyOf(const QByteArray& pem)
{
    const std::unique_ptr<BIO, decltype(&BIO_free)> input{
        BIO_new_mem_buf(pem.constData(), static_cast<int>(pem.size())), BIO_free};
    return {PEM_read_bio_PrivateKey(input.get(), nullptr, nullptr, nullptr), EVP_PKEY_free};
}

// cipher: by which the password "secret" hides it; null: none.
QByteArray pemOf(const Key& key, const EVP_CIPHER* cipher)
{
    const std::unique_ptr<BIO, decltype(&BIO_free)> output{BIO_new(BIO_s_mem()), BIO_free};
    PEM_write_bio_PrivateKey(
        output.get(), key.get(), cipher, reinterpret_cast<const unsigned char*>("secret"), 6, nullptr, nullptr);
    QByteArray text(static_cast<qsizetype>(BIO_ctrl_pending(output.get())), Qt::Uninitialized);
    BIO_read(output.get(), text.data(), static_cast<int>(text.size()));
    return text;
}

// Of the certificates in force.
QStringList namesOf(const IdentityKeeper& keeper)
{
    QStringList names;
    for (const ServedIdentity& identity : keeper.identities(machineTime()))
        if (identity.certificate)
            names += identity.certificate->names;
    return names;
}

} // namespace

class TestIdentity : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void goodFilesAreUsed();
    void unusableFilesAreSaid_data();
    void unusableFilesAreSaid();
    void keyIsWipedFromTheTextOfItsFile();
    void nameChoosesTheCertificate();
    void commonNameIsNoName();
    void keyIsReadHoweverItIsWritten_data();
    void keyIsReadHoweverItIsWritten();
    void keysThatCannotSignAreSaid_data();
    void keysThatCannotSignAreSaid();
    void renewedCertificateIsTaken();
    void badRenewalChangesNothingAndIsSaid();
    void halfARenewalIsSaidUntilTheOtherHalfIsThere();
    void unchangedFilesAreNotReadAgain();
    void missingFilesAreTakenWhenTheyAreThere();
    void expiredCertificateIsSaid();
    void goodOneServesBesideABadOne();

private:
    // A pair of files of the test's own.
    IdentityFiles lay(const QTemporaryDir& folder, const CertificateFiles& files)
    {
        put(folder.filePath(u"chain.pem"_s), contentOf(files.chain));
        put(folder.filePath(u"key.pem"_s), contentOf(files.key));
        return {
            .chain = folder.filePath(u"chain.pem"_s).toStdString(), .key = folder.filePath(u"key.pem"_s).toStdString()};
    }

    MadeAuthority m_authority;
};

void TestIdentity::goodFilesAreUsed()
{
    const QDateTime expires = QDateTime::currentDateTimeUtc().addDays(9);
    const auto files = m_authority.sign({.names = {u"a.test"_s, u"b.test"_s}, .expires = expires});
    const auto identity = Identity::read(filesOf(files));
    QVERIFY2(identity, identity ? "" : identity.error().text.c_str());
    QCOMPARE(identity->certificate().names, (QStringList{u"a.test"_s, u"b.test"_s}));
    QCOMPARE(identity->certificate().issuer, u"Foliot test authority"_s);
    QCOMPARE(std::chrono::floor<std::chrono::seconds>(identity->certificate().expires.time_since_epoch()).count(),
        expires.toSecsSinceEpoch());
    QVERIFY(identity->isFor("b.test"));
    QVERIFY(!identity->isFor("c.test"));
}

void TestIdentity::unusableFilesAreSaid_data()
{
    QTest::addColumn<QString>("chain");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("why");
    QTest::newRow("no chain") << u"absent"_s << u"key"_s << u"absent: cannot be opened: No such file"_s;
    QTest::newRow("no key") << u"chain"_s << u"absent"_s << u"absent: cannot be opened: No such file"_s;
    QTest::newRow("a folder as chain") << u"."_s << u"key"_s << u"not a regular file"_s;
    QTest::newRow("FIFO as key") << u"chain"_s << u"fifo"_s << u"fifo: not a regular file"_s;
    QTest::newRow("key in place of chain") << u"key"_s << u"key"_s << u"no certificate in it"_s;
    QTest::newRow("chain in place of key") << u"chain"_s << u"chain"_s << u"no private key in it"_s;
    QTest::newRow("garbage as key") << u"chain"_s << u"garbage"_s << u"no private key in it"_s;
    QTest::newRow("key that wants a password") << u"chain"_s << u"encrypted"_s << u"without a password"_s;
    QTest::newRow("key of another") << u"chain"_s << u"other"_s << u"other: not the key of the certificate in "_s;
    QTest::newRow("key that others can read") << u"chain"_s << u"open"_s << u"chmod 640 or 600"_s;
    QTest::newRow("key that the group can change") << u"chain"_s << u"shared"_s << u"chmod 640 or 600"_s;
}

void TestIdentity::unusableFilesAreSaid()
{
    QFETCH(const QString, chain);
    QFETCH(const QString, key);
    QFETCH(const QString, why);
    const QTemporaryDir folder;
    const auto files = m_authority.sign({.names = {u"a.test"_s}});
    const QByteArray goodKey = contentOf(files.key);
    put(folder.filePath(u"chain"_s), contentOf(files.chain));
    for (const QString& name : {u"key"_s, u"open"_s, u"shared"_s})
        put(folder.filePath(name), goodKey);
    QCOMPARE(::chmod(qPrintable(folder.filePath(u"open"_s)), 0644), 0);
    QCOMPARE(::chmod(qPrintable(folder.filePath(u"shared"_s)), 0660), 0);
    QCOMPARE(::mkfifo(qPrintable(folder.filePath(u"fifo"_s)), 0600), 0);
    put(folder.filePath(u"garbage"_s), goodKey.first(goodKey.size() / 2));
    put(folder.filePath(u"encrypted"_s), pemOf(keyOf(goodKey), EVP_aes_128_cbc()));
    put(folder.filePath(u"other"_s), contentOf(m_authority.sign({.names = {u"a.test"_s}}).key));
    const auto identity =
        Identity::read({.chain = folder.filePath(chain).toStdString(), .key = folder.filePath(key).toStdString()});
    QVERIFY(!identity);
    QVERIFY2(QString::fromStdString(identity.error().text).contains(why), identity.error().text.c_str());
    QVERIFY(QString::fromStdString(identity.error().text).startsWith(folder.path())); // it names the file
}

void TestIdentity::keyIsWipedFromTheTextOfItsFile()
{
    const auto files = m_authority.sign({.names = {u"a.test"_s}});
    const QByteArray line = contentOf(files.key).split('\n').at(1);
    QCOMPARE(line.size(), 64);
    const FreedMemory freed(std::string_view(line.constData(), 64));
    QVERIFY(Identity::read(filesOf(files)));
    QCOMPARE(freed.timesFound(), 0);
}

void TestIdentity::nameChoosesTheCertificate()
{
    const auto identities = identitiesFor(m_authority, {u"a.test"_s, u"*.wild.test"_s, u"a.test"_s});
    const auto& all = identities->all();
    QCOMPARE(&identities->shownTo("a.test"), &all[0]); // the first that fits
    QCOMPARE(&identities->shownTo("x.wild.test"), &all[1]);
    QCOMPARE(&identities->shownTo("X.WILD.TEST"), &all[1]);
    QCOMPARE(&identities->shownTo("x.y.wild.test"), &all[0]); // nobody's
    QCOMPARE(&identities->shownTo(""), &all[0]);
    QCOMPARE(&identities->shownTo(std::string("x.wild.test\0.test", 17)), &all[0]);
}

void TestIdentity::commonNameIsNoName() // RFC 9525 section 2
{
    const auto identity = Identity::read(filesOf(m_authority.sign({.names = {u"192.0.2.1"_s}})));
    QVERIFY(identity);
    QVERIFY(!identity->isFor("Foliot test server"));
}

void TestIdentity::keyIsReadHoweverItIsWritten_data()
{
    QTest::addColumn<QByteArray>("parameter");
    QTest::addColumn<QByteArray>("value"); // empty: 0
    QTest::newRow("without its public half") << QByteArray(OSSL_PKEY_PARAM_EC_INCLUDE_PUBLIC) << QByteArray();
    QTest::newRow("its public half compressed")
        << QByteArray(OSSL_PKEY_PARAM_EC_POINT_CONVERSION_FORMAT) << "compressed"_ba;
    QTest::newRow("its curve in full") << QByteArray(OSSL_PKEY_PARAM_EC_ENCODING) << "explicit"_ba;
}

void TestIdentity::keyIsReadHoweverItIsWritten()
{
    QFETCH(const QByteArray, parameter);
    QFETCH(const QByteArray, value);
    for (const MadeKey kind : {MadeKey::P256, MadeKey::P384}) {
        const auto files = m_authority.sign({.names = {u"a.test"_s}, .key = kind});
        const QByteArray usual = contentOf(files.key);
        const Key key = keyOf(usual);
        QCOMPARE(value.isEmpty() ? EVP_PKEY_set_int_param(key.get(), parameter, 0)
                                 : EVP_PKEY_set_utf8_string_param(key.get(), parameter, value),
            1);
        const QByteArray written = pemOf(key, nullptr);
        QVERIFY(written != usual);
        put(files.key, written);
        QVERIFY(Identity::read(filesOf(files)));
    }
}

void TestIdentity::keysThatCannotSignAreSaid_data()
{
    QTest::addColumn<MadeKey>("key");
    QTest::newRow("P-521") << MadeKey::P521;
    QTest::newRow("RSA of 1024 bits") << MadeKey::Rsa1024;
    QTest::newRow("RSA of 2560 bits") << MadeKey::Rsa2560;
    QTest::newRow("Ed448") << MadeKey::Ed448;
}

void TestIdentity::keysThatCannotSignAreSaid()
{
    QFETCH(const MadeKey, key);
    const auto files = filesOf(m_authority.sign({.names = {u"a.test"_s}, .key = key}));
    const auto identity = Identity::read(files);
    QVERIFY(!identity);
    QCOMPARE(identity.error().part, IdentityError::Part::Key);
    QCOMPARE(identity.error().text, files.key.string() +
                                        ": a key of this kind or size cannot be used; take one of P-256, P-384, "
                                        "Ed25519, or RSA of 2048, 3072 or 4096 bits, and a certificate for it");
}

void TestIdentity::renewedCertificateIsTaken()
{
    const QTemporaryDir folder;
    Publication<Identities> published;
    IdentityKeeper keeper(published, 10ms);
    QSignalSpy changed(&keeper, &IdentityKeeper::changed);
    keeper.keep({lay(folder, m_authority.sign({.names = {u"old.test"_s}}))});
    QCOMPARE(namesOf(keeper), QStringList{u"old.test"_s});
    const auto inUse = published.value();

    lay(folder, m_authority.sign({.names = {u"new.test"_s}}));
    QTRY_COMPARE(namesOf(keeper), QStringList{u"new.test"_s});
    QVERIFY(published.value()->all().front().isFor("new.test"));
    QVERIFY(inUse->all().front().isFor("old.test")); // for connections that have begun
    QVERIFY(!changed.isEmpty());
    QTRY_VERIFY(keeper.problems(machineTime()).isEmpty()); // it may have been seen when half of it was there
}

void TestIdentity::badRenewalChangesNothingAndIsSaid()
{
    const QTemporaryDir folder;
    Publication<Identities> published;
    IdentityKeeper keeper(published, 1h);
    keeper.keep({lay(folder, m_authority.sign({.names = {u"old.test"_s}}))});
    put(folder.filePath(u"chain.pem"_s), "nothing");
    keeper.look();
    QCOMPARE(namesOf(keeper), QStringList{u"old.test"_s});
    QVERIFY(published.value()->all().front().isFor("old.test"));
    QCOMPARE(keeper.problems(machineTime()).size(), 1);
    QVERIFY(keeper.problems(machineTime()).front().contains(u"no certificate in it"_s));
    QVERIFY(keeper.problems(machineTime()).front().endsWith(u"; the certificate from before stays in use"_s));
    QCOMPARE(keeper.identities(machineTime()).front().problem, keeper.problems(machineTime()).front());
    QCOMPARE(keeper.identities(machineTime()).front().file, folder.filePath(u"chain.pem"_s));
    QFile::remove(folder.filePath(u"chain.pem"_s));
    keeper.look();
    QVERIFY(keeper.problems(machineTime()).front().contains(u"No such file"_s));
    QCOMPARE(namesOf(keeper), QStringList{u"old.test"_s});
}

void TestIdentity::halfARenewalIsSaidUntilTheOtherHalfIsThere()
{
    const QTemporaryDir folder;
    Publication<Identities> published;
    IdentityKeeper keeper(published, 1h);
    keeper.keep({lay(folder, m_authority.sign({.names = {u"old.test"_s}}))});
    const auto renewed = m_authority.sign({.names = {u"new.test"_s}});
    put(folder.filePath(u"chain.pem"_s), contentOf(renewed.chain));
    keeper.look();
    QVERIFY(keeper.problems(machineTime()).join(u'\n').contains(u"not the key of the certificate"_s));
    QCOMPARE(namesOf(keeper), QStringList{u"old.test"_s});
    put(folder.filePath(u"key.pem"_s), contentOf(renewed.key));
    keeper.look();
    QCOMPARE(keeper.problems(machineTime()), QStringList());
    QCOMPARE(namesOf(keeper), QStringList{u"new.test"_s});
}

void TestIdentity::unchangedFilesAreNotReadAgain()
{
    const QTemporaryDir folder;
    Publication<Identities> published;
    IdentityKeeper keeper(published, 1h);
    QSignalSpy changed(&keeper, &IdentityKeeper::changed);
    const auto files = lay(folder, m_authority.sign({.names = {u"a.test"_s}}));
    keeper.keep({files});
    const auto before = published.value();
    keeper.look();
    QCOMPARE(published.value(), before);
    QVERIFY(changed.isEmpty());
    keeper.keep({files});
    QCOMPARE(published.value()->all().front().tls().get(), before->all().front().tls().get());
}

void TestIdentity::missingFilesAreTakenWhenTheyAreThere()
{
    const QTemporaryDir folder;
    Publication<Identities> published;
    IdentityKeeper keeper(published, 10ms);
    keeper.keep(
        {{.chain = folder.filePath(u"chain.pem"_s).toStdString(), .key = folder.filePath(u"key.pem"_s).toStdString()}});
    QVERIFY(published.value()->isEmpty());
    QVERIFY(keeper.problems(machineTime()).front().endsWith(u"No such file or directory"_s));
    QVERIFY(!keeper.identities(machineTime()).front().certificate);
    lay(folder, m_authority.sign({.names = {u"late.test"_s}}));
    QTRY_VERIFY(!published.value()->isEmpty());
    QTRY_COMPARE(keeper.problems(machineTime()), QStringList());
}

void TestIdentity::expiredCertificateIsSaid()
{
    const QDateTime today = QDateTime::currentDateTimeUtc();
    Publication<Identities> published;
    IdentityKeeper keeper(published, 1h);
    keeper.keep({filesOf(
        m_authority.sign({.names = {u"a.test"_s}, .validFrom = today.addDays(-5), .expires = today.addDays(5)}))});
    QCOMPARE(keeper.problems(machineTime()), QStringList());
    QVERIFY(keeper.problems(machineTime() + 24h * 6).front().contains(u"has expired"_s));
    QVERIFY(keeper.problems(machineTime() - 24h * 6).front().contains(u"is not valid yet"_s));
}

void TestIdentity::goodOneServesBesideABadOne()
{
    Publication<Identities> published;
    IdentityKeeper keeper(published, 1h);
    keeper.keep({{.chain = "/nowhere/chain.pem", .key = "/nowhere/key.pem"},
        filesOf(m_authority.sign({.names = {u"good.test"_s}}))});
    QCOMPARE(published.value()->all().size(), 1U);
    QVERIFY(published.value()->all().front().isFor("good.test"));
    QCOMPARE(keeper.problems(machineTime()).size(), 1);
}

QTEST_GUILESS_MAIN(TestIdentity)
#include "test_identity.moc"
