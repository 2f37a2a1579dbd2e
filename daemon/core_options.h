// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the configuration says of the timekeeping, in the words of the core. Asked by the engine.

#include "config/config.h"
#include "sync/action.h"
#include "sync/source_options.h"
#include "sync/system_options.h"

#include <cstdint>
#include <optional>

namespace foliot::daemon {

class Clock;

// Reads the clock a few times, for its precision. drift: learnt before, if anything was.
sync::SystemOptions systemOptions(const config::Config& config, Clock& clock, const std::optional<sync::Drift>& drift);

// requireNts: a source without it is measured and not selected. phase: another one in each process.
sync::SourceOptions sourceOptions(const config::Source& settings, bool requireNts, std::uint64_t phase);

} // namespace foliot::daemon
