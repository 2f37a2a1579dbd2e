// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/server/worker_answering.h"

#include "daemon/clocks/clock.h"
#include "daemon/net/random.h"
#include "daemon/server/server_rules.h"

#include <algorithm>
#include <system_error>
#include <thread>

namespace foliot::daemon {

WorkerAnswering::WorkerAnswering(
    const config::Server& settings, Clock& clock, std::function<const sync::State&()> state)
    : m_settings(settings)
    , m_clock(clock)
    , m_state(std::move(state))
    , m_steeringKey(randomTransmitTimestamp())
{
    connect(&m_clock, &Clock::reported, this, [this](const sync::ClockReport& report) {
        if (report.stepped == Nanoseconds::zero())
            return;
        ++m_clockEpoch;
        refresh();
    });
    // The timekeeping may have nothing to say for hours; the claim says how long it holds.
    m_renewal.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_renewal, &QTimer::timeout, this, &WorkerAnswering::refresh);
    m_renewal.start(std::chrono::duration_cast<std::chrono::milliseconds>(claimValidity / 4));
    refresh();
}

WorkerAnswering::~WorkerAnswering() = default;

void WorkerAnswering::refresh()
{
    const Now now = m_clock.now();
    auto claim = makeSmearedClaim(m_state(), m_settings, now, m_clock.readingWidth());
    claim.clockEpoch = m_clockEpoch;
    m_published.claim.write(claim);
}

void WorkerAnswering::admit(AccessList access)
{
    m_published.access.publish(std::move(access));
}

void WorkerAnswering::setKeys(keys::KeyRing keys)
{
    m_published.keys.publish(std::move(keys));
}

void WorkerAnswering::setCookieKeys(std::shared_ptr<const nts::CookieKeys> keys)
{
    m_published.cookieKeys.publish(std::move(keys));
}

std::expected<ServedAddress, QString> WorkerAnswering::open(const Endpoint& local)
{
    const unsigned workers = m_settings.workers > 0 ? static_cast<unsigned>(m_settings.workers) : usualWorkers();
    const auto rules = responderSettingsOf(m_settings);
    auto group = openServingGroup(local, workers, rules.limit.prefixes, m_steeringKey);
    if (!group)
        return std::unexpected(cannotServe(local, group.error()));
    const auto before = m_workers.size();
    try {
        for (auto& socket : group->sockets)
            m_workers.push_back(std::make_unique<Worker>(
                std::move(socket), m_published, rules, "server-" + std::to_string(m_workers.size() + 1)));
    } catch (const std::system_error& noThread) {
        m_workers.resize(before);
        return std::unexpected(cannotServe(local, noThread.code().value()));
    }
    return ServedAddress{.endpoint = group->endpoint,
        .receiveBuffer = group->receiveBuffer,
        .sockets = static_cast<int>(group->sockets.size())};
}

ServerCounters WorkerAnswering::counters() const
{
    ServerCounters sum;
    for (const auto& worker : m_workers)
        sum += worker->counters();
    return sum;
}

std::vector<ClientRecord> WorkerAnswering::clients() const
{
    std::vector<ClientRecord> all;
    for (const auto& worker : m_workers) {
        const auto its = worker->clients();
        all.insert(all.end(), its.begin(), its.end());
    }
    return all;
}

std::vector<ServerCounters> WorkerAnswering::countersOfEach() const
{
    std::vector<ServerCounters> counters;
    for (const auto& worker : m_workers)
        counters.push_back(worker->counters());
    return counters;
}

unsigned usualWorkers()
{
    return std::max(std::thread::hardware_concurrency() / 2, 1U);
}

} // namespace foliot::daemon
