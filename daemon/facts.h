// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What there is to know of the daemon beside its timekeeping, and what is wrong that no measurement shows. Kept by Daemon,
// published as it is.

#include "config/config.h"
#include "ntp/time.h"

#include <QString>
#include <QStringList>

namespace foliot::daemon {

struct DaemonFacts {
    QString version;
    config::ClockType clockType = config::ClockType::None;
    bool serverEnabled = false;
    QString configurationProblem; // of the file as read last, whose settings are not in force; empty when there is none
    QStringList restartNeeded;    // settings that the file has changed and that are taken at the next start
    QStringList sourcesLeftOut;   // configured or kept ones that are not asked: sentences
    QStringList otherClockKeepers; // programs that keep the clock, so that this one only measures
    QString leapListProblem;       // what is wrong with the list of leap seconds, its expiry too; empty when nothing is
    RealTime leapListExpires{};    // 1970: there is no list
    QString stateProblem;          // why what is learnt is not kept for the next start; empty when it is

    friend bool operator==(const DaemonFacts&, const DaemonFacts&) = default;
};

} // namespace foliot::daemon
