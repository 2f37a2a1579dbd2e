// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Some computers with a cable each to one switch: network namespaces with an address each, and a bridge. They share all else,
// the machine's clock too.

#include "daemon/net/file_descriptor.h"

#include <QString>
#include <QStringList>

#include <cstddef>
#include <vector>

namespace foliot::tests {

class Lan {
public:
    // Why it cannot be made (no privilege), or empty. addresses: of the hosts. Call before any thread is started.
    QString make(const QStringList& addresses);

    // What this thread starts from now on runs on that host.
    bool enter(std::size_t host) const;

    bool plug(std::size_t host) const { return setLink(host, QStringLiteral("up")); }
    bool unplug(std::size_t host) const { return setLink(host, QStringLiteral("down")); }

private:
    bool setLink(std::size_t host, const QString& state) const;

    std::vector<daemon::FileDescriptor> m_hosts; // their namespaces
    daemon::FileDescriptor m_switch;
};

} // namespace foliot::tests
