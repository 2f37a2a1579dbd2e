// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "bus/client/server_text.h"

namespace foliot::bus {

using namespace Qt::StringLiterals;

QString serverText(const QString& host, quint16 port, bool isAuthenticated)
{
    if (port == 0 || port == (isAuthenticated ? keyExchangePort : ntpPort))
        return host;
    return (host.contains(u':') ? u"[%1]:%2"_s : u"%1:%2"_s).arg(host).arg(port);
}

} // namespace foliot::bus
