// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/scene_maker.h"

#include <ctime>

namespace foliot::tests {

using sync::Verdict;

std::chrono::nanoseconds secondsAs(double seconds)
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(Seconds(seconds));
}

namespace {

std::chrono::nanoseconds readClock(clockid_t id)
{
    timespec time{};
    clock_gettime(id, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

Now now()
{
    return {.raw = RawTime(readClock(CLOCK_MONOTONIC_RAW)),
        .boot = BootTime(readClock(CLOCK_BOOTTIME)),
        .real = RealTime(readClock(CLOCK_REALTIME))};
}

ntp::Measurement measurement(const Now& at, int stratum, double delay, double offset)
{
    const LocalStamp transmit{
        .raw = at.raw - secondsAs(delay), .real = at.real - secondsAs(delay), .origin = StampOrigin::Kernel};
    const LocalStamp receive{.raw = at.raw, .real = at.real, .origin = StampOrigin::Kernel};
    return {.localTransmit = transmit,
        .serverReceive = at.real - secondsAs(delay / 2.0 - offset),
        .serverTransmit = at.real - secondsAs(delay / 2.0 - offset),
        .localReceive = receive,
        .leap = ntp::LeapIndicator::None,
        .version = 4,
        .stratum = static_cast<std::uint8_t>(stratum),
        .referenceId = 0x47505300, // "GPS"
        .rootDelay = Seconds(0.0004),
        .rootDispersion = Seconds(0.0002)};
}

} // namespace

SceneMaker::SceneMaker()
    : m_now(now())
{
    m_scene.state.asOf = m_now;
}

void SceneMaker::add(const Look& look)
{
    const sync::SourceId id{static_cast<std::uint32_t>(m_scene.sources.size() + 1)};
    sync::SourceState source{.source = id, .verdict = look.verdict, .reason = look.reason};
    source.reach = look.reach;
    source.pollExponent = 6;
    source.queries = 40;
    if (look.answeredAgo >= 0.0) {
        source.accepted = 38;
        source.last = measurement(m_now, look.stratum, look.delay, look.offset);
        source.lastAnswerAt = m_now.boot - secondsAs(look.answeredAgo);
        source.hasEstimate = true;
        source.offset = Seconds(look.offset);
        source.offsetUncertainty = Seconds(look.jitter / 2.0);
        source.delay = Seconds(look.delay);
        source.jitter = Seconds(look.jitter);
        source.rootDistance = Seconds(look.distance);
        const bool takesPart = look.verdict != Verdict::Unreachable && look.verdict != Verdict::Unusable &&
                               look.verdict != Verdict::Waiting && look.verdict != Verdict::Excluded;
        if (takesPart) {
            source.correctness = sync::Interval{
                .low = Seconds(look.offset - look.distance), .high = Seconds(look.offset + look.distance)};
        }
    }
    if (look.verdict == Verdict::Selected)
        m_scene.state.selected = id;
    m_scene.state.sources.push_back(source);

    daemon::SourceInfo info;
    info.id = id;
    info.settings.address = look.name.toStdString();
    info.origin = look.origin;
    info.name = look.name;
    info.address = QHostAddress(look.address);
    if (look.isAuthenticated) {
        info.settings.nts = true;
        info.settings.port = config::keyExchangePort;
        info.nts = daemon::NtsFacts{.hasKeys = true, .algorithm = QStringLiteral("AES-SIV-CMAC-256"), .cookies = 8};
    }
    m_scene.sources.emplace(id, info);
}

void SceneMaker::synchronize(double offset, double uncertainty, double bound, double agedSeconds)
{
    m_scene.state.condition = sync::Condition::Synchronized;
    m_scene.state.steering = true;
    m_scene.state.estimate = {.at = m_now.raw - secondsAs(agedSeconds),
        .offset = Seconds(offset),
        .uncertainty = Seconds(uncertainty),
        .bound = Seconds(bound),
        .frequencyPpm = -30.127,
        .frequencyUncertaintyPpm = 0.02,
        .boundGrowthPpm = holdoverGrowthPpm,
        .jitter = Seconds(uncertainty / 4.0),
        .rootDelay = Seconds(bound),
        .rootDispersion = Seconds(bound / 3.0),
        .stratum = 2,
        .referenceId = 0xC0000201, // 192.0.2.1
        .leap = ntp::LeapIndicator::None};
}

} // namespace foliot::tests
