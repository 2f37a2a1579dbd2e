// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/core_options.h"

#include "daemon/clocks/clock.h"

#include <algorithm>

namespace foliot::daemon {

namespace {

// How close together the clocks are read when nothing comes between.
Nanoseconds precisionOf(Clock& clock)
{
    constexpr int tries = 8;
    Nanoseconds best = Nanoseconds::max();
    for (int i = 0; i < tries; ++i) {
        clock.now();
        best = std::min(best, clock.readingWidth());
    }
    return best;
}

sync::PollProfile profileOf(config::PollProfile profile)
{
    switch (profile) {
    case config::PollProfile::Default:
        return sync::PollProfile::Default;
    case config::PollProfile::Precise:
        return sync::PollProfile::Precise;
    }
    return sync::PollProfile::Default;
}

} // namespace

sync::SystemOptions systemOptions(const config::Config& config, Clock& clock, const std::optional<sync::Drift>& drift)
{
    sync::SystemOptions options;
    options.steer = clock.canSteer();
    options.minSources = config.selection.minSources;
    options.startStepOver = config.clock.startStepOver;
    options.mayStepAtStart = config.clock.stepAtStart;
    options.startStepLimit = config.clock.startStepLimit;
    options.laterStepOver = config.clock.laterStepOver;
    options.panicOver = config.clock.panicOver;
    options.orphanStratum = config.server.orphan ? config.server.localStratum.value_or(0) : 0;
    options.neverBackwards = config.clock.neverBackwards;
    options.maxFrequencyPpm = config.clock.maxFrequencyPpm;
    options.maxDistance = config.selection.maxDistance;
    options.maxExtraRatePpm = config.clock.maxExtraRatePpm;
    options.clockPrecision = std::max(options.clockPrecision, precisionOf(clock));
    options.drift = drift;
    return options;
}

sync::SourceOptions sourceOptions(const config::Source& settings, bool requireNts, std::uint64_t phase)
{
    return {.minPoll = settings.minPoll,
        .maxPoll = settings.maxPoll,
        .profile = profileOf(settings.profile),
        .phase = phase,
        .burst = settings.burst,
        .smears = settings.smeared,
        .noSelect = settings.noSelect || (requireNts && !settings.nts),
        .prefer = settings.prefer,
        .trust = settings.trust,
        .require = settings.require};
}

} // namespace foliot::daemon
