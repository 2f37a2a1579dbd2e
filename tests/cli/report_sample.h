// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The sample state as foliotctl sees it, and its reports as text.

#include "bus/types.h"
#include "cli/output.h"
#include "cli/snapshot.h"
#include "cli/text.h"
#include "support/sample_state.h"

#include <QCoreApplication>
#include <QTest>

#include <algorithm>

namespace foliot::tests {

// The sample as a client sees it, 12 s after its numbers were computed.
inline cli::Snapshot snapshotFrom(
    const sync::State& state, const daemon::SourceInfos& sources, const daemon::DaemonFacts& facts = sampleFacts())
{
    cli::Snapshot snapshot{.availability = bus::Availability::Present, .now = 5'012'000'000};
    snapshot.clockProperties = bus::nativeProperties(daemon::clockProperties(
        state, sources, facts, {.answered = 7, .sendFailures = 2}, daemon::newestUsedAnswer(state)));
    snapshot.clock = bus::clockFromProperties(snapshot.clockProperties);
    for (const auto& [id, info] : sources) {
        const auto known = std::ranges::find(state.sources, id, &sync::SourceState::source);
        const QVariantMap properties =
            bus::nativeProperties(daemon::sourceProperties(info, known == state.sources.end() ? nullptr : &*known));
        snapshot.sourceProperties.emplace(id.value, properties);
        snapshot.sources.emplace(id.value, bus::sourceFromProperties(properties));
    }
    return snapshot;
}

inline cli::Snapshot sample()
{
    return snapshotFrom(sampleState(), sampleSources());
}

inline QString text(const cli::Lines& lines)
{
    return cli::render(lines, {});
}

// A test's main(): reports are in UTF-8 where the locale has it.
template<typename Test>
int runReportTest(int argumentCount, char** arguments)
{
    cli::adoptLocale();
    bus::registerTypes();
    QCoreApplication application(argumentCount, arguments);
    Test test;
    return QTest::qExec(&test, argumentCount, arguments);
}

} // namespace foliot::tests
