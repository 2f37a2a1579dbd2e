// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Drives the core: turns Qt events into core events and carries out the actions in their order. Everything the rest of
// the daemon (publisher, server) knows of the timekeeping it reads here; everything it wants changed it asks here.

#include "config/config.h"
#include "daemon/net/query_socket.h"
#include "daemon/nts/nts_client.h"
#include "daemon/source_info.h"
#include "keys/key.h"
#include "sync/system.h"

#include <QObject>
#include <QStringList>

#include <expected>
#include <map>
#include <memory>
#include <optional>

namespace foliot::daemon {

class Clock;
class Resolver;
class SourceRegistry;
class StateDirectory;

// What the engine starts from beside the configuration.
struct EngineStart {
    EngineStart();
    EngineStart(EngineStart&&) noexcept;
    ~EngineStart();

    std::optional<sync::Drift> drift; // learnt before, and plausible
    RealTime notBefore{};             // it is later than this, whatever the clock says
    bool watchMachine = true;         // be told at once when its network changed or somebody set its clock
    QueryTimes queryTimes;
    NtsTimes ntsTimes;
    const StateDirectory* directory = nullptr; // where keys and cookies are kept; null: nowhere
    std::unique_ptr<Resolver> resolver;        // null: the system's
    std::unique_ptr<Resolver> ntsResolver;     // for the time servers of key exchanges; null: the system's
};

class Engine : public QObject {
    Q_OBJECT
public:
    Engine(const config::Config& config, Clock& clock, SourceRegistry& registry, EngineStart start = {},
        QObject* parent = nullptr);
    ~Engine() override;

    void start();
    // No more queries; ends an extra rate. The engine cannot be started again.
    void stop();

    const sync::State& state() const;
    const std::map<sync::SourceId, SourceInfo>& sources() const;
    Clock& clock() const;

    std::expected<sync::SourceId, SourceError> addSource(const config::Source& source, bool keep);
    // Of a pool, this member until the next start; a kept pool is forgotten with its last member. When that cannot be
    // written, nothing changes.
    std::expected<void, SourceError> removeSource(sync::SourceId source);
    // What is configured, or kept, and not asked: a sentence each.
    const QStringList& leftOut() const;
    void refresh();
    // Corrects the remaining error by a step; 0 is no limit. The step that was commanded, 0 when there is nothing to
    // correct; none when the error is larger than the limit, or not known, or the clock is only measured.
    std::optional<Nanoseconds> step(Nanoseconds limit);
    // The symmetric keys that sources are asked with from now on.
    void setKeys(keys::KeyRing keys);
    // Of the system's list, whenever it is another one.
    void setLeapSeconds(const ntp::LeapSeconds& list);
    // Takes sources and settings of the timekeeping; what was learnt stays, also of the sources that are the same. What
    // config::Setting::atRestart says of a setting holds here too.
    void reconfigure(const config::Config& config);

Q_SIGNALS:
    void stateChanged(); // after each handled event that changed it
    void sourceAdded(foliot::sync::SourceId source);
    void sourceRemoved(foliot::sync::SourceId source);
    void driftLearnt(const foliot::sync::Drift& drift); // worth keeping for the next start

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace foliot::daemon
