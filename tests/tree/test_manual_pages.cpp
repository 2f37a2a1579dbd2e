// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tree/source_tree.h"

#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace foliot::tree;

namespace {

// What a program says of its options.
QString helpOf(const QString& program, const QStringList& arguments)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("QT_QPA_PLATFORM", "offscreen");
    environment.insert("LC_ALL", "C.UTF-8");
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(QStringLiteral(FOLIOT_BUILD_FOLDER "/") + program, arguments);
    return process.waitForFinished() ? QString::fromUtf8(process.readAll()) : QString();
}

QSet<QString> longOptionsIn(const QString& text)
{
    static const QRegularExpression option("--[a-z][a-z-]*[a-z]");
    QSet<QString> options;
    for (const auto& match : option.globalMatch(text))
        options.insert(match.captured());
    return options;
}

// Without the remarks, and with hyphens as a reader sees them.
QString pageText(QString page)
{
    page.remove(QRegularExpression("^\\.\\\\\".*$", QRegularExpression::MultilineOption));
    return page.replace("\\-", "-");
}

} // namespace

// Each program's options against its page, and nothing in the page that the program does not have.
class ManualPagesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pageHasTheOptionsOfItsProgram_data();
    void pageHasTheOptionsOfItsProgram();
    void pageOfTheSettingsIsMadeWithTheProgram();
};

void ManualPagesTest::pageHasTheOptionsOfItsProgram_data()
{
    QTest::addColumn<QString>("page");
    QTest::addColumn<QString>("program");
    QTest::addColumn<QList<QStringList>>("ways"); // to ask for help
    QTest::newRow("foliotd(8)") << "daemon/data/foliotd.8" << "daemon/foliotd" << QList<QStringList>{{"--help"}};
    QTest::newRow("foliot-helper(8)") << "helper/data/foliot-helper.8" << "helper/foliot-helper"
                                      << QList<QStringList>{{"--help"}}; // which it does not have, and says what it has
    QTest::newRow("foliot(1)") << "gui/data/foliot.1" << "gui/foliot" << QList<QStringList>{{"--help"}};
    QList<QStringList> commands{{"--help"}};
    static const QRegularExpression command("^  foliotctl ([a-z]+)", QRegularExpression::MultilineOption);
    for (const auto& match : command.globalMatch(helpOf("cli/foliotctl", {"--help"})))
        commands.append({match.captured(1), "--help"});
    QVERIFY(commands.size() > 8);
    QTest::newRow("foliotctl(1)") << "cli/foliotctl.1" << "cli/foliotctl" << commands;
}

void ManualPagesTest::pageHasTheOptionsOfItsProgram()
{
    QFETCH(const QString, page);
    QFETCH(const QString, program);
    QFETCH(const QList<QStringList>, ways);
    QSet<QString> ofProgram;
    for (const QStringList& way : ways)
        ofProgram |= longOptionsIn(helpOf(program, way));
    QVERIFY(!ofProgram.isEmpty());
    const QSet<QString> ofPage = longOptionsIn(pageText(QString::fromUtf8(contents(page))));
    QCOMPARE(QStringList((ofProgram - ofPage).values()).join(' '), ""); // missing in the page
    QCOMPARE(QStringList((ofPage - ofProgram).values()).join(' '), ""); // unknown to the program
}

void ManualPagesTest::pageOfTheSettingsIsMadeWithTheProgram()
{
    QFile page(QStringLiteral(FOLIOT_BUILD_FOLDER "/shared/config/foliot.toml.5"));
    QVERIFY(page.open(QIODevice::ReadOnly));
    const QString text = pageText(QString::fromUtf8(page.readAll()));
    static const QRegularExpression setting("^#([a-z0-9-]+) = ", QRegularExpression::MultilineOption);
    int count = 0;
    for (const auto& match : setting.globalMatch(QString::fromUtf8(contents("daemon/data/foliot.toml")))) {
        QVERIFY2(text.contains("\n.B " + match.captured(1) + '\n'), qPrintable(match.captured(1)));
        ++count;
    }
    QCOMPARE(text.count("\n.TP\n"), count);
}

QTEST_GUILESS_MAIN(ManualPagesTest)
#include "test_manual_pages.moc"
