// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Drives the core: turns Qt events into core events and carries out the actions in their order. Everything the rest of
// the daemon (publisher, server) knows of the timekeeping it reads here; everything it wants changed it asks here.

#include "config/config.h"
#include "sync/system.h"

#include <QHostAddress>
#include <QObject>
#include <QTimer>

#include <expected>
#include <map>
#include <memory>

namespace foliot::daemon {

class Clock;
class NtpClient;
class SourceRegistry;

// Where a source came from.
enum class SourceOrigin : std::uint8_t {
    Configured, // the configuration file, or the distribution's default
    Added,      // over D-Bus, until restart
    Kept,       // over D-Bus, kept across restarts
    Pool,       // an address of a pool
};

// What the daemon knows of a source beside its timekeeping.
struct SourceInfo {
    sync::SourceId id;
    config::Source settings;
    SourceOrigin origin = SourceOrigin::Configured;
    QString name;         // as the user wrote it
    QHostAddress address; // null while unresolved
    QString lastError;    // last resolver or socket error, a sentence; empty when there is none
};

enum class SourceError : std::uint8_t { Duplicate, TooMany, BadAddress, Unknown, FromConfiguration, NotKept };

class Engine : public QObject
{
    Q_OBJECT
public:
    Engine(const config::Config& config, Clock& clock, SourceRegistry& registry, QObject* parent = nullptr);
    ~Engine() override;

    void start();

    const sync::State& state() const;
    const std::map<sync::SourceId, SourceInfo>& sources() const;
    Clock& clock() const;

    std::expected<sync::SourceId, SourceError> addSource(const config::Source& source, bool keep);
    std::expected<void, SourceError> removeSource(sync::SourceId source);
    void refresh();
    // Answered by stepped(), or by the state's condition.
    void step(Nanoseconds limit);
    void reconfigure(const config::Config& config);

Q_SIGNALS:
    void stateChanged();                                       // after each handled event that changed it
    void sourceAdded(foliot::sync::SourceId source);
    void sourceRemoved(foliot::sync::SourceId source);
    void announced(const foliot::sync::Announce& announce);

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace foliot::daemon
