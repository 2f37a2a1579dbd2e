// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Where a server is, as people write it and as AddSource takes it. For the window and foliotctl.

#include <QString>

namespace foliot::bus {

inline constexpr quint16 ntpPort = 123;
inline constexpr quint16 keyExchangePort = 4460; // of a server that is authenticated by Network Time Security

// "192.0.2.1", "192.0.2.1:1123", "[2001:db8::1]:1123": the port only where it is neither the usual one nor 0, which is none.
// host: a name, or a numeric address
// without brackets.
QString serverText(const QString& host, quint16 port, bool isAuthenticated);

} // namespace foliot::bus
