// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/system_desk.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

namespace foliot::tests {

using namespace std::chrono_literals;

namespace {

constexpr Nanoseconds utcAtStart = 1'767'225'600s; // 2026-01-01
constexpr Nanoseconds rawAtStart = 1000s;
constexpr Nanoseconds oneWay = 1ms;
constexpr Nanoseconds timeout = 1s;
constexpr Nanoseconds commandTakes = 100us;

} // namespace

SystemDesk::SystemDesk(const sync::SystemOptions& options, Seconds clockOffset)
    : m_real(utcAtStart + nanoseconds(clockOffset))
    , m_system(options, now())
{}

void SystemDesk::add(std::uint32_t source, const sync::SourceOptions& options, const Server& server)
{
    m_servers[{source}] = server;
    tell(sync::SourceAdded{.source = {source}, .options = options});
}

void SystemDesk::tell(const sync::Event& event)
{
    handle(event);
}

void SystemDesk::pass(Seconds duration)
{
    const Nanoseconds end = m_raw + nanoseconds(duration);
    while (true) {
        Nanoseconds next = end;
        const auto wakeup = m_system.nextWakeup();
        if (wakeup)
            next = std::min(next, std::max(m_raw, wakeup->time_since_epoch() - rawAtStart));
        if (!m_due.empty())
            next = std::min(next, m_due.begin()->first);
        advance(next - m_raw);
        if (!m_due.empty() && m_due.begin()->first <= m_raw) {
            const auto what = m_due.extract(m_due.begin()).mapped();
            what();
        } else if (wakeup && wakeup->time_since_epoch() - rawAtStart <= m_raw && m_raw < end) {
            ++wakeups;
            handle(sync::Wakeup{});
        } else {
            return;
        }
    }
}

void SystemDesk::sleep(Seconds duration, Seconds error)
{
    const Nanoseconds slept = nanoseconds(duration);
    m_slept += slept;
    m_boot += slept + nanoseconds(error);
    m_real += slept + nanoseconds(error);
}

Now SystemDesk::now() const
{
    return {.raw = RawTime(rawAtStart + m_raw), .boot = BootTime(rawAtStart + m_boot), .real = RealTime(m_real)};
}

Seconds SystemDesk::clockError() const
{
    return Seconds(m_real - utcAtStart - m_raw - m_slept);
}

sync::SourceState SystemDesk::source(std::uint32_t id) const
{
    const sync::State all = state();
    return *std::ranges::find(all.sources, sync::SourceId{id}, &sync::SourceState::source);
}

std::vector<sync::Announce> SystemDesk::said(sync::Notice notice) const
{
    std::vector<sync::Announce> all = asked<sync::Announce>();
    std::erase_if(all, [notice](const sync::Announce& announce) { return announce.notice != notice; });
    return all;
}

std::size_t SystemDesk::queries(std::uint32_t source) const
{
    const std::vector<sync::Query> all = asked<sync::Query>();
    return static_cast<std::size_t>(std::ranges::count(all, sync::SourceId{source}, &sync::Query::source));
}

Nanoseconds SystemDesk::nanoseconds(Seconds seconds)
{
    return Nanoseconds(std::llround(seconds.count() * 1e9));
}

void SystemDesk::handle(const sync::Event& event)
{
    for (const sync::Action& action : m_system.handle(event, now())) {
        m_actions.push_back(action);
        carryOut(action);
    }
}

void SystemDesk::carryOut(const sync::Action& action)
{
    if (const auto* query = std::get_if<sync::Query>(&action)) {
        const auto way = m_servers[query->source].way;
        const bool isQuick = way == Server::Way::Answers || way == Server::Way::Kisses;
        const Nanoseconds later = isQuick ? 2 * oneWay : way == Server::Way::IsSilent ? timeout : Nanoseconds{};
        due(later, [this, asked = *query, at = now(), later] { handle(endOf(asked, at, later)); });
    } else if (const auto* steer = std::get_if<sync::SteerClock>(&action)) {
        command(
            [this, wanted = steer->command] {
                m_basePpm = wanted.baseFrequencyPpm;
                m_extraPpm = wanted.extraRatePpm;
                const double rate = 1.0 + (m_basePpm + m_extraPpm) * 1e-6;
                m_extraUntil = m_raw + nanoseconds(Seconds(wanted.extraFor) / rate);
            },
            {});
    } else if (const auto* step = std::get_if<sync::StepClock>(&action)) {
        command([this, by = step->offset] { m_real += by; }, step->offset);
    }
}

sync::Event SystemDesk::endOf(const sync::Query& query, const Now& asked, Nanoseconds later)
{
    const Server& server = m_servers[query.source];
    switch (server.way) {
    case Server::Way::IsSilent:
        return sync::QueryTimedOut{.source = query.source};
    case Server::Way::CannotBeAsked:
        return sync::QueryFailed{.source = query.source, .fault = server.fault};
    case Server::Way::Kisses:
        return sync::KissReceived{.source = query.source, .kiss = {.code = server.kiss}};
    case Server::Way::Answers:
        break;
    }
    const Nanoseconds utc = utcAtStart + m_raw + m_slept - later / 2;
    const RealTime serverTime{utc + nanoseconds(server.error)};
    const ntp::Measurement measurement{
        .localTransmit = {.raw = asked.raw, .real = asked.real, .origin = StampOrigin::Kernel},
        .serverReceive = serverTime,
        .serverTransmit = serverTime,
        .localReceive = {.raw = now().raw, .real = now().real, .origin = StampOrigin::Kernel},
        .leap = server.leap,
        .stratum = server.stratum,
        .serverPrecision = -25,
        .referenceId = server.referenceId,
        .rootDelay = server.rootDelay,
        .rootDispersion = server.rootDispersion};
    return sync::MeasurementReceived{.source = query.source,
        .measurement = measurement,
        .serverReferenceId = server.address,
        .ourReferenceId = server.ourReferenceId};
}

void SystemDesk::command(const std::function<void()>& change, Nanoseconds stepped)
{
    due(commandTakes, [this, change, stepped] {
        sync::ClockReport report{.before = now(), .fault = fault};
        if (fault == sync::ClockFault::None) {
            change();
            report.stepped = stepped;
        }
        report.after = now();
        report.baseFrequencyPpm = m_basePpm;
        report.extraRatePpm = m_raw < m_extraUntil ? m_extraPpm : 0.0;
        if (reports)
            handle(sync::ClockReported{.report = report});
    });
}

void SystemDesk::advance(Nanoseconds duration)
{
    const Nanoseconds fast = std::clamp(m_extraUntil - m_raw, Nanoseconds{}, duration);
    const Nanoseconds gained = nanoseconds((m_basePpm * Seconds(duration) + m_extraPpm * Seconds(fast)) * 1e-6);
    m_raw += duration;
    m_boot += duration + gained;
    m_real += duration + gained;
}

} // namespace foliot::tests
