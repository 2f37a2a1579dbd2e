// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/publisher/authorizer.h"

namespace foliot::daemon {

QString polkitAction(Permission permission)
{
    switch (permission) {
    case Permission::ManageSources:
        return QStringLiteral("org.foliot.manage-sources");
    case Permission::Refresh:
        return QStringLiteral("org.foliot.refresh");
    case Permission::StepClock:
        return QStringLiteral("org.foliot.step-clock");
    case Permission::ServeTime:
        return QStringLiteral("org.foliot.serve-time");
    case Permission::ListClients:
        return QStringLiteral("org.foliot.list-clients");
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace foliot::daemon
