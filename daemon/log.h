// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Log lines: to the journal with their priority when the journal listens, else to standard error with time and category.

#include <QLoggingCategory>

namespace foliot::daemon {

Q_DECLARE_LOGGING_CATEGORY(logDaemon) // start, stop, configuration
Q_DECLARE_LOGGING_CATEGORY(logClock)  // what happens to the clock
Q_DECLARE_LOGGING_CATEGORY(logSource) // what happens to the sources
Q_DECLARE_LOGGING_CATEGORY(logServer)
Q_DECLARE_LOGGING_CATEGORY(logBus)

// Call once, before the first line.
void startLogging();

// The line as it is written, for tests. journal: with syslog's priority, `<N>`, in front instead of time and category.
QByteArray logLine(QtMsgType type, const char* category, const QString& message, bool journal, const QDateTime& when);

} // namespace foliot::daemon
