// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tree/include_table.h"

#include "tree/source_tree.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

using namespace foliot::tree;

namespace {

const auto tableText = QStringLiteral("group std vector chrono\n"
                                      "group system thread\n"
                                      "group libc sys/*.h\n"
                                      "generated *.moc\n"
                                      "allow shared/ntp std\n"
                                      "allow shared/sync std shared/ntp/time.h\n"
                                      "allow gui std shared/bus QtCore\n"
                                      "allow shared/bus std QtCore\n"
                                      "allow daemon std shared system libc QtCore\n"
                                      "allow daemon/steer std\n"
                                      "allow tests/simulation std QtCore !QTimer\n"
                                      "words shared/sync steady_clock\n");

const QSet<QString> files{"shared/ntp/time.h", "shared/ntp/packet.h", "shared/bus/names.h", "shared/sync/system.h",
    "daemon/engine.h", "daemon/steer/plugin.h"};

QStringList violations(const QString& path, const QString& source)
{
    QString problem;
    const IncludeTable table = IncludeTable::parse(tableText, &problem);
    return table.violations(path, source, files);
}

// The precompiled headers that each folder's targets are compiled after, as files.
QSet<std::pair<QString, QString>> precompiledHeaders()
{
    static const QRegularExpression header(R"(\S+/cmake_pch\.hxx\b)");
    QFile commands(FOLIOT_BUILD_FOLDER "/compile_commands.json");
    if (!commands.open(QIODevice::ReadOnly))
        return {};
    QSet<std::pair<QString, QString>> found;
    for (const auto& entry : QJsonDocument::fromJson(commands.readAll()).array()) {
        const QJsonObject command = entry.toObject();
        const auto match = header.match(command.value("command").toString());
        const QString output = command.value("output").toString();
        if (match.hasMatch() && !output.contains("/foliot_family_"))
            found.insert({output.section("/CMakeFiles/", 0, 0), match.captured()});
    }
    return found;
}

} // namespace

class IncludeTableTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatTheTableAllowsIsAccepted_data();
    void whatTheTableAllowsIsAccepted();
    void whatTheTableForbidsIsFound_data();
    void whatTheTableForbidsIsFound();
    void lineThatIsNoneIsRefused();
    void qtHeadersAreKnownByTheirModule();
    void everyFileOfTheTreeKeepsToTheTable();
    void precompiledHeadersKeepToTheTable();
};

void IncludeTableTest::whatTheTableAllowsIsAccepted_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("source");
    QTest::newRow("group") << "shared/ntp/a.cpp" << "#include <vector>\n";
    QTest::newRow("own folder") << "shared/ntp/a.cpp" << "#include \"ntp/packet.h\"\n";
    QTest::newRow("single file") << "shared/sync/a.h" << "#include \"ntp/time.h\"\n";
    QTest::newRow("folder") << "gui/a.cpp" << "#include \"bus/names.h\"\n";
    QTest::newRow("Qt module") << "gui/a.cpp" << "#include <QString>\n#include <QtCore/QTimer>\n";
    QTest::newRow("wildcard") << "daemon/a.cpp" << "#include <sys/socket.h>\n";
    QTest::newRow("generated") << "gui/a.cpp" << "#include \"a.moc\"\n";
    QTest::newRow("word in a comment") << "shared/sync/a.h" << "// no steady_clock here\n";
}

void IncludeTableTest::whatTheTableAllowsIsAccepted()
{
    QFETCH(QString, path);
    QFETCH(QString, source);
    QCOMPARE(violations(path, source), QStringList());
}

