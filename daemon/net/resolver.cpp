// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/net/resolver.h"

#include <QHostInfo>

namespace foliot::daemon {

void SystemResolver::lookUp(const QString& name)
{
    QHostInfo::lookupHost(name, this, [this, name](const QHostInfo& info) {
        if (info.error() != QHostInfo::NoError)
            Q_EMIT unresolvable(name, info.errorString());
        else if (info.addresses().isEmpty())
            Q_EMIT unresolvable(name, QStringLiteral("The name has no address."));
        else
            Q_EMIT resolved(name, info.addresses());
    });
}

} // namespace foliot::daemon
