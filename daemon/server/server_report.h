// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the server is and did, for whoever shows it.

#include "daemon/server/server_counters.h"
#include "daemon/server/serving_choice.h"

#include <QStringList>

namespace foliot::daemon {

struct ServerReport {
    ServingWish wish = ServingWish::Nobody; // because of whom it is there, or should be
    QStringList addresses;                  // that are served
    QStringList problems;                   // sentences
    int threads = 0;                        // 0: the event loop answers
    int receiveBuffer = 0;                  // octets for each thread, the smallest; 0: the kernel's default
    ServerCounters counters;

    bool isServing() const { return !addresses.isEmpty(); }

    friend bool operator==(const ServerReport&, const ServerReport&) = default;
};

} // namespace foliot::daemon
