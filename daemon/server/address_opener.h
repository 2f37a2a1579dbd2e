// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Opens the addresses that a configuration names. Those that cannot be opened yet are tried again when the network changes,
// and from time to time: whoever has taken a port may end, and no news tells of it.

#include "daemon/server/answering.h"

#include <QObject>
#include <QStringList>
#include <QTimer>

#include <expected>
#include <functional>
#include <vector>

namespace foliot::daemon {

class AddressOpener : public QObject {
    Q_OBJECT
public:
    // Error: a sentence that says what could not be done, and why.
    using Open = std::function<std::expected<ServedAddress, QString>(const Endpoint&)>;

    explicit AddressOpener(Open open, QObject* parent = nullptr);

    // Tries at once, and goes on trying.
    void want(const Endpoint& local);
    // Tries those that are missing.
    void retry();

    const std::vector<ServedAddress>& served() const { return m_served; }
    QStringList problems() const; // of those that are missing

Q_SIGNALS:
    // An address that could not be opened at first now is.
    void opened(const foliot::daemon::ServedAddress& served);

private:
    struct Missing {
        Endpoint endpoint;
        QString problem;
    };

    const Open m_open;
    std::vector<ServedAddress> m_served;
    std::vector<Missing> m_missing;
    QTimer m_timer; // while something is missing
};

} // namespace foliot::daemon
