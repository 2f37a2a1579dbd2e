// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/server/address_opener.h"

namespace foliot::daemon {

namespace {

constexpr std::chrono::seconds retryInterval{60};

} // namespace

AddressOpener::AddressOpener(Open open, QObject* parent)
    : QObject(parent)
    , m_open(std::move(open))
{
    m_timer.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_timer, &QTimer::timeout, this, &AddressOpener::retry);
}

void AddressOpener::want(const Endpoint& local)
{
    const auto served = m_open(local);
    if (served) {
        m_served.push_back(*served);
        return;
    }
    m_missing.push_back({.endpoint = local, .problem = served.error()});
    m_timer.start(retryInterval);
}

void AddressOpener::retry()
{
    std::erase_if(m_missing, [this](Missing& missing) {
        const auto served = m_open(missing.endpoint);
        if (!served) {
            missing.problem = served.error();
            return false;
        }
        m_served.push_back(*served);
        Q_EMIT opened(*served);
        return true;
    });
    if (m_missing.empty())
        m_timer.stop();
}

QStringList AddressOpener::problems() const
{
    QStringList problems;
    for (const Missing& missing : m_missing)
        problems.append(missing.problem);
    return problems;
}

} // namespace foliot::daemon
