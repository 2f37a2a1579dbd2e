// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// From the core's values to the properties of the bus interface, typed as the interface description says. Pure.

#include "bus/types.h"
#include "daemon/engine.h"
#include "daemon/facts.h"
#include "daemon/nts_server/nts_server_report.h"
#include "daemon/server/client_log.h"
#include "daemon/server/server_report.h"

#include <map>
#include <optional>

namespace foliot::daemon {

using SourceInfos = std::map<sync::SourceId, SourceInfo>;

// lastUpdate: when a measurement last changed the estimate.
QVariantMap clockProperties(const sync::State& state, const SourceInfos& sources, const DaemonFacts& facts,
    const ServerCounters& counters, std::optional<BootTime> lastUpdate);

// state: absent while the core does not know the source yet.
QVariantMap sourceProperties(const SourceInfo& info, const sync::SourceState* state);

QVariantMap serverProperties(const ServerReport& report);

// counters: of the time server, which answers the protected requests.
QVariantMap ntsServerProperties(const NtsServerReport& report, const ServerCounters& counters);

bus::ServedClient servedClient(const ClientRecord& client);

// The moment of the newest answer of a source that is in use; empty when none is.
std::optional<BootTime> newestUsedAnswer(const sync::State& state);

// A point of the history; empty before the first estimate.
std::optional<bus::ClockSample> historySample(const sync::State& state);

QDBusObjectPath sourceObjectPath(sync::SourceId source);

} // namespace foliot::daemon
