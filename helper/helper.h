// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The one KAuth action. polkit decides once, when the daemon calls it with its end of a socket pair; the action then
// lasts as long as the daemon holds the other end.

#include "clock/keeper.h"
#include "clock/step_limits.h"

#include <KAuth/ActionReply>

#include <QTimer>

namespace foliot::helper {

class Helper : public QObject {
    Q_OBJECT
public:
    Helper(clock::Keeper& keeper, clock::StepLimits& limits);

public Q_SLOTS:
    // Action org.foliot.clock.steer. Argument "socket": a connected SOCK_SEQPACKET socket. Says {"ready": true} when
    // it begins to serve. Called by name, hence the qualified type.
    KAuth::ActionReply steer(const QVariantMap& arguments);

private:
    void endWhenWedged();

    clock::Keeper& m_keeper;
    clock::StepLimits& m_limits;
    QTimer m_watchdog;
    int m_secondsAuthorizing = 0;
};

} // namespace foliot::helper
