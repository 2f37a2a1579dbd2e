// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What runs the daemon's tests as its unit runs the daemon: it must leave what the unit says and no more.

#include "support/child_process.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace foliot::tests;

class TestAsUnit : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        const RunResult tried = asUnit({u"/bin/true"_s});
        if (tried.output.startsWith("SKIP"_L1))
            QSKIP(qPrintable(tried.output.section(u'\n', 0, 0)));
        QVERIFY2(tried.exitCode == 0, qPrintable(tried.output));
    }

    void programHasWhatTheUnitLeaves()
    {
        const QString status = asUnit({u"/bin/cat"_s, u"/proc/self/status"_s}).output;
        for (const char* set : {"CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"})
            QVERIFY2(status.contains(u"%1:\t0000000000000400\n"_s.arg(QLatin1StringView(set))), qPrintable(status));
        QVERIFY2(status.contains("NoNewPrivs:\t1\n"_L1) && status.contains("Seccomp:\t2\n"_L1), qPrintable(status));
        QVERIFY2(!status.contains("Uid:\t0\t"_L1) && status.contains("Groups:\t \n"_L1), qPrintable(status));
    }

    void callThatTheUnitForbidsEndsTheProgram()
    {
        // setpriority is in @resources.
        QCOMPARE(run(u"/usr/bin/nice"_s, {u"-n"_s, u"5"_s, u"/bin/true"_s}).exitCode, 0);
        QCOMPARE(asUnit({u"/usr/bin/nice"_s, u"-n"_s, u"5"_s, u"/bin/true"_s}).exitCode, -1);
    }

    void programThatIsNotThereIsAFailure()
    {
        const RunResult missing = asUnit({u"/no/such/program"_s});
        QCOMPARE(missing.exitCode, 1);
        QVERIFY2(missing.output.startsWith("FAIL!"_L1), qPrintable(missing.output));
    }

private:
    static RunResult asUnit(const QStringList& command)
    {
        return run(QStringLiteral(AS_UNIT), QStringList{QStringLiteral(UNIT)} + command);
    }
};

QTEST_GUILESS_MAIN(TestAsUnit)
#include "test_as_unit.moc"
