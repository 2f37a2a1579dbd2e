// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What it means when a call to the daemon fails. For Client, the window and foliotctl.

#include <QDBusError>
#include <QString>

namespace foliot::bus {

// The daemon is not on the bus.
bool meansAbsent(const QDBusError& error);

// QtDBus answers a call with UnknownObject when the daemon does not take it, for more come in than it can answer. The objects
// that are called are there for as long as the daemon is.
bool meansTooManyCalls(const QDBusError& error);

// What an error says, and what to do where the error itself does not say it. May hold text of outsiders.
QString errorText(const QDBusError& error);

} // namespace foliot::bus
