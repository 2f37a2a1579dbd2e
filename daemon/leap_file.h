// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The list of leap seconds as a file of the system: read when told to, looked at again each hour because an update of the
// system replaces it, and watched for its expiry. Owned by Daemon, which hands the list on and shows what is wrong.

#include "ntp/leap_seconds.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <filesystem>
#include <functional>

namespace foliot::daemon {

class LeapFile : public QObject {
    Q_OBJECT
public:
    // now: the time, as far as it is known.
    explicit LeapFile(std::function<RealTime()> now, QObject* parent = nullptr);

    // Of this file from now on; empty: no list. A file that cannot be read leaves the list from before.
    void read(const std::filesystem::path& file);
    void readAgain();

    const ntp::LeapSeconds& list() const { return m_list; }
    // Why there is no list, or no new one, or that it has expired, a sentence; empty when all is well. That a system has no
    // list where it usually is is no problem.
    const QString& problem() const { return m_problem; }

Q_SIGNALS:
    void changed(); // list() or problem()

private:
    QString load();

    const std::function<RealTime()> m_now;
    std::filesystem::path m_file;
    ntp::LeapSeconds m_list;
    QString m_problem;
    QTimer m_hourly;
};

} // namespace foliot::daemon