void IncludeTableTest::whatTheTableForbidsIsFound_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("why");
    QTest::newRow("Qt in the core") << "shared/ntp/a.h" << "#include <QString>\n"
                                    << "QString, which shared/ntp may not";
    QTest::newRow("thread in the core") << "shared/ntp/a.h" << "#include <thread>\n" << "thread, which";
    QTest::newRow("system call in the core") << "shared/sync/a.h" << " #  include <sys/timex.h>\n" << "sys/timex.h";
    QTest::newRow("more than the value types") << "shared/sync/a.h" << "#include \"ntp/packet.h\"\n" << "ntp/packet.h";
    QTest::newRow("window reads the core") << "gui/a.cpp" << "#include \"sync/system.h\"\n" << "which gui may not";
    QTest::newRow("daemon from the window") << "gui/a.cpp" << "#include \"daemon/engine.h\"\n" << "which gui may not";
    QTest::newRow("outer folder from an inner row") << "daemon/steer/a.cpp" << "#include \"daemon/engine.h\"\n"
                                                    << "may not";
    QTest::newRow("timer in the simulator") << "tests/simulation/a.cpp" << "#include <QTimer>\n" << "QTimer, which";
    QTest::newRow("unknown header") << "daemon/a.cpp" << "#include <boost/any.hpp>\n" << "in no group";
    QTest::newRow("file that is not there") << "daemon/a.cpp" << "#include \"daemon/gone.h\"\n" << "not in the tree";
    QTest::newRow("folder without a row") << "novel/a.cpp" << "" << "no row";
    QTest::newRow("clock by name") << "shared/sync/a.h" << "auto t = std::chrono::steady_clock::now();"
                                   << "steady_clock";
}

void IncludeTableTest::whatTheTableForbidsIsFound()
{
    QFETCH(QString, path);
    QFETCH(QString, source);
    QFETCH(QString, why);
    const QStringList found = violations(path, source);
    QCOMPARE(found.size(), 1);
    QVERIFY2(found.first().contains(why), qPrintable(found.first()));
}

void IncludeTableTest::lineThatIsNoneIsRefused()
{
    QString problem;
    QVERIFY(IncludeTable::parse("permit gui everything\n", &problem).folders().isEmpty());
    QVERIFY(!problem.isEmpty());
}

void IncludeTableTest::qtHeadersAreKnownByTheirModule()
{
    QCOMPARE(qtModuleOf("QString"), "QtCore");
    QCOMPARE(qtModuleOf("qstring.h"), "QtCore");
    QCOMPARE(qtModuleOf("QDBusConnection"), "QtDBus");
    QCOMPARE(qtModuleOf("QtTest/QSignalSpy"), "QtTest");
    QCOMPARE(qtModuleOf("vector"), "");
}

void IncludeTableTest::everyFileOfTheTreeKeepsToTheTable()
{
    QString problem;
    const IncludeTable table =
        IncludeTable::parse(QString::fromUtf8(contents("tests/tree/include_table.txt")), &problem);
    QCOMPARE(problem, "");
    const QStringList all = sourceFiles();
    const QSet<QString> known(all.begin(), all.end());
    QStringList found;
    int checked = 0;
    for (const QString& path : all) {
        if (!path.endsWith(".h") && !path.endsWith(".cpp"))
            continue;
        found += table.violations(path, QString::fromUtf8(contents(path)), known);
        ++checked;
    }
    QVERIFY(checked > 20);
    QVERIFY2(found.isEmpty(), qPrintable("\n" + found.join('\n')));
}

void IncludeTableTest::precompiledHeadersKeepToTheTable()
{
    QString problem;
    const IncludeTable table =
        IncludeTable::parse(QString::fromUtf8(contents("tests/tree/include_table.txt")), &problem);
    const QStringList all = sourceFiles();
    const QSet<QString> known(all.begin(), all.end());
    QStringList found;
    const auto headers = precompiledHeaders();
    for (const auto& [folder, file] : headers) {
        QFile header(file);
        QVERIFY2(header.open(QIODevice::ReadOnly), qPrintable(file));
        found += table.violations(folder + "/any.cpp", QString::fromUtf8(header.readAll()), known);
    }
    QCOMPARE(headers.size() > 10, bool(FOLIOT_PCH));
    QVERIFY2(found.isEmpty(), qPrintable("\n" + found.join('\n')));
}

QTEST_GUILESS_MAIN(IncludeTableTest)
#include "test_include_table.moc"
