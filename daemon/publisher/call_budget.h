// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How long calls over the bus may keep the event loop from everything else. Qt hands out all the calls that have arrived,
// and those that arrive meanwhile, before it looks at a timer or a socket: whoever calls faster than is answered would
// hold up the timekeeping for as long as they like. Asked by PublishedObject for each call.

#include <QObject>
#include <QTimer>

#include <chrono>

namespace foliot::daemon {

class CallBudget : public QObject {
    Q_OBJECT
public:
    using Duration = std::chrono::steady_clock::duration;

    // perTurn: what the calls of one turn of the event loop may take together. The first one is always answered.
    // quiet: without a refusal for so long, a flood is over.
    explicit CallBudget(
        Duration perTurn, std::chrono::milliseconds quiet = std::chrono::seconds(10), QObject* parent = nullptr);

    bool isSpent() const { return m_spent >= m_perTurn; }
    void spend(Duration duration);

    // A call was left unanswered. Said in the log, at most once a minute.
    void refused();

Q_SIGNALS:
    void floodEnded();

private:
    Duration m_perTurn;
    Duration m_spent{};
    QTimer m_turn;  // fires when the event loop comes to its timers
    QTimer m_quiet; // since the last refusal
    std::chrono::steady_clock::time_point m_silentUntil{};
};

} // namespace foliot::daemon
