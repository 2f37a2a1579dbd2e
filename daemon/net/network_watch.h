// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Says when the machine's network changed: an interface, an address or a route came or went. Fed by the kernel's
// routing socket; read by the engine, which then asks its sources anew.

#include "daemon/net/file_descriptor.h"

#include <QObject>
#include <QSocketNotifier>
#include <QTimer>

#include <memory>

namespace foliot::daemon {

class NetworkWatch : public QObject {
    Q_OBJECT
public:
    // When the kernel does not tell, nothing is ever said.
    explicit NetworkWatch(QObject* parent = nullptr);

    // An interface other than loopback is up and has an address.
    static bool isOnline();

Q_SIGNALS:
    // Once for changes that come together.
    void changed(bool online);

private:
    void read();

    FileDescriptor m_descriptor;
    std::unique_ptr<QSocketNotifier> m_notifier;
    QTimer m_settled;
};

} // namespace foliot::daemon
