// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How the daemon reaches the helper: through a plugin, because KAuth draws in Qt Gui and more, which a server without a
// helper need not have.

#include <QString>
#include <QtPlugin>

#include <functional>

namespace foliot::daemon {

class HelperCaller {
public:
    HelperCaller() = default;
    virtual ~HelperCaller() = default;
    HelperCaller(const HelperCaller&) = delete;
    HelperCaller& operator=(const HelperCaller&) = delete;

    struct Answers {
        std::function<void()> ready;                   // the helper serves the socket
        std::function<void(const QString& why)> ended; // refused, failed or over; a sentence
    };
    // Has polkit decide and the helper serve this end of a socket pair; the caller may close it afterwards. Answers
    // come in the thread of this call, while context lives. A call that is busy elsewhere may never be answered: the
    // caller keeps a time limit and calls again, which drops the call before.
    virtual void call(int socket, QObject* context, Answers answers) = 0;

    // Nobody waits for the answers of the latest call any more.
    virtual void drop() = 0;
};

// The plugin, from the folder it is installed to, or FOLIOT_PLUGIN_PATH. Null when there is none; problem says why.
HelperCaller* loadHelperCaller(QString* problem);

} // namespace foliot::daemon

Q_DECLARE_INTERFACE(foliot::daemon::HelperCaller, "org.foliot.HelperCaller/1")
