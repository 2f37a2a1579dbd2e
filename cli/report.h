// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What status, sources, nts and watch show, as lines. Pure: from a snapshot, the time, and how wide the page is, where
// there is one.

#include "bus/client/client.h"
#include "cli/output.h"
#include "cli/sentence.h"

#include <map>

namespace foliot::cli {

// Everything that a client knows at one moment.
struct Snapshot {
    bus::BusKind bus = bus::BusKind::System;
    bus::Availability availability = bus::Availability::Asking;
    QString problem;
    bus::ClockData clock;
    std::map<quint32, bus::SourceData> sources;
    QVariantMap clockProperties;
    std::map<quint32, QVariantMap> sourceProperties;
    QVariantMap serverProperties;
    quint64 now = 0; // CLOCK_BOOTTIME in microseconds

    bool isAvailable() const { return availability == bus::Availability::Present; }
    bus::Summary summary() const;
    Sentence sentence() const { return sentenceFor(summary(), bus, problem); }
};

Snapshot snapshotOf(const bus::Client& client, bus::BusKind bus);

// The sentence, then the numbers when the daemon is there.
Lines statusLines(const Snapshot& snapshot);

// A table; what does not fit the width leaves by rank, and a last line says so.
Lines sourcesLines(const Snapshot& snapshot, std::optional<int> width = {});

// Every detail of every source.
Lines sourceDetailLines(const Snapshot& snapshot);

// A table of the authenticated sources, as wide as the one above.
Lines authenticationLines(const Snapshot& snapshot, std::optional<int> width = {});

// The live picture: sentence, a line of numbers, the table.
Lines watchLines(const Snapshot& snapshot, std::optional<int> width = {});

} // namespace foliot::cli
