// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// FAULTS row 82: another daemon that keeps the clock is seen and named.

#include "daemon/other_daemons.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace foliot::daemon;

namespace {

// A process as /proc shows it.
void addProcess(const QTemporaryDir& table, const QString& id, const QByteArray& command, const QByteArray& arguments)
{
    QDir(table.path()).mkdir(id);
    for (const auto& [name, content] : {std::pair("comm", command + '\n'), std::pair("cmdline", arguments)}) {
        QFile file(table.filePath(id + QLatin1Char('/') + QLatin1StringView(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }
}

} // namespace

class TestOtherDaemons : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void timeDaemonsAreNamed_82()
    {
        QTemporaryDir table;
        addProcess(table, "1", "systemd", "/sbin/init");
        addProcess(table, "712", "systemd-timesyn", "/usr/lib/systemd/systemd-timesyncd");
        addProcess(table, "713", "chronyd",
            QByteArray("/usr/sbin/chronyd\0-F\0"
                       "1",
                23));
        addProcess(table, "self", "chronyd", "chronyd");
        QCOMPARE(
            otherTimeDaemons(table.path()), QStringList({"systemd-timesyncd (process 712)", "chronyd (process 713)"}));
    }

    void chronydThatLeavesTheClockAloneIsNoRival()
    {
        QTemporaryDir table;
        addProcess(table, "713", "chronyd", QByteArray("chronyd\0-x\0-d", 13));
        QVERIFY(otherTimeDaemons(table.path()).isEmpty());
    }

    void daemonThatHasEndedIsNoRival()
    {
        QTemporaryDir table;
        addProcess(table, "713", "chronyd", {}); // as the kernel shows one that its parent has not collected
        QVERIFY(otherTimeDaemons(table.path()).isEmpty());
    }

    void processTableThatIsNotThereNamesNobody()
    {
        QVERIFY(otherTimeDaemons(QStringLiteral("/nonexistent")).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestOtherDaemons)
#include "test_other_daemons.moc"
