// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Serves the daemon's requests over its socket until the daemon closes it: each is checked against the bounds and the
// limits, then carried out by one system call, and answered with what the kernel says.

#include "clock/keeper.h"
#include "clock/step_limits.h"
#include "helper/step_consent.h"

#include <QEventLoop>

namespace foliot::helper {

class RequestServer : public QObject {
    Q_OBJECT
public:
    RequestServer(int socket, clock::Keeper& keeper, clock::StepLimits& limits);

    // Until the other end is closed.
    void serve() { m_loop.exec(); }

    // A connected SOCK_SEQPACKET socket of this machine, and nothing else.
    static bool isUsable(int socket);

private:
    void receive();
    void send(const clock::Reply& reply);
    clock::Reply carryOut(const clock::Request& request);
    // Says what the kernel has, and changes nothing.
    clock::Reply answerUnchanged(const clock::Request& request, clock::Fault fault);
    void endExtraRate();

    const int m_socket;
    clock::Keeper& m_keeper;
    clock::StepLimits& m_limits;
    StepConsent m_consent;
    clock::Request m_permissionRequest; // the open one
    QEventLoop m_loop;
};

} // namespace foliot::helper
