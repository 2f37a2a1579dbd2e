// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Two lists of the programs that steer the clock: the daemon's, which leaves the clock to them, and that of the scripts,
// which end them before Foliot is started.

#include "tree/source_tree.h"

#include <QRegularExpression>
#include <QTest>

using namespace foliot::tree;

class TimeDaemonsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void daemonAndScriptsKnowTheSameOnes();
};

void TimeDaemonsTest::daemonAndScriptsKnowTheSameOnes()
{
    QStringList ofTheDaemon;
    static const QRegularExpression known(R"re(Known\{"([^"]+)")re");
    for (const auto& match : known.globalMatch(QString::fromUtf8(contents("daemon/other_daemons.cpp"))))
        ofTheDaemon.append(match.captured(1));
    static const QRegularExpression list(R"(\ntime_processes=\(([^)]*)\))");
    const auto match = list.match(QString::fromUtf8(contents("scripts/lib/time_services.sh")));
    QStringList ofTheScripts = match.captured(1).split(' ', Qt::SkipEmptyParts);
    ofTheDaemon.sort();
    ofTheScripts.sort();
    QVERIFY(ofTheDaemon.contains("chronyd"));
    QCOMPARE(ofTheScripts, ofTheDaemon);
    for (const QString& name : ofTheDaemon)
        QVERIFY2(name.size() <= 15, qPrintable(name)); // of longer ones the kernel tells no more
}

QTEST_GUILESS_MAIN(TimeDaemonsTest)
#include "test_time_daemons.moc"
