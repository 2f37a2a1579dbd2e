// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "interop/network_of_its_own.h"

#include "support/child_process.h"

#include <cerrno>
#include <cstring>
#include <sched.h>

using namespace Qt::StringLiterals;

namespace foliot::tests {

QString enterNetworkOfItsOwn()
{
    if (::unshare(CLONE_NEWNET) != 0)
        return u"a network namespace needs root: "_s + QString::fromLocal8Bit(std::strerror(errno));
    const QList<QStringList> commands{
        {u"link"_s, u"set"_s, u"lo"_s, u"up"_s},
        {u"address"_s, u"add"_s, QString::fromUtf16(firstAddress) + u"/32"_s, u"dev"_s, u"lo"_s},
        {u"address"_s, u"add"_s, QString::fromUtf16(secondAddress) + u"/32"_s, u"dev"_s, u"lo"_s},
    };
    for (const auto& command : commands) {
        const auto result = run(u"ip"_s, command);
        if (result.exitCode != 0)
            return u"ip %1: %2"_s.arg(command.join(u' '), result.output);
    }
    return {};
}

} // namespace foliot::tests
