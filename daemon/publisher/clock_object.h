// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The root object: the clock's properties, the object manager, and the requests of the interface. Every request that
// changes something is checked for sense, then authorized, then carried out, in this order; until the answer is there
// nothing has changed.

#include "daemon/publisher/authorizer.h"
#include "daemon/publisher/call.h"
#include "daemon/publisher/history.h"
#include "daemon/publisher/properties.h"
#include "daemon/publisher/published_object.h"
#include "daemon/publisher/server_object.h"
#include "daemon/publisher/step_errand.h"

#include <QDBusServiceWatcher>
#include <QTimer>

#include <deque>
#include <expected>
#include <functional>

class ObjectManagerAdaptor;

namespace foliot::daemon {

// What requests do once they are authorized.
struct Commands {
    std::function<std::expected<sync::SourceId, SourceError>(const config::Source&, bool keep)> addSource;
    std::function<std::expected<void, SourceError>(sync::SourceId)> removeSource;
    std::function<void()> refresh;
    // One at a time. limit: the largest step that was asked for.
    std::function<void(Nanoseconds limit, const Person& person, std::function<void(StepOutcome)> done)> step;
    ServerCommands server;
};

class ClockObject : public PublishedObject {
    Q_OBJECT
public:
    ClockObject(const QVariantMap& properties, Commands commands, Authorizer& authorizer, const History& history,
        QObject* parent = nullptr);
    ~ClockObject() override;

    // The state to judge requests by.
    void setState(const sync::State& state, bool canSteer);

    // Fills GetManagedObjects.
    void setObjects(std::function<bus::ManagedObjects()> objects) { m_objects = std::move(objects); }
    void announceAdded(const QDBusObjectPath& path, const bus::InterfaceProperties& interfaces);
    void announceRemoved(const QDBusObjectPath& path, const QStringList& interfaces);

    // The methods of the interfaces, called by the generated adaptors. Those that need an authorization answer later.
    QDBusObjectPath AddSource(const QString& address, const QVariantMap& options);
    void RemoveSource(const QDBusObjectPath& source);
    void Refresh();
    void StepClock(double limitSeconds);
    bus::ClockSamples History(double seconds, uint points);
    bus::ManagedObjects GetManagedObjects();

private:
    void authorize(const Call& call, Permission permission, std::function<void()> action);
    void refuse(const Call& call, SourceError error) const;
    struct StepWish {
        Call call;
        double limitSeconds = 0.0;
    };
    void wait(const StepWish& wish);
    void callerLeft(const QString& caller);
    void takeNextStep();
    void beginStep(const StepWish& wish);
    void finishStep(const Call& call, StepOutcome outcome);

    Commands m_commands;
    Authorizer& m_authorizer;
    const daemon::History& m_history;
    ObjectManagerAdaptor* m_objectManager;
    std::function<bus::ManagedObjects()> m_objects;
    sync::State m_state;
    bool m_canSteer = false;

    bool m_isStepping = false;
    std::deque<StepWish> m_steps;  // that wait for the one under way
    QDBusServiceWatcher m_waiting; // for those who asked for them
    QTimer m_nextStep;             // from the event loop, when the one before has left the clock's hands
};

} // namespace foliot::daemon
