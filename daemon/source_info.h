// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the daemon knows of a source beside its timekeeping. Kept by the roster, shown by the publisher.

#include "config/config.h"
#include "daemon/nts/nts_facts.h"
#include "sync/source_id.h"

#include <QHostAddress>
#include <QString>

#include <cstdint>
#include <optional>

namespace foliot::daemon {

// Where a source came from.
enum class SourceOrigin : std::uint8_t {
    Configured, // the configuration file, or the distribution's default
    Added,      // over D-Bus, until restart
    Kept,       // over D-Bus, kept across restarts
    Pool,       // an address of a pool
};

struct SourceInfo {
    sync::SourceId id;
    config::Source settings;
    SourceOrigin origin = SourceOrigin::Configured;
    QString name;                // as the user wrote it
    QHostAddress address;        // null while unresolved
    std::optional<NtsFacts> nts; // of an authenticated source, once it was asked
    QString lastError;           // last resolver or socket error, a sentence; empty when there is none
};

enum class SourceError : std::uint8_t { Duplicate, TooMany, BadAddress, NoSuchKey, Unknown, NotKept };

// A source that somebody wants asked and that is not, and why.
struct LeftOut {
    config::Source settings;
    SourceError reason;
};

} // namespace foliot::daemon
