// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "interop/foliot_daemon.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace foliot::tests {

FoliotDaemon::FoliotDaemon(const QString& configuration)
{
    const auto path = m_folder.filePath(u"foliot.toml"_s);
    QFile file(path);
    const auto text =
        configuration + u"\n[state]\ndirectory = \"%1/state\"\n\n[bus]\ntype = \"session\"\n"_s.arg(m_folder.path());
    if (!file.open(QIODevice::WriteOnly) || file.write(text.toUtf8()) < 0)
        qFatal("cannot write %s: %s", qPrintable(path), qPrintable(file.errorString()));
    file.close();
    QDir(m_folder.path()).mkdir(u"state"_s);

    m_file = path;
    start();
    m_client = std::make_unique<bus::Client>(bus::BusChoice{.kind = bus::BusKind::Session, .address = m_bus.address()});
    m_client->start();
}

void FoliotDaemon::start()
{
    m_process = std::make_unique<ChildProcess>(
        QStringLiteral(FOLIOTD_PROGRAM), QStringList{u"--config"_s, m_file}, m_bus.environment());
}

int FoliotDaemon::restart()
{
    const int ended = m_process->stop();
    start();
    return ended;
}

bus::SourceData FoliotDaemon::source() const
{
    const auto sources = m_client->sources();
    return sources.empty() ? bus::SourceData{} : sources.begin()->second;
}

} // namespace foliot::tests
