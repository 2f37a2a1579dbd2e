// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A state of the daemon such as the core makes it: synchronized to two servers, a third lies by 40 ms. Tests change
// what they are about.

#include "daemon/publisher/properties.h"

namespace foliot::tests {

inline constexpr auto sampleBootTime = BootTime(std::chrono::seconds(5'000));
inline constexpr auto sampleRawTime = RawTime(std::chrono::seconds(4'900)); // 100 s of suspend
inline constexpr sync::SourceId goodId{1};
inline constexpr sync::SourceId otherId{2};
inline constexpr sync::SourceId liarId{3};

inline ntp::Measurement sampleMeasurement()
{
    const RealTime sent(std::chrono::seconds(1'800'000'000));
    const LocalStamp transmit{
        .raw = sampleRawTime - std::chrono::seconds(10), .real = sent, .origin = StampOrigin::Kernel};
    LocalStamp receive = transmit;
    receive.raw += std::chrono::microseconds(2'100);
    receive.real += std::chrono::microseconds(2'100);
    // Received 1.3 ms after it was sent by our clock, sent 0.1 ms later: delay 2 ms, offset 0.3 ms.
    return {.localTransmit = transmit,
        .serverReceive = sent + std::chrono::microseconds(1'300),
        .serverTransmit = sent + std::chrono::microseconds(1'400),
        .localReceive = receive,
        .leap = ntp::LeapIndicator::None,
        .version = 4,
        .stratum = 1,
        .referenceId = 0x47505300, // "GPS"
        .rootDelay = Seconds(0.0005),
        .rootDispersion = Seconds(0.00025)};
}

inline sync::SourceState sampleSource(sync::SourceId id, sync::Verdict verdict, sync::Reason reason, Seconds offset)
{
    sync::SourceState source{.source = id, .verdict = verdict, .reason = reason};
    source.reach = 0b1111'0111;
    source.pollExponent = 6;
    source.queries = 20;
    source.accepted = 19;
    source.last = sampleMeasurement();
    source.lastAnswerAt = sampleBootTime - std::chrono::seconds(10 * static_cast<int>(id.value));
    source.hasEstimate = true;
    source.offset = offset;
    source.offsetUncertainty = Seconds(0.00002);
    source.frequencyPpm = 0.01;
    source.delay = Seconds(0.0015);
    source.jitter = Seconds(0.00003);
    source.rootDistance = Seconds(0.00125);
    source.correctness = sync::Interval{.low = offset - Seconds(0.00125), .high = offset + Seconds(0.00125)};
    return source;
}

inline sync::State sampleState()
{
    sync::State state;
    state.asOf = {.raw = sampleRawTime, .boot = sampleBootTime, .real = RealTime(std::chrono::seconds(1'800'000'010))};
    state.condition = sync::Condition::Synchronized;
    state.steering = true;
    state.estimate = {.at = sampleRawTime,
        .offset = Seconds(-0.0000125),
        .uncertainty = Seconds(0.00008),
        .bound = Seconds(0.00079),
        .frequencyPpm = -12.75,
        .frequencyUncertaintyPpm = 0.05,
        .boundGrowthPpm = 15.5,
        .jitter = Seconds(0.00002),
        .rootDelay = Seconds(0.002),
        .rootDispersion = Seconds(0.00075),
        .stratum = 2,
        .referenceId = 0xC0000201, // 192.0.2.1
        .leap = ntp::LeapIndicator::None};
    state.agreement = sync::Interval{.low = Seconds(-0.001), .high = Seconds(0.0011)};
    state.selected = goodId;
    state.steps = 1;
    state.lastStep = std::chrono::milliseconds(-80);
    state.sources = {
        sampleSource(goodId, sync::Verdict::Selected, sync::Reason::BestEstimate, Seconds(0.00001)),
        sampleSource(otherId, sync::Verdict::Combined, sync::Reason::Agrees, Seconds(0.00004)),
        sampleSource(liarId, sync::Verdict::Falseticker, sync::Reason::OutsideAgreement, Seconds(0.04)),
    };
    return state;
}

inline daemon::SourceInfo sampleInfo(
    sync::SourceId id, const QString& name, const QString& address, daemon::SourceOrigin origin)
{
    daemon::SourceInfo info;
    info.id = id;
    info.settings.address = name.toStdString();
    info.origin = origin;
    info.name = name;
    info.address = QHostAddress(address);
    return info;
}

inline daemon::SourceInfos sampleSources()
{
    using daemon::SourceOrigin;
    return {
        {goodId, sampleInfo(goodId, QStringLiteral("ntp1.example.org"), QStringLiteral("192.0.2.1"),
                     SourceOrigin::Configured)},
        {otherId,
            sampleInfo(otherId, QStringLiteral("ntp2.example.org"), QStringLiteral("2001:db8::2"), SourceOrigin::Pool)},
        {liarId, sampleInfo(liarId, QStringLiteral("192.0.2.3"), QStringLiteral("192.0.2.3"), SourceOrigin::Added)},
    };
}

// Of a source that is authenticated, and whose server once forgot its keys.
inline daemon::NtsFacts sampleNtsFacts()
{
    const auto time = [](std::int64_t seconds) { return RealTime(std::chrono::seconds(seconds)); };
    return {.hasKeys = true,
        .server = daemon::Endpoint{.address = QHostAddress(QStringLiteral("192.0.2.9")), .port = 4123},
        .algorithm = QStringLiteral("AES-SIV-CMAC-256"),
        .cookies = 7,
        .tls = {.certificate = {.names = {QStringLiteral("nts.example.org"), QStringLiteral("ntp1.example.org")},
                    .issuer = QStringLiteral("Example Authority"),
                    .validFrom = time(1'799'000'000),
                    .expires = time(1'806'000'000)},
            .version = QStringLiteral("TLSv1.3"),
            .cipher = QStringLiteral("TLS_AES_256_GCM_SHA384")},
        .lastExchange = time(1'799'999'000),
        .nextAttempt = time(1'799'999'010),
        .exchanges = 2,
        .failures = 1,
        .refusals = 3};
}

// Of a server whose second certificate could never be read.
inline daemon::NtsServerReport sampleNtsServerReport()
{
    const QString problem = QStringLiteral("/b.pem: no certificate in it");
    daemon::KeyExchangeCounters counters{.acceptFailures = 1, .open = 2};
    counters.ends[static_cast<std::size_t>(daemon::KeyExchangeEnd::Granted)] = 20;
    counters.ends[static_cast<std::size_t>(daemon::KeyExchangeEnd::TlsFailed)] = 3;
    return {.isWanted = true,
        .keyExchange = {.addresses = {QStringLiteral("192.0.2.1:4460")},
            .problems = {problem},
            .threads = 2,
            .mostConnections = 100,
            .identities = {{.file = QStringLiteral("/a.pem"),
                               .certificate = sampleNtsFacts().tls.certificate,
                               .problem = {}},
                {.file = QStringLiteral("/b.pem"), .certificate = {}, .problem = problem}},
            .counters = counters},
        .keys = 3,
        .newestMade = BootTime(std::chrono::seconds(-1)),
        .nextDue = BootTime(std::chrono::seconds(86'399)),
        .problems = {problem}};
}

inline daemon::DaemonFacts sampleFacts()
{
    return {.version = QStringLiteral("1.2.3"), .clockType = config::ClockType::Simulated, .serverEnabled = true};
}

} // namespace foliot::tests
