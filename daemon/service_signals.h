// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Unix signals as Qt signals, in the main thread. Needs no descriptor of its own: the handler wakes the event loop with
// what the loop has for that anyway, so that nothing but sockets is waited for.

#include <QObject>

namespace foliot::daemon {

class ServiceSignals : public QObject {
    Q_OBJECT
public:
    // First thing in main(): SIGHUP, which would end the process, is kept for the watch that is made later.
    static void keepReloads();

    // One at a time, after the application object. Takes SIGTERM, SIGINT and SIGHUP; SIGPIPE is ignored. A loop that
    // lets three requests to end pass is taken for stuck: the third ends the process at once. So it is after its
    // own end, until the process ends.
    explicit ServiceSignals(QObject* parent = nullptr);
    ~ServiceSignals() override;

Q_SIGNALS:
    void terminationRequested(); // SIGTERM or SIGINT
    void reloadRequested();      // SIGHUP

private:
    void look();
};

} // namespace foliot::daemon
