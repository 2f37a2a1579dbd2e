// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/server/answering.h"

#include <cstring>

namespace foliot::daemon {

QString servedText(const ServedAddress& served)
{
    const auto where = QStringLiteral("serving on ") + endpointText(served.endpoint);
    if (served.receiveBuffer == 0)
        return where;
    return where + QStringLiteral(", %1 thread%2, receive buffer %3 KiB%4")
                       .arg(QString::number(served.sockets), served.sockets == 1 ? QString() : QStringLiteral("s"),
                           QString::number(served.receiveBuffer / 1024),
                           served.sockets == 1 ? QString() : QStringLiteral(" each"));
}

QString cannotServe(const Endpoint& local, int error)
{
    return QStringLiteral("cannot serve on %1: %2")
        .arg(endpointText(local), QString::fromLocal8Bit(std::strerror(error)));
}

} // namespace foliot::daemon
