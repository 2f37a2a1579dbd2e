// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/configuration_file.h"

#include "bus/printable.h"
#include "daemon/log.h"

#include <QStringList>

#include <cerrno>
#include <utility>

#include <sys/stat.h>

namespace foliot::daemon {

namespace {

const auto usualConfiguration = QStringLiteral("/etc/foliot/foliot.toml");

} // namespace

QString problemLine(const config::Error& error)
{
    return bus::printable(QString::fromStdString(config::describe(error)));
}

bool isUsualConfigurationThere()
{
    struct stat status{};
    return ::lstat(qUtf8Printable(usualConfiguration), &status) == 0 || errno != ENOENT;
}

std::expected<config::Reading, QString> readConfiguration(const QString& file, Absence absence)
{
    if (file.isEmpty() && absence == Absence::MeansDefaults && !isUsualConfigurationThere()) {
        qCInfo(logDaemon).noquote() << usualConfiguration + QStringLiteral(": not there, using the defaults");
        return config::examine({}, {}).value();
    }
    const QString path = file.isEmpty() ? usualConfiguration : file;
    auto reading = config::read(path.toStdString());
    if (reading)
        return *std::move(reading);
    QStringList lines;
    for (const config::Error& error : reading.error())
        lines.append(problemLine(error));
    for (const QString& line : std::as_const(lines))
        qCCritical(logDaemon).noquote() << line;
    return std::unexpected(lines.join(u'\n'));
}

void logWarnings(const config::Reading& reading)
{
    for (const config::Error& warning : reading.warnings)
        qCWarning(logDaemon).noquote() << problemLine(warning);
}

} // namespace foliot::daemon
