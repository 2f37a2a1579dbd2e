// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The keys that the server's cookies are sealed with: made, replaced when they have served their time, and kept in the state
// folder, so that a restart costs no client its cookies. Published to the threads that exchange keys and those that answer.
//
// A key's age is the time that a server ran with it, sleep included: whatever the machine's clock is set to, keys are neither
// replaced all at once nor kept for ever.

#include "daemon/server/publication.h"
#include "ntp/time.h"
#include "nts/cookie.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <chrono>
#include <functional>

namespace foliot::daemon {

class StateDirectory;

struct ServerKeyRules {
    Nanoseconds rotateAfter = std::chrono::days(1);
    std::size_t keptBefore = 7; // so many keys before the newest stay good

    friend bool operator==(const ServerKeyRules&, const ServerKeyRules&) = default;
};

class ServerKeys : public QObject {
    Q_OBJECT
public:
    using Clock = std::function<BootTime()>;

    // Reads the keys that were kept, or makes the first. directory: null when nothing is to be kept; outlives this otherwise.
    // now: for tests.
    ServerKeys(
        const ServerKeyRules& rules, const StateDirectory* directory, Clock now = bootTime, QObject* parent = nullptr);

    const Publication<nts::CookieKeys>& published() const { return m_published; }

    void setRules(const ServerKeyRules& rules);

    // Replaces the newest key if it is due, and keeps its age. Happens by itself, at least hourly.
    void renew();

    // Keeps the age: call it at the end.
    void save();

    Nanoseconds age() const { return m_now() - m_newestMade; } // of the newest
    BootTime newestMade() const { return m_newestMade; }       // as if this process had run ever since
    BootTime nextDue() const { return m_newestMade + m_rules.rotateAfter; }
    std::size_t count() const { return m_published.value()->all().size(); }
    // Why those of now will not be there after a restart, or those from before are not, until the next one replaces them: a
    // sentence; empty when all is well.
    QString problem() const { return m_notKept.isEmpty() ? m_lost : m_notKept; }

    static BootTime bootTime();

Q_SIGNALS:
    void replaced(); // published() has another value

private:
    void load();
    void publish(nts::CookieKeys keys);
    void keep(const nts::CookieKeys& keys);
    void note(QString& place, const QString& problem);

    ServerKeyRules m_rules;
    const StateDirectory* m_directory;
    Clock m_now;
    BootTime m_newestMade;
    QString m_lost;
    QString m_notKept;
    QTimer m_timer;
    Publication<nts::CookieKeys> m_published;
};

} // namespace foliot::daemon
