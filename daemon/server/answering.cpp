// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/server/answering.h"

#include <cerrno>
#include <cstring>

namespace foliot::daemon {

namespace {

constexpr std::uint16_t firstUnprivilegedPort = 1024; // where the system does not say otherwise

} // namespace

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
    const auto text =
        QStringLiteral("cannot serve on %1: %2").arg(endpointText(local), QString::fromLocal8Bit(std::strerror(error)));
    if (error == EACCES && local.port < firstUnprivilegedPort)
        return text + QStringLiteral(" (ports below %1 need CAP_NET_BIND_SERVICE, which foliotd.service gives)")
                          .arg(firstUnprivilegedPort);
    if (error == EADDRINUSE)
        return text + QStringLiteral(" (another program serves there)");
    return text;
}

} // namespace foliot::daemon
