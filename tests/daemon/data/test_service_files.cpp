// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The files that the service manager reads, judged by its own tools where they are.

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

namespace {

QString contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QString made(const char* name)
{
    return contentOf(QStringLiteral(FOLIOT_MADE "/") + QString::fromLatin1(name));
}

// The values of a key in the order of the file.
QStringList valuesOf(const QString& content, const QString& key)
{
    QStringList values;
    for (const QString& line : content.split(u'\n'))
        if (line.startsWith(key + u'='))
            values.append(line.mid(key.size() + 1));
    return values;
}

} // namespace

class TestServiceFiles : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void daemonHasTheOneCapabilityOfServing()
    {
        const auto unit = made("foliotd.service");
        QCOMPARE(valuesOf(unit, "AmbientCapabilities"), QStringList{"CAP_NET_BIND_SERVICE"});
        QCOMPARE(valuesOf(unit, "CapabilityBoundingSet"), QStringList{"CAP_NET_BIND_SERVICE"});
        QCOMPARE(valuesOf(unit, "NoNewPrivileges"), QStringList{"yes"});
        QCOMPARE(valuesOf(unit, "User"), QStringList{"foliot"});
        QCOMPARE(valuesOf(unit, "Type"), QStringList{"notify"});
        QVERIFY(valuesOf(unit, "WatchdogSec").size() == 1);
    }

    void onlyTheVariantForTheKernelClockMaySetIt()
    {
        const auto variant = made("kernel-clock.conf");
        QCOMPARE(valuesOf(variant, "AmbientCapabilities"), QStringList{"CAP_SYS_TIME"});
        QCOMPARE(valuesOf(variant, "CapabilityBoundingSet"), QStringList{"CAP_SYS_TIME"});
        QVERIFY(valuesOf(variant, "ExecStopPost").value(0).endsWith("/foliotd --end-slew"));
    }

    void daemonThatEndsIsStartedAgain()
    {
        const auto unit = made("foliotd.service");
        QCOMPARE(valuesOf(unit, "Restart"), QStringList{"always"});
        QCOMPARE(valuesOf(unit, "RestartPreventExitStatus"), QStringList{"1 2"});
    }

    void nothingIsLeftToFillIn()
    {
        for (const char* name : {"foliotd.service", "kernel-clock.conf", "sysusers.conf", "tmpfiles.conf"}) {
            QVERIFY2(!made(name).isEmpty(), name);
            QVERIFY2(!made(name).contains(u'@') || name == QLatin1String("foliotd.service"), name);
        }
        QVERIFY(!made("foliotd.service").contains("@FOLIOT"));
    }

    void timeServiceIsNamedForTimedatectl()
    {
        const auto list = contentOf(QStringLiteral(FOLIOT_SHIPPED "/50-foliot.list"));
        QCOMPARE(list.split(u'\n').filter(QRegularExpression("^[^#]")), QStringList{"foliotd.service"});
    }

    void systemdUnderstandsTheUnit_data()
    {
        QTest::addColumn<bool>("isVariant");
        QTest::newRow("with the helper") << false;
        QTest::newRow("with the kernel clock") << true;
    }
    void systemdUnderstandsTheUnit()
    {
        QFETCH(bool, isVariant);
        if (QStandardPaths::findExecutable("systemd-analyze").isEmpty())
            QSKIP("no systemd-analyze here");
        const QTemporaryDir folder;
        // It looks for the programs and files that the unit names, which are not installed.
        auto unit = made("foliotd.service");
        unit.replace(QRegularExpression("^ExecStart=.*$", QRegularExpression::MultilineOption), "ExecStart=/bin/true");
        write(folder.filePath("foliotd.service"), unit);
        if (isVariant) {
            QVERIFY(QDir(folder.path()).mkdir("foliotd.service.d"));
            auto variant = made("kernel-clock.conf");
            variant.replace(QRegularExpression("ExecStopPost=[^ ]*"), "ExecStopPost=/bin/true");
            write(folder.filePath("foliotd.service.d/kernel-clock.conf"), variant);
        }
        const auto [status, output] =
            run({"systemd-analyze", "verify", "--man=no", "--recursive-errors=no", folder.filePath("foliotd.service")});
        const auto complaints = output.split(u'\n').filter("foliotd.service").join(u'\n');
        QVERIFY2(status == 0 && complaints.isEmpty(), qPrintable(output));
    }

    void sandboxIsAsTightAsTheTaskAllows()
    {
        if (QStandardPaths::findExecutable("systemd-analyze").isEmpty())
            QSKIP("no systemd-analyze here");
        const QTemporaryDir folder;
        write(folder.filePath("foliotd.service"), made("foliotd.service"));
        // Of 100; the rest is the network, the address families and the clock's reading. 20 is called "OK".
        const auto [status, output] = run({"systemd-analyze", "security", "--offline=true", "--threshold=20",
            "--no-pager", folder.filePath("foliotd.service")});
        QVERIFY2(status == 0, qPrintable(output));
    }

    void systemdUnderstandsUserAndFolders()
    {
        if (QStandardPaths::findExecutable("systemd-sysusers").isEmpty())
            QSKIP("no systemd-sysusers here");
        const auto users = run({"systemd-sysusers", "--dry-run", FOLIOT_MADE "/sysusers.conf"});
        QVERIFY2(users.first == 0, qPrintable(users.second));
        QVERIFY2(users.second.contains("foliot"), qPrintable(users.second));
        const QTemporaryDir root; // without the user; what is tried is the syntax
        const auto folders =
            run({"systemd-tmpfiles", "--create", "--dry-run", "--root=" + root.path(), FOLIOT_MADE "/tmpfiles.conf"});
        QVERIFY2(!folders.second.contains("Unknown") && !folders.second.contains("invalid", Qt::CaseInsensitive),
            qPrintable(folders.second));
    }

private:
    static void write(const QString& path, const QString& content)
    {
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(content.toUtf8()) < 0)
            qFatal("cannot write %s", qPrintable(path));
    }

    static std::pair<int, QString> run(QStringList command)
    {
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        const auto program = command.takeFirst();
        process.start(program, command);
        if (!process.waitForFinished())
            return {-1, process.errorString()};
        return {process.exitCode(), QString::fromUtf8(process.readAll())};
    }
};

QTEST_GUILESS_MAIN(TestServiceFiles)
#include "test_service_files.moc"
