// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tree/script_test.h"

#include "tree/source_tree.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTest>

namespace foliot::tree {

void ScriptTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    QVERIFY(QDir(m_folder->path()).mkdir("foliot"));
}

Outcome ScriptTest::shell(const QString& commands, const QString& before) const
{
    QProcess bash;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("XDG_CACHE_HOME", m_folder->path());
    environment.insert("FOLIOT_PROGRAM", "tried");
    environment.remove("FOLIOT_MIRROR");
    bash.setProcessEnvironment(environment);
    bash.setWorkingDirectory(m_folder->path());
    bash.start("bash", {"-c", before + "\n. '" + sourceFolder() + "/scripts/lib/common.sh'\n" + commands});
    if (!bash.waitForFinished())
        return {};
    return {bash.exitCode(), QString::fromUtf8(bash.readAllStandardOutput()),
        QString::fromUtf8(bash.readAllStandardError())};
}

void ScriptTest::write(const QString& name, const QByteArray& text) const
{
    QFile file(m_folder->filePath(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

} // namespace foliot::tree
