// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/other_daemons.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

#include <algorithm>
#include <array>
#include <optional>

namespace foliot::daemon {

namespace {

struct Known {
    QByteArrayView command; // as the kernel has it: 15 octets at most
    QByteArrayView name;
    QByteArrayView harmlessWith; // an argument that makes it leave the clock alone; empty: none
};
// The same as in scripts/lib/time_services.sh. OpenNTPD's is ntpd.
constexpr std::array knownDaemons{
    Known{"chronyd", "chronyd", "-x"},
    Known{"ntpd", "ntpd", ""},
    Known{"ntp-daemon", "ntp-daemon", ""},
    Known{"systemd-timesyn", "systemd-timesyncd", ""},
    Known{"phc2sys", "phc2sys", ""},
};

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.read(4096) : QByteArray();
}

std::optional<QString> timeDaemonIn(const QString& folder)
{
    const QByteArray command = contentOf(folder + QStringLiteral("/comm")).trimmed();
    const auto known = std::ranges::find(knownDaemons, command, &Known::command);
    if (known == knownDaemons.end())
        return std::nullopt;
    const QByteArray commandLine = contentOf(folder + QStringLiteral("/cmdline"));
    if (commandLine.isEmpty())
        return std::nullopt; // it has ended, and is not collected by its parent
    const QByteArrayList arguments = commandLine.split('\0');
    if (!known->harmlessWith.isEmpty() && arguments.contains(known->harmlessWith.toByteArray()))
        return std::nullopt;
    return QString::fromLatin1(known->name);
}

} // namespace

QStringList otherTimeDaemons(const QString& processTable)
{
    QStringList found;
    const QDir table(processTable);
    for (const QString& process : table.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        bool isNumber = false;
        process.toUInt(&isNumber);
        if (!isNumber)
            continue;
        if (const auto name = timeDaemonIn(table.filePath(process)))
            found.append(QStringLiteral("%1 (process %2)").arg(*name, process));
    }
    return found;
}

} // namespace foliot::daemon
