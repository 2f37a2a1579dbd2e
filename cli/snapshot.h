// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What foliotctl knows when it reports: everything of the client library, at one moment.

#include "bus/client/client.h"
#include "cli/sentence.h"

#include <map>

namespace foliot::cli {

struct Snapshot {
    bus::BusKind bus = bus::BusKind::System;
    bus::Availability availability = bus::Availability::Asking;
    QString problem;
    bus::ClockData clock;
    std::map<quint32, bus::SourceData> sources;
    QVariantMap clockProperties;
    std::map<quint32, QVariantMap> sourceProperties;
    QVariantMap serverProperties;
    bus::NtsServerData ntsServer;
    QVariantMap ntsServerProperties;
    quint64 now = 0; // CLOCK_BOOTTIME in microseconds

    bool isAvailable() const { return availability == bus::Availability::Present; }
    bus::Summary summary() const;
    Sentence sentence() const { return sentenceFor(summary(), bus, problem); }
};

Snapshot snapshotOf(const bus::Client& client, bus::BusKind bus);

} // namespace foliot::cli
