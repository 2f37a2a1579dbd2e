// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tree/machine_traces.h"

#include "tree/source_tree.h"

#include <QTest>

using namespace foliot::tree;

class MachineTracesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void traceIsFound_data();
    void traceIsFound();
    void ordinaryPathIsNoTrace_data();
    void ordinaryPathIsNoTrace();
    void noFileOfTheTreeHoldsOne();
};

void MachineTracesTest::traceIsFound_data()
{
    // In two pieces each, because this file is looked at too.
    QTest::addColumn<QString>("text");
    QTest::newRow("workplace") << "cd /"
                                  "work/foliot";
    QTest::newRow("somebody's home") << "include \"/"
                                        "home/anna/x.h\"";
    QTest::newRow("root's home") << "/"
                                    "root/.cache/x";
    QTest::newRow("mirror") << "http://deb"
                               ".debian.org/debian";
    QTest::newRow("regional mirror") << "http://ftp"
                                        ".de.debian.org/debian";
    QTest::newRow("other system's mirror") << "http://archive"
                                              ".ubuntu.com/ubuntu";
    QTest::newRow("registry") << "https://registry"
                                 ".npmjs.org/x";
}

void MachineTracesTest::traceIsFound()
{
    QFETCH(QString, text);
    QCOMPARE(machineTraces("first\n" + text + "\nlast"), QStringList("2: " + text));
}

void MachineTracesTest::ordinaryPathIsNoTrace_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("system folder") << "/var/lib/foliot";
    QTest::newRow("relative") << "frame/work/x";
    QTest::newRow("pool of time servers") << "2.debian.pool.ntp.org";
    QTest::newRow("manual") << "https://www.rfc-editor.org/rfc/rfc5905";
}

void MachineTracesTest::ordinaryPathIsNoTrace()
{
    QFETCH(QString, text);
    QCOMPARE(machineTraces(text), QStringList());
}

void MachineTracesTest::noFileOfTheTreeHoldsOne()
{
    QStringList found;
    for (const QString& path : sourceFiles()) {
        const QByteArray text = contents(path);
        if (isBinary(text) || path.startsWith("LICENSE"))
            continue;
        for (const QString& trace : machineTraces(QString::fromUtf8(text)))
            found.append(path + ":" + trace);
    }
    QVERIFY2(found.isEmpty(), qPrintable("\n" + found.join('\n')));
}

QTEST_GUILESS_MAIN(MachineTracesTest)
#include "test_machine_traces.moc"
