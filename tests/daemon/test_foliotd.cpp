// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The program itself: starts, serves, synchronizes, reloads and ends as a service manager wants it.

#include "daemon/foliotd_files.h"
#include "daemon/notify_socket.h"
#include "support/made_certificates.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTest>

#include <csignal>

#include <unistd.h>

using namespace foliot;
using namespace foliot::daemon;
using namespace foliot::tests;

namespace {

constexpr int patienceMs = 20'000;
const auto foliotd = QStringLiteral(FOLIOTD);

QString clientConfiguration(const Endpoint& server, const QString& state, const QString& more = {})
{
    return QStringLiteral(R"([[source]]
address = "%1"
minpoll = 0
maxpoll = 2
%3
[clock]
type = "simulated"
[simulation]
offset = 0.05
frequency = 20.0
[state]
directory = "%2"
)")
        .arg(endpointText(server))
        .arg(state, more);
}

} // namespace

class TestFoliotd : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void synchronizesToAnotherFoliotdAndEndsWhenAsked()
    {
        const Folder folder;
        ServingFoliotd server(folder);
        QTRY_VERIFY_WITH_TIMEOUT(server.isServing(), patienceMs);

        NotifySocket manager(folder.path(QStringLiteral("notify")));
        const QString clientFile = folder.write(QStringLiteral("client.toml"),
            clientConfiguration(server.endpoint(), folder.path(QStringLiteral("state"))));
        ChildProcess client(
            foliotd, {"--no-bus", "--config", clientFile}, {manager.environment(), "WATCHDOG_USEC=200000"});
        QTRY_VERIFY_WITH_TIMEOUT(manager.wasTold("READY=1"), patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(manager.wasTold("WATCHDOG=1"), patienceMs);
        QTRY_VERIFY2_WITH_TIMEOUT(
            client.output().contains(QStringLiteral("synchronized: within")), qPrintable(client.output()), patienceMs);
        QVERIFY(!manager.wasTold("STOPPING=1")); // and makes room for it: a full queue would lose the last word
        QCOMPARE(client.stop(), 0);
        QVERIFY(manager.wasTold("STOPPING=1"));
        QVERIFY(QFile::exists(folder.path(QStringLiteral("state/source-ids"))));
        QCOMPARE(server.process().stop(), 0);
    }

    void reloadKeepsSourcesAndTakesNewOnes()
    {
        const Folder folder;
        ServingFoliotd server(folder);
        QTRY_VERIFY_WITH_TIMEOUT(server.isServing(), patienceMs);

        NotifySocket manager(folder.path(QStringLiteral("notify")));
        const QString file = folder.write(QStringLiteral("client.toml"), clientConfiguration(server.endpoint(), {}));
        ChildProcess client(foliotd, {"--no-bus", "--config", file}, {manager.environment()});
        QTRY_VERIFY_WITH_TIMEOUT(client.output().contains(QStringLiteral(": answers")), patienceMs);

        // A bad file changes nothing and is said.
        manager.forget();
        folder.write(QStringLiteral("client.toml"), QStringLiteral("[[sourc]]\n"));
        ::kill(static_cast<pid_t>(client.process().processId()), SIGHUP);
        QTRY_VERIFY_WITH_TIMEOUT(
            client.output().contains(QStringLiteral("the configuration stays as it was")), patienceMs);
        QVERIFY(client.output().contains(QStringLiteral("client.toml:1")));
        QTRY_VERIFY_WITH_TIMEOUT(manager.wasTold("READY=1"), patienceMs);
        QVERIFY(manager.wasTold("RELOADING=1"));

        // A good one brings the new source; the old one is not asked as if it were new.
        folder.write(
            QStringLiteral("client.toml"), clientConfiguration(server.endpoint(), {},
                                               QStringLiteral("[[source]]\naddress = \"127.0.0.1\"\nport = 9\n")));
        ::kill(static_cast<pid_t>(client.process().processId()), SIGHUP);
        QTRY_VERIFY_WITH_TIMEOUT(client.output().contains(QStringLiteral("configuration read again")), patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(client.output().contains(QStringLiteral("127.0.0.1:9)")), patienceMs);
        QCOMPARE(client.output().count(QStringLiteral(": answers")), 1);
        QCOMPARE(client.stop(), 0);
    }

    // An editor that moves the old one away first is enough.
    void usualFileThatIsGoneAtAReloadChangesNothing_80()
    {
        if (qEnvironmentVariable("FOLIOT_ISOLATED") != u"1" || ::geteuid() != 0)
            QSKIP("no /etc of its own here");
        const QString usual = QStringLiteral("/etc/foliot/foliot.toml");
        if (QFile::exists(usual))
            QSKIP("the machine has a configuration");
        QVERIFY(QDir().mkpath(QStringLiteral("/etc/foliot")));
        const Folder folder;
        QVERIFY(QFile::copy(folder.write(QStringLiteral("server.toml"), serverConfiguration(freeEndpoint())), usual));
        ChildProcess server(foliotd, {"--no-bus"});
        QTRY_VERIFY_WITH_TIMEOUT(server.output().contains(QStringLiteral("serving ")), patienceMs);
        QVERIFY(QFile::remove(usual));
        ::kill(static_cast<pid_t>(server.process().processId()), SIGHUP);
        QTRY_VERIFY2_WITH_TIMEOUT(server.output().contains(QStringLiteral("the configuration stays as it was")),
            qPrintable(server.output()), patienceMs);
        QVERIFY2(server.output().contains(usual + QStringLiteral(": ")), qPrintable(server.output()));
        QCOMPARE(server.stop(), 0);
    }

    void reloadThatIsAskedForBeforeTheStartIsDoneAfterIt()
    {
        const Folder folder;
        const QString file = folder.write(QStringLiteral("server.toml"), serverConfiguration(freeEndpoint()));
        ChildProcess server(foliotd, {"--no-bus", "--config", file}, {QStringLiteral("LD_PRELOAD=" EARLY_RELOAD)});
        QTRY_VERIFY2_WITH_TIMEOUT(server.output().contains(QStringLiteral("configuration read again")),
            qPrintable(server.output()), patienceMs);
        QCOMPARE(server.stop(), 0);
    }

    void checkJudgesAFile()
    {
        const Folder folder;
        const QString file = folder.write(QStringLiteral("good.toml"), serverConfiguration(freeEndpoint()));
        const auto good = run(foliotd, {"--check", file});
        QCOMPARE(good.exitCode, 0);
        const auto bad =
            run(foliotd, {"--check", folder.write(QStringLiteral("bad.toml"), QStringLiteral("[clok]\n"))});
        QCOMPARE(bad.exitCode, 1);
        QVERIFY2(bad.output.contains(QStringLiteral("bad.toml:1:")), qPrintable(bad.output));
    }

    void checkJudgesTheFilesThatItNames_data()
    {
        QTest::addColumn<QString>("setting"); // %1: the folder
        QTest::addColumn<QString>("problem"); // none: good
        QTest::newRow("a key that is there")
            << "[[source]]\naddress = \"192.0.2.1\"\nkey = 7\n[keys]\nfile = \"%1/keys\"\n"
            << QString();
        QTest::newRow("a key that is not there")
            << "[[source]]\naddress = \"192.0.2.1\"\nkey = 8\n[keys]\nfile = \"%1/keys\"\n"
            << "source.key: 192.0.2.1: key 8 is not in %1/keys; add it there, or correct the number";
        QTest::newRow("no file of keys")
            << "[keys]\nfile = \"%1/absent\"\n"
            << "keys.file: %1/absent: cannot be opened: No such file or directory; correct the path, or make the file";
        QTest::newRow("a folder") << "[keys]\nfile = \"%1\"\n"
                                  << "keys.file: %1: not a regular file; correct the path, or make the file";
        QTest::newRow("keys that others read")
            << "[keys]\nfile = \"%1/open\"\n"
            << "keys.file: %1/open: others can read or change it, so its keys are no secret: chmod 640 or 600";
        QTest::newRow("no keys in it") << "[keys]\nfile = \"%1/notes\"\n"
                                       << "keys.file: %1/notes: line 1: an id, a type and a secret are needed";
        QTest::newRow("no trusted file") << "[nts]\ntrusted-file = \"%1/absent\"\n"
                                         << "nts.trusted-file: %1/absent: cannot be opened: No such file or directory; "
                                            "correct the path, or make the file";
        QTest::newRow("no certificate")
            << "[nts]\ntrusted-file = \"%1/notes\"\n"
            << "nts.trusted-file: %1/notes: no certificate in it; they have to be in PEM, with lines of BEGIN and END";
        const auto ntsServer = QStringLiteral("[server]\nlisten = [\"127.0.0.1\"]\n[nts-server]\n"
                                              "certificates = [\"%1/%2\"]\nprivate-keys = [\"%1/%3\"]\n");
        QTest::newRow("no certificate of the server") << ntsServer.arg("%1", "notes", "notes")
                                                      << "nts-server.certificates: %1/notes: no certificate in it; "
                                                         "they have to be in PEM, with lines of BEGIN and "
                                                         "END";
        QTest::newRow("no key of the certificate") << ntsServer.arg("%1", "certificate", "absent")
                                                   << "nts-server.private-keys: %1/absent: cannot be opened: No such "
                                                      "file or directory; correct the path, or make "
                                                      "the file";
        QTest::newRow("a key of the certificate that others read")
            << ntsServer.arg("%1", "certificate", "open")
            << "nts-server.private-keys: %1/open: others can read or change it, so the key is no secret: chmod 640 or "
               "600";
        QTest::newRow("a certificate and its key") << ntsServer.arg("%1", "chain", "key") << QString();
        QTest::newRow("a key of another certificate")
            << ntsServer.arg("%1", "chain", "other-key")
            << "nts-server.private-keys: %1/other-key: not the key of the certificate in %1/chain; name two "
               "that belong together";
        QTest::newRow("no key in it") << ntsServer.arg("%1", "chain", "notes")
                                      << "nts-server.private-keys: %1/notes: no private key in it that can be read; it "
                                         "has to be in PEM, without a password";
        QTest::newRow("a certificate that has expired") << ntsServer.arg("%1", "old-chain", "old-key")
                                                        << "nts-server.certificates: %1/old-chain: has expired, so "
                                                           "that clients refuse it; put a valid one there, or "
                                                           "correct the clock";
    }
    void checkJudgesTheFilesThatItNames()
    {
        QFETCH(const QString, setting);
        QFETCH(const QString, problem);
        const Folder folder;
        const QString place = QFileInfo(folder.path(QStringLiteral("keys"))).path();
        constexpr auto ownersOnly = QFile::ReadOwner | QFile::WriteOwner;
        QVERIFY(
            QFile::setPermissions(folder.write(QStringLiteral("keys"), QStringLiteral("7 SHA1 secret\n")), ownersOnly));
        QVERIFY(QFile::setPermissions(folder.write(QStringLiteral("notes"), QStringLiteral("nothing\n")), ownersOnly));
        QVERIFY(QFile::setPermissions(
            folder.write(QStringLiteral("open"), QStringLiteral("7 SHA1 secret\n")), ownersOnly | QFile::ReadOther));
        MadeAuthority authority;
        QVERIFY(QFile::copy(authority.trustedFile(), folder.path(QStringLiteral("certificate"))));
        const auto lay = [&](const QString& name, const CertificateFiles& files) {
            return QFile::copy(files.chain, folder.path(name + "chain")) &&
                   QFile::copy(files.key, folder.path(name + "key"));
        };
        const QDateTime today = QDateTime::currentDateTimeUtc();
        QVERIFY(lay({}, authority.sign({.names = {QStringLiteral("a.test")}})));
        QVERIFY(lay(QStringLiteral("other-"), authority.sign({.names = {QStringLiteral("a.test")}})));
        QVERIFY(lay(QStringLiteral("old-"),
            authority.sign(
                {.names = {QStringLiteral("a.test")}, .validFrom = today.addDays(-3), .expires = today.addDays(-1)})));
        const QString file = folder.write(QStringLiteral("checked.toml"), setting.arg(place));
        const auto outcome = run(foliotd, {"--check", file});
        QCOMPARE(outcome.output.trimmed(),
            file + (problem.isEmpty() ? QStringLiteral(": good") : ": " + problem.arg(place)));
        QCOMPARE(outcome.exitCode, problem.isEmpty() ? 0 : 1);
    }

    void fileThatTheUserMayNotReadIsLeftUnchecked()
    {
        const Folder folder;
        const QString keys = folder.write(QStringLiteral("keys"), QStringLiteral("7 SHA1 secret\n"));
        QVERIFY(QFile::setPermissions(keys, {}));
        const auto outcome = run(foliotd, {"--check", folder.write(QStringLiteral("checked.toml"),
                                                          QStringLiteral("[keys]\nfile = \"%1\"\n").arg(keys))});
        QCOMPARE(outcome.exitCode, 0);
        const QString left = keys + QStringLiteral(": not checked, this user may not read it; check as root\n");
        const bool mayRead = ::geteuid() == 0; // root may read everything
        QVERIFY2(outcome.output.contains(left) != mayRead, qPrintable(outcome.output));
        QVERIFY2(outcome.output.contains(QStringLiteral("checked.toml: good\n")), qPrintable(outcome.output));
    }

    void fileThatTheServiceMayNotReadIsNoted_data()
    {
        QTest::addColumn<QFileDevice::Permissions>("permissions");
        QTest::addColumn<bool>("isNoted");
        QTest::newRow("root's alone") << QFileDevice::Permissions(QFile::ReadOwner | QFile::WriteOwner) << true;
        QTest::newRow("everybody's") << QFileDevice::Permissions(QFile::ReadOwner | QFile::ReadOther) << false;
    }
    void fileThatTheServiceMayNotReadIsNoted()
    {
        QFETCH(const QFileDevice::Permissions, permissions);
        QFETCH(const bool, isNoted);
        if (::geteuid() != 0 || run(QStringLiteral("unshare"), {"--mount", "true"}).exitCode != 0)
            QSKIP("only root can be somebody else, and have a list of users of its own");
        const Folder folder;
        const QString trusted = folder.path(QStringLiteral("trusted"));
        const MadeAuthority authority;
        QVERIFY(QFile::copy(authority.trustedFile(), trusted));
        QVERIFY(QFile::setPermissions(trusted, permissions));
        QVERIFY(QFile::setPermissions(QFileInfo(trusted).path(),
            QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner | QFile::ExeGroup | QFile::ExeOther));
        const QString users = folder.write(
            QStringLiteral("passwd"), QStringLiteral("root:x:0:0::/:/bin/sh\nfoliot:x:990:990::/:/bin/sh\n"));
        const QString file =
            folder.write(QStringLiteral("checked.toml"), QStringLiteral("[nts]\ntrusted-file = \"%1\"\n").arg(trusted));
        const auto outcome = run(QStringLiteral("unshare"),
            {"--mount", "--propagation", "private", "sh", "-c",
                "mount --bind \"$1\" /etc/passwd && exec \"$2\" --check \"$3\"", "sh", users, foliotd, file});
        const QString note =
            file + QStringLiteral(": warning: nts.trusted-file: %1: foliotd.service runs as user foliot, who may "
                                  "not read it; let that user in, as by chgrp foliot and chmod 640\n")
                       .arg(trusted);
        QCOMPARE(outcome.output, (isNoted ? note : QString()) + file + QStringLiteral(": good\n"));
        QCOMPARE(outcome.exitCode, 0);
    }

    void whatCanHardlyBeMeantIsWarnedOf()
    {
        const Folder folder;
        const QString file = folder.write(QStringLiteral("doubtful.toml"),
            serverConfiguration(freeEndpoint())
                .replace(QStringLiteral("[server]\n"), QStringLiteral("[server]\nallow = []\n")));
        const auto checked = run(foliotd, {"--check", file});
        QCOMPARE(checked.exitCode, 0);
        QVERIFY2(checked.output.contains(QStringLiteral(": warning: server.allow: nobody is in it")),
            qPrintable(checked.output));
        QVERIFY2(checked.output.endsWith(file + QStringLiteral(": good\n")), qPrintable(checked.output));

        ChildProcess server(foliotd, {"--no-bus", "--config", file});
        const auto warnings = [&] { return server.output().count(QStringLiteral(": warning: server.allow: ")); };
        QTRY_COMPARE_WITH_TIMEOUT(warnings(), 1, patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(server.output().contains(QStringLiteral("serving")), patienceMs);
        ::kill(static_cast<pid_t>(server.process().processId()), SIGHUP);
        QTRY_COMPARE_WITH_TIMEOUT(warnings(), 2, patienceMs);
        QCOMPARE(server.stop(), 0);
    }

    void whatIsWrongIsToldWithoutControllingTheTerminal()
    {
        const Folder folder;
        const auto outcome = run(foliotd,
            {"--check", folder.write(QStringLiteral("odd.toml"),
                            QStringLiteral("\"a\\u001b[2J\\nb\" = 1\n[[source]]\naddress = \"c\\u0000d\\u202e\"\n"))});
        QCOMPARE(outcome.exitCode, 1);
        const QStringList lines = outcome.output.trimmed().split(u'\n');
        QCOMPARE(lines.size(), 2);
        QVERIFY2(lines[0].contains(QStringLiteral("a\\u{1b}[2J\\u{a}b: unknown section")), qPrintable(lines[0]));
        QVERIFY2(lines[1].contains(QStringLiteral("\"c\\u{0}d\\u{202e}\": ")), qPrintable(lines[1]));
    }

    void closedStandardDescriptorsBecomeNoSocket()
    {
        const Folder folder;
        NotifySocket manager(folder.path(QStringLiteral("notify")));
        const QString file = folder.write(QStringLiteral("server.toml"), serverConfiguration(freeEndpoint()));
        ChildProcess server(QStringLiteral("sh"),
            {"-c", "exec \"$0\" --no-bus --config \"$1\" <&- >&- 2>&-", foliotd, file}, {manager.environment()});
        QTRY_VERIFY_WITH_TIMEOUT(manager.wasTold("READY=1"), patienceMs);
        for (const int descriptor : {0, 1, 2}) {
            const auto place = QStringLiteral("/proc/%1/fd/%2").arg(server.process().processId()).arg(descriptor);
            QCOMPARE(QFile::symLinkTarget(place), QStringLiteral("/dev/null"));
        }
        manager.forget();
        ::kill(static_cast<pid_t>(server.process().processId()), SIGHUP); // which is logged
        QTRY_VERIFY_WITH_TIMEOUT(manager.wasTold("READY=1"), patienceMs);
        QCOMPARE(server.stop(), 0);
    }

    void exitStatusSaysWhatIsWrong()
    {
        const Folder folder;
        QCOMPARE(run(foliotd, {"--nonsense"}).exitCode, 2);
        QCOMPARE(run(foliotd, {"--config", folder.path(QStringLiteral("absent.toml")), "--no-bus"}).exitCode, 1);
        const auto version = run(foliotd, {"--version"});
        QCOMPARE(version.exitCode, 0);
        QVERIFY(version.output.startsWith(QStringLiteral("foliotd ")));
    }
};

QTEST_GUILESS_MAIN(TestFoliotd)
#include "test_foliotd.moc"
