// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tree/source_tree.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <functional>

using namespace foliot::tree;

namespace {

// What a checker printed when it was not content; empty when it was.
QString complaints(const QString& program, const QStringList& arguments, const QString& folder = sourceFolder())
{
    QProcess process;
    process.setWorkingDirectory(folder);
    process.setProcessChannelMode(QProcess::MergedChannels);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("G_DEBUG", "fatal-warnings"); // flatpak-builder only warns of a word that it does not know
    process.setProcessEnvironment(environment);
    process.start(program, arguments);
    if (!process.waitForFinished(240'000))
        return program + " did not finish";
    if (process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0)
        return {};
    return QString::fromUtf8(process.readAll()) + program + " is not content";
}

QStringList filesThat(const std::function<bool(const QString&)>& fit)
{
    QStringList files = sourceFiles();
    files.removeIf([&fit](const QString& path) { return !fit(path); });
    return files;
}

bool isShellScript(const QString& path)
{
    const QString firstLine = QString::fromUtf8(contents(path)).section('\n', 0, 0);
    return path.endsWith(".sh") || firstLine.startsWith("#!/bin/sh") || firstLine.startsWith("#!/bin/bash");
}

} // namespace

// Programs that check a kind of file each: on wrong examples, to see that they are at work, and on the tree's own files.
class CheckersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void wrongFileIsFound_data();
    void wrongFileIsFound();
    void filesOfTheTreeAreRight_data();
    void filesOfTheTreeAreRight();
};

void CheckersTest::wrongFileIsFound_data()
{
    QTest::addColumn<QStringList>("command");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("shellcheck") << QStringList({"shellcheck"}) << "wrong.sh" << QByteArray("#!/bin/sh\nrm -r $1\n");
    QTest::newRow("clang-format") << QStringList({"clang-format", "--dry-run", "--Werror",
                                         "--style=file:" + sourceFolder() + "/.clang-format"})
                                  << "wrong.cpp" << QByteArray("int  main( ) { return 0 ; }\n");
    QTest::newRow("desktop-file-validate") << QStringList({"desktop-file-validate"}) << "org.foliot.wrong.desktop"
                                           << QByteArray("[Desktop Entry]\nType=Nothing\n");
    QTest::newRow("appstreamcli") << QStringList({"appstreamcli", "validate", "--no-net"}) << "wrong.metainfo.xml"
                                  << QByteArray("<?xml version=\"1.0\"?><component type=\"desktop-application\"/>\n");
    QTest::newRow("xmllint") << QStringList({"xmllint", "--noout", "--nonet"}) << "wrong.xml" << QByteArray("<node>\n");
    QTest::newRow("flatpak-builder") << QStringList({"flatpak-builder", "--show-manifest"}) << "org.foliot.wrong.yml"
                                     << QByteArray("id: org.foliot.wrong\ncomand: wrong\n");
}

void CheckersTest::wrongFileIsFound()
{
    QFETCH(QStringList, command);
    QFETCH(QString, name);
    QFETCH(QByteArray, text);
    if (QStandardPaths::findExecutable(command.first()).isEmpty())
        QSKIP(qPrintable(command.first() + " is not installed"));
    const QTemporaryDir folder;
    QFile file(folder.filePath(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
    file.close();
    const QString program = command.takeFirst();
    QVERIFY(!complaints(program, command + QStringList(name), folder.path()).isEmpty());
}

void CheckersTest::filesOfTheTreeAreRight_data()
{
    QTest::addColumn<QStringList>("command");
    QTest::addColumn<QStringList>("files");
    QTest::newRow("shell scripts") << QStringList({"shellcheck"}) << filesThat(isShellScript);
    QTest::newRow("desktop files") << QStringList({"desktop-file-validate"})
                                   << filesThat([](const QString& path) { return path.endsWith(".desktop"); });
    QTest::newRow("AppStream data") << QStringList({"appstreamcli", "validate", "--no-net"})
                                    << filesThat([](const QString& path) { return path.endsWith(".metainfo.xml"); });
    QTest::newRow("XML") << QStringList({"xmllint", "--noout", "--nonet"}) << filesThat([](const QString& path) {
        return path.endsWith(".xml") || path.endsWith(".svg") || path.endsWith(".ui") || path.endsWith(".ts");
    });
    QTest::newRow("Flatpak manifest") << QStringList({"flatpak-builder", "--show-manifest"})
                                      << filesThat([](const QString& path) { return path.startsWith("flatpak/"); });
}

void CheckersTest::filesOfTheTreeAreRight()
{
    QFETCH(QStringList, command);
    QFETCH(QStringList, files);
    const QString program = command.takeFirst();
    if (QStandardPaths::findExecutable(program).isEmpty())
        QSKIP(qPrintable(program + " is not installed"));
    if (files.isEmpty())
        return;
    const QString found = complaints(program, command + files);
    QVERIFY2(found.isEmpty(), qPrintable("\n" + found));
}

QTEST_GUILESS_MAIN(CheckersTest)
#include "test_checkers.moc"
