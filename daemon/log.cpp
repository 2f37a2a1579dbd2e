// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/log.h"

#include <QDateTime>

#include <cstdio>

#include <sys/stat.h>

namespace foliot::daemon {

Q_LOGGING_CATEGORY(logDaemon, "foliot.daemon", QtInfoMsg)
Q_LOGGING_CATEGORY(logClock, "foliot.clock", QtInfoMsg)
Q_LOGGING_CATEGORY(logSource, "foliot.source", QtInfoMsg)
Q_LOGGING_CATEGORY(logServer, "foliot.server", QtInfoMsg)
Q_LOGGING_CATEGORY(logBus, "foliot.bus", QtInfoMsg)

namespace {

bool toJournal = false;

// The journal says which stream is its own; a redirected standard error is not.
bool journalListens()
{
    struct stat status{};
    if (::fstat(fileno(stderr), &status) != 0)
        return false;
    const auto own = QStringLiteral("%1:%2").arg(status.st_dev).arg(status.st_ino);
    return qEnvironmentVariable("JOURNAL_STREAM") == own;
}

int priorityOf(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return 7;
    case QtInfoMsg:
        return 6;
    case QtWarningMsg:
        return 4;
    case QtCriticalMsg:
        return 3;
    case QtFatalMsg:
        return 2;
    }
    return 4;
}

void writeLine(QtMsgType type, const QMessageLogContext& context, const QString& message)
{
    const auto line = logLine(type, context.category, message, toJournal, QDateTime::currentDateTimeUtc());
    std::fwrite(line.constData(), 1, static_cast<std::size_t>(line.size()), stderr);
}

} // namespace

QByteArray logLine(QtMsgType type, const char* category, const QString& message, bool journal, const QDateTime& when)
{
    // One line a message: what came from outside must not be able to forge a second one.
    auto text = message.toUtf8();
    for (auto& octet : text) {
        if (static_cast<unsigned char>(octet) < 0x20 || octet == 0x7f)
            octet = '?';
    }
    if (journal)
        return QByteArray("<") + QByteArray::number(priorityOf(type)) + ">" + text + "\n";
    return when.toString(Qt::ISODateWithMs).toLatin1() + " " + (category ? category : "default") + ": " + text + "\n";
}

void startLogging()
{
    toJournal = journalListens();
    // Three lines for each call over the bus that there is none for: anybody could drown what we say.
    QLoggingCategory::setFilterRules(QStringLiteral("qt.dbus.integration.warning=false"));
    qInstallMessageHandler(writeLine);
}

} // namespace foliot::daemon
