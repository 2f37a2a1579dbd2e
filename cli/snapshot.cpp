// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/snapshot.h"

#include "bus/client/boottime.h"

namespace foliot::cli {

Snapshot snapshotOf(const bus::Client& client, bus::BusKind bus)
{
    Snapshot snapshot{.bus = bus,
        .availability = client.availability(),
        .problem = client.problem(),
        .clock = client.clock(),
        .sources = client.sources(),
        .clockProperties = client.clockProperties(),
        .serverProperties = client.serverProperties(),
        .ntsServer = client.ntsServer(),
        .ntsServerProperties = client.ntsServerProperties(),
        .now = bus::boottimeUSec()};
    for (const auto& [id, source] : snapshot.sources)
        snapshot.sourceProperties.emplace(id, client.sourceProperties(id));
    return snapshot;
}

bus::Summary Snapshot::summary() const
{
    bus::SilenceSurvey silence;
    for (const auto& [id, source] : sources)
        silence.add(source);
    return bus::summarize(availability, clock, silence, now);
}

} // namespace foliot::cli
