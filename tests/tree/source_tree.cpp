// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tree/source_tree.h"

#include <QDirIterator>
#include <QFile>
#include <QProcess>

namespace foliot::tree {

namespace {

QStringList filesKnownToGit()
{
    QProcess git;
    git.setWorkingDirectory(sourceFolder());
    git.start(QStringLiteral("git"), {"ls-files", "-z", "--cached", "--others", "--exclude-standard"});
    if (!git.waitForFinished() || git.exitStatus() != QProcess::NormalExit || git.exitCode() != 0)
        return {};
    return QString::fromUtf8(git.readAllStandardOutput()).split(QChar(u'\0'), Qt::SkipEmptyParts);
}

QStringList filesInFolder()
{
    const QDir top(sourceFolder());
    QStringList files;
    QDirIterator iterator(top.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (iterator.hasNext()) {
        const QString path = top.relativeFilePath(iterator.next());
        if (!path.startsWith("build") && !path.startsWith(".git/"))
            files.append(path);
    }
    return files;
}

} // namespace

QString sourceFolder()
{
    return QStringLiteral(FOLIOT_SOURCE_FOLDER);
}

QStringList sourceFiles()
{
    QStringList files = filesKnownToGit();
    if (files.isEmpty())
        files = filesInFolder();
    // A file that was removed from the folder is still known to git.
    files.removeIf([](const QString& path) { return !QFile::exists(sourceFolder() + '/' + path); });
    files.sort();
    return files;
}

QByteArray contents(const QString& path)
{
    QFile file(sourceFolder() + '/' + path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool isBinary(const QByteArray& contents)
{
    return contents.contains('\0');
}

} // namespace foliot::tree
