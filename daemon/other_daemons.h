// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Programs beside us that keep the same clock. Two of them would pull it back and forth.

#include <QString>
#include <QStringList>

namespace foliot::daemon {

// "chronyd (process 712)", by the process table. One that says in its command line that it leaves the clock alone
// (chronyd -x) is not meant.
QStringList otherTimeDaemons(const QString& processTable = QStringLiteral("/proc"));

} // namespace foliot::daemon
