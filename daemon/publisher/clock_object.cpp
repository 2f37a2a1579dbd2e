// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/publisher/clock_object.h"

#include "bus/client/boottime.h"
#include "bus/client/data.h"
#include "bus/names.h"
#include "clock_adaptor.h"
#include "daemon/publisher/wanted_source.h"
#include "object_manager_adaptor.h"

#include <cmath>

namespace foliot::daemon {

using namespace Qt::StringLiterals;

namespace {

constexpr quint32 mostHistoryPoints = 10'000;

// The largest step that a request allows; 0 stands for any.
Nanoseconds stepLimit(double seconds)
{
    constexpr double longest = 9.2e9; // what nanoseconds in 64 bits can hold
    if (seconds == 0.0 || seconds >= longest)
        return Nanoseconds::max();
    return std::chrono::duration_cast<Nanoseconds>(Seconds(seconds));
}

} // namespace

ClockObject::ClockObject(const QVariantMap& properties, Commands commands, Authorizer& authorizer,
    const daemon::History& history, QObject* parent)
    : PublishedObject(bus::rootPath, bus::clockInterface, properties, parent)
    , m_commands(std::move(commands))
    , m_authorizer(authorizer)
    , m_history(history)
    , m_objectManager(new ObjectManagerAdaptor(this))
{
    new ClockAdaptor(this);
    m_nextStep.setSingleShot(true);
    m_nextStep.setInterval(0);
    connect(&m_nextStep, &QTimer::timeout, this, &ClockObject::takeNextStep);
    m_waiting.setWatchMode(QDBusServiceWatcher::WatchForUnregistration);
    connect(&m_waiting, &QDBusServiceWatcher::serviceUnregistered, this, &ClockObject::callerLeft);
}

ClockObject::~ClockObject() = default;

void ClockObject::authorize(const Call& call, Permission permission, std::function<void()> action)
{
    daemon::authorize(m_authorizer, call, permission, std::move(action));
}

void ClockObject::refuse(const Call& call, SourceError error) const
{
    switch (error) {
    case SourceError::Duplicate:
        return call.refuse(bus::errorDuplicate, u"This source is there already."_s);
    case SourceError::TooMany:
        return call.refuse(bus::errorTooMany, u"There are as many sources as there can be."_s);
    case SourceError::BadAddress:
        return call.refuse(QDBusError::InvalidArgs, u"This is no address of a server."_s);
    case SourceError::NoSuchKey:
        return call.refuse(bus::errorNoSuchKey,
            u"The daemon has no such key: it has to be in the file that its configuration names under [keys]."_s);
    case SourceError::Unknown:
        return call.refuse(bus::errorNoSuchSource, u"There is no such source."_s);
    case SourceError::NotKept:
        return call.refuse(bus::errorNotKept, u"The source could not be stored for the next start; nothing changed."_s);
    }
}

QDBusObjectPath ClockObject::AddSource(const QString& address, const QVariantMap& options)
{
    const Call call = takeCall(*this);
    const auto request = readWantedSource(address, options);
    if (!request) {
        call.refuse(QDBusError::InvalidArgs, request.error());
        return {};
    }
    authorize(call, Permission::ManageSources, [this, call, request = *request] {
        const auto added = m_commands.addSource(request.settings, request.keep);
        if (added)
            call.reply({QVariant::fromValue(sourceObjectPath(*added))});
        else
            refuse(call, added.error());
    });
    return {};
}

void ClockObject::RemoveSource(const QDBusObjectPath& source)
{
    const Call call = takeCall(*this);
    const auto id = bus::sourceIdFromPath(source.path());
    if (!id) {
        refuse(call, SourceError::Unknown);
        return;
    }
    authorize(call, Permission::ManageSources, [this, call, id = sync::SourceId{*id}] {
        if (const auto removed = m_commands.removeSource(id); removed)
            call.reply();
        else
            refuse(call, removed.error());
    });
}

void ClockObject::Refresh()
{
    const Call call = takeCall(*this);
    authorize(call, Permission::Refresh, [this, call] {
        m_commands.refresh();
        call.reply();
    });
}

void ClockObject::StepClock(double limitSeconds)
{
    const Call call = takeCall(*this);
    if (!std::isfinite(limitSeconds) || limitSeconds < 0.0) {
        call.refuse(QDBusError::InvalidArgs, u"limitSeconds must be 0 or a positive number."_s);
        return;
    }
    authorize(call, Permission::StepClock, [this, call, limitSeconds] {
        wait({.call = call, .limitSeconds = limitSeconds});
        takeNextStep();
    });
}

void ClockObject::wait(const StepWish& wish)
{
    if (m_isStepping || !m_steps.empty()) {
        m_waiting.setConnection(wish.call.connection);
        m_waiting.addWatchedService(wish.call.message.service());
    }
    m_steps.push_back(wish);
}

// Whoever has given up does not want the clock set behind their back.
void ClockObject::callerLeft(const QString& caller)
{
    std::erase_if(m_steps, [&](const StepWish& wish) { return wish.call.message.service() == caller; });
}

// Who asks while a step is under way is judged when it is over, by the clock's error then.
void ClockObject::takeNextStep()
{
    if (m_isStepping)
        return;
    if (m_steps.empty())
        return m_waiting.setWatchedServices({});
    const StepWish wish = std::move(m_steps.front());
    m_steps.pop_front();
    beginStep(wish);
    m_nextStep.start();
}

void ClockObject::beginStep(const StepWish& wish)
{
    const Call& call = wish.call;
    if (!m_canSteer) {
        call.refuse(bus::errorClockUnavailable, u"This daemon only measures the clock."_s);
        return;
    }
    if (!historySample(m_state)) {
        call.refuse(bus::errorNotSynchronized, u"No source has told the time yet."_s);
        return;
    }
    if (m_state.condition == sync::Condition::NoMajority || m_state.condition == sync::Condition::TooFewSources) {
        call.refuse(bus::errorNotSynchronized, u"The sources do not agree on a time that the clock could be set to."_s);
        return;
    }
    const Nanoseconds limit = stepLimit(wish.limitSeconds);
    if (std::abs(m_state.estimate.offset.count()) > Seconds(limit).count()) {
        call.refuse(bus::errorStepTooLarge, u"A step of %1 s would be needed."_s.arg(m_state.estimate.offset.count()));
        return;
    }
    const Person person{
        .program = call.message.service(), .mayBeAsked = call.message.isInteractiveAuthorizationAllowed()};
    m_isStepping = true;
    m_commands.step(limit, person, [this, call](StepOutcome outcome) { finishStep(call, outcome); });
}

void ClockObject::setState(const sync::State& state, bool canSteer)
{
    m_state = state;
    m_canSteer = canSteer;
}

void ClockObject::finishStep(const Call& call, StepOutcome outcome)
{
    m_isStepping = false;
    m_nextStep.start();
    switch (outcome) {
    case StepOutcome::Done:
        call.reply();
        // The error that the others meant is gone too.
        for (const StepWish& other : std::exchange(m_steps, {}))
            other.call.reply();
        return;
    case StepOutcome::Declined:
        return call.refuse(bus::errorStepTooLarge,
            u"The error of the clock has changed meanwhile: a step of %1 s would be needed now."_s.arg(
                m_state.estimate.offset.count()));
    case StepOutcome::Refused:
        return call.refuse(QDBusError::AccessDenied,
            u"So large a step needs an administrator's password, which was not given. (The keeper of the clock"
            " does not take a program of root for a person: ask as yourself.)"_s);
    case StepOutcome::Unavailable:
        return call.refuse(bus::errorClockUnavailable, u"The clock could not be set."_s);
    case StepOutcome::Unanswered:
        return call.refuse(bus::errorClockUnavailable, u"The clock did not answer."_s);
    }
}

bus::ClockSamples ClockObject::History(double seconds, uint points)
{
    if (!std::isfinite(seconds) || seconds <= 0.0 || points == 0 || points > mostHistoryPoints) {
        sendErrorReply(
            QDBusError::InvalidArgs, u"seconds must be positive and points between 1 and %1."_s.arg(mostHistoryPoints));
        return {};
    }
    const quint64 now = bus::boottimeUSec();
    const double back = seconds * 1e6;
    return m_history.read(back < static_cast<double>(now) ? now - static_cast<quint64>(back) : 0, points);
}

bus::ManagedObjects ClockObject::GetManagedObjects()
{
    return m_objects ? m_objects() : bus::ManagedObjects();
}

void ClockObject::announceAdded(const QDBusObjectPath& path, const bus::InterfaceProperties& interfaces)
{
    Q_EMIT m_objectManager->InterfacesAdded(path, interfaces);
}

void ClockObject::announceRemoved(const QDBusObjectPath& path, const QStringList& interfaces)
{
    Q_EMIT m_objectManager->InterfacesRemoved(path, interfaces);
}

} // namespace foliot::daemon
