// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a client's queries brought about.

#include "daemon/net/ntp_client.h"

#include <variant>
#include <vector>

namespace foliot::tests {

class Heard : public QObject {
public:
    explicit Heard(const daemon::NtpClient& client)
    {
        connect(&client, &daemon::NtpClient::happened, this,
            [this](const sync::Event& event) { m_events.push_back(event); });
        connect(&client, &daemon::NtpClient::failed, this,
            [this](sync::SourceId, const QString& why) { m_failures.append(why); });
    }

    const std::vector<sync::Event>& events() const { return m_events; }
    const QStringList& failures() const { return m_failures; } // sentences

    // The first of its kind.
    template<typename Event>
    const Event* find() const
    {
        for (const sync::Event& event : m_events)
            if (const auto* found = std::get_if<Event>(&event))
                return found;
        return nullptr;
    }

    // All of them, for people.
    QString text() const
    {
        QStringList text;
        for (const sync::Event& event : m_events) {
            if (const auto* rejected = std::get_if<sync::ReplyRejected>(&event))
                text += QLatin1StringView(ntp::rejectionWord(rejected->reason));
            else
                text += QStringLiteral("event %1").arg(event.index());
        }
        return text.join(u", ");
    }

    void forget() { m_events.clear(); }

private:
    std::vector<sync::Event> m_events;
    QStringList m_failures;
};

} // namespace foliot::tests
