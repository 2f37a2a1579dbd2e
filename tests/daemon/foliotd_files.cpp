// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/foliotd_files.h"

#include "daemon/net/socket.h"

#include <QCoreApplication>
#include <QFile>

namespace foliot::tests {

Folder::Folder()
{
    QFile::setPermissions(m_folder.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner | QFile::ReadGroup |
                                               QFile::ExeGroup | QFile::ReadOther | QFile::ExeOther);
}

QString Folder::write(const QString& name, const QString& content) const
{
    QFile file(m_folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate))
        return {};
    file.write(content.toUtf8());
    return file.fileName();
}

daemon::Endpoint freeEndpoint()
{
    const quint32 process = static_cast<quint32>(QCoreApplication::applicationPid());
    const daemon::Endpoint any{.address = QHostAddress(0x7F000000U | (1U << 22) | (process & 0x3FFFFFU)), .port = 0};
    const auto socket = daemon::openBound(any);
    return socket ? daemon::localEndpoint(socket->get()).value_or(any) : any;
}

QString serverConfiguration(const daemon::Endpoint& endpoint, const QString& clock, double offset)
{
    return QStringLiteral(R"(source = []
[clock]
type = "%2"
[server]
listen = ["%1"]
local-stratum = 1
%3[state]
directory = ""
)")
        .arg(daemon::endpointText(endpoint), clock,
            offset == 0.0 ? QString() : QStringLiteral("[simulation]\noffset = %1\n").arg(offset));
}

QString servingLine(const daemon::Endpoint& endpoint)
{
    return QStringLiteral("serving on ") + daemon::endpointText(endpoint);
}

bool isServing(ChildProcess& daemon, const daemon::Endpoint& endpoint)
{
    return daemon.output().contains(servingLine(endpoint));
}

ServingFoliotd::ServingFoliotd(const Folder& folder, double offset, const QString& more)
    : m_process(QStringLiteral(FOLIOTD),
          {QStringLiteral("--no-bus"), QStringLiteral("--config"),
              folder.write(QStringLiteral("server.toml"),
                  serverConfiguration(m_endpoint, QStringLiteral("simulated"), offset) + more)})
{}

} // namespace foliot::tests
