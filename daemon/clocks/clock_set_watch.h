// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Says when somebody set the machine's clock, or the machine woke up: a kernel timer that ends with that. Read by the
// engine, which would notice by itself only with its next packet or wakeup.

#include "daemon/net/file_descriptor.h"

#include <QObject>
#include <QSocketNotifier>

#include <ctime>
#include <limits>
#include <memory>

namespace foliot::daemon {

class ClockSetWatch : public QObject {
    Q_OBJECT
public:
    // until: the end of all time, but for tests; the timer then says it too.
    explicit ClockSetWatch(
        timespec until = {.tv_sec = std::numeric_limits<time_t>::max(), .tv_nsec = 0}, QObject* parent = nullptr);

    // -1 when the kernel gave none: then nothing is ever said.
    int descriptor() const { return m_descriptor.get(); }

Q_SIGNALS:
    void changed();

private:
    void arm(timespec until);
    void read();

    FileDescriptor m_descriptor;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace foliot::daemon
