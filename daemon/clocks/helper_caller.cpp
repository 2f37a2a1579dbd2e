// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/clocks/helper_caller.h"

#include <QDir>
#include <QPluginLoader>

namespace foliot::daemon {

using namespace Qt::StringLiterals;

HelperCaller* loadHelperCaller(QString* problem)
{
    const QDir directory(qEnvironmentVariable("FOLIOT_PLUGIN_PATH", QStringLiteral(FOLIOT_PLUGIN_DIR)));
    QPluginLoader loader(directory.filePath(u"foliot_helper_plugin"_s));
    auto* const caller = qobject_cast<HelperCaller*>(loader.instance());
    if (caller == nullptr)
        *problem = loader.errorString();
    return caller;
}

} // namespace foliot::daemon
