// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A publisher on a bus of its own, what it was asked for, and a stranger's view of it.

#include "bus/client/data.h"
#include "bus/names.h"
#include "daemon/publisher/publisher.h"
#include "daemon/publisher/same_user_authorizer.h"
#include "support/private_bus.h"
#include "support/sample_state.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QTest>

#include <unistd.h>

namespace foliot::tests {

// What reached the engine's side.
struct Asked {
    QList<config::Source> added;
    QList<bool> kept;
    QList<quint32> removed;
    int refreshes = 0;
    QList<std::pair<bool, bool>> served; // whether to serve, whether to keep it so
    QList<std::size_t> clients;          // how many were to be listed
    QList<Nanoseconds> steps;
    QList<daemon::Person> people;                      // who wanted them
    std::function<void(daemon::StepOutcome)> stepDone; // of the last one

    bool isNothing() const
    {
        return added.isEmpty() && removed.isEmpty() && refreshes == 0 && served.isEmpty() && clients.isEmpty() &&
               steps.isEmpty();
    }
};

// A network of IPv6 that asked three times, and was once told to ask less.
inline daemon::ClientRecord sampleClient()
{
    return {.address = {.high = 0x2001'0DB8'0000'0001, .isIpv6 = true},
        .prefixLength = 64,
        .firstSeen = RealTime(std::chrono::seconds(1'800'000'000)),
        .lastSeen = RealTime(std::chrono::seconds(1'800'000'064)),
        .received = 3,
        .answered = 2,
        .limited = 1,
        .authenticated = 2,
        .version = 4};
}

// Commands that write down what they are asked for and allow it.
inline daemon::Commands recordInto(Asked& asked)
{
    return {.addSource = [&asked](const config::Source& source,
                             bool keep) -> std::expected<sync::SourceId, daemon::SourceError> {
                asked.added.append(source);
                asked.kept.append(keep);
                return sync::SourceId{4};
            },
        .removeSource = [&asked](sync::SourceId source) -> std::expected<void, daemon::SourceError> {
            asked.removed.append(source.value);
            if (!sampleSources().contains(source))
                return std::unexpected(daemon::SourceError::Unknown);
            return {};
        },
        .refresh = [&asked] { ++asked.refreshes; },
        .step =
            [&asked](Nanoseconds limit, const daemon::Person& person, std::function<void(daemon::StepOutcome)> done) {
                asked.steps.append(limit);
                asked.people.append(person);
                asked.stepDone = std::move(done);
            },
        .server = {.serve = [&asked](bool isServing, bool keep) -> std::expected<QStringList, daemon::ServingError> {
                       asked.served.append({isServing, keep});
                       return isServing ? QStringList{QStringLiteral("192.0.2.1:123")} : QStringList();
                   },
            .clients = [&asked](std::size_t most) -> std::optional<std::vector<daemon::ClientRecord>> {
                asked.clients.append(most);
                return std::vector{sampleClient()};
            }}};
}

inline constexpr daemon::Publisher::Timing quickTiming{.interval = std::chrono::milliseconds(150),
    .gather = std::chrono::milliseconds(10),
    .counters = std::chrono::milliseconds(20),
    .reconnect = std::chrono::milliseconds(20)};

inline std::unique_ptr<daemon::Publisher> makePublisher(const bus::BusChoice& choice, Asked& asked,
    std::unique_ptr<daemon::Authorizer> authorizer = {}, const daemon::Publisher::Timing& timing = quickTiming)
{
    if (!authorizer)
        authorizer = std::make_unique<daemon::SameUserAuthorizer>(getuid());
    return std::make_unique<daemon::Publisher>(sampleFacts(), recordInto(asked), std::move(authorizer), choice, timing);
}

// A method call from outside. Asynchronous: caller and callee share a thread here.
inline QDBusMessage callFrom(const QDBusConnection& stranger, const QString& path, const QString& interface,
    const QString& member, const QVariantList& arguments = {}, bool isInteractive = false)
{
    QDBusMessage message = QDBusMessage::createMethodCall(bus::serviceName, path, interface, member);
    message.setArguments(arguments);
    message.setInteractiveAuthorizationAllowed(isInteractive);
    QDBusPendingCallWatcher call(stranger.asyncCall(message));
    [&] { QTRY_VERIFY_WITH_TIMEOUT(call.isFinished(), 10'000); }();
    return call.reply();
}

inline QDBusMessage callClock(const QDBusConnection& stranger, const QString& member,
    const QVariantList& arguments = {}, bool isInteractive = false)
{
    return callFrom(stranger, bus::rootPath, bus::clockInterface, member, arguments, isInteractive);
}

inline QDBusMessage callServer(
    const QDBusConnection& stranger, const QString& member, const QVariantList& arguments = {})
{
    return callFrom(stranger, bus::serverPath, bus::serverInterface, member, arguments);
}

inline const QString denied = QStringLiteral("org.freedesktop.DBus.Error.AccessDenied");

// Those of all calls that change something, or tell what not everybody may know, that the caller is not denied.
inline QStringList callsNotDenied(const QDBusConnection& caller)
{
    QStringList others;
    const auto judge = [&](const char* member, const QDBusMessage& reply) {
        if (reply.errorName() != denied)
            others.append(QString::fromLatin1(member) + QStringLiteral(": ") + reply.errorName());
    };
    judge("AddSource",
        callClock(caller, QStringLiteral("AddSource"), {QStringLiteral("time.example.org"), QVariantMap()}));
    judge("RemoveSource", callClock(caller, QStringLiteral("RemoveSource"), {QVariant::fromValue(bus::sourcePath(1))}));
    judge("Refresh", callClock(caller, QStringLiteral("Refresh")));
    judge("StepClock", callClock(caller, QStringLiteral("StepClock"), {0.0}));
    judge("SetServing", callServer(caller, QStringLiteral("SetServing"), {true, true}));
    judge("Clients", callServer(caller, QStringLiteral("Clients"), {5U}));
    return others;
}

// Runs a program to its end while this thread's event loop serves it.
inline RunResult runMeanwhile(const QStringList& command, const QStringList& environment)
{
    ChildProcess process(command.first(), command.sliced(1), environment);
    [&] { QTRY_VERIFY_WITH_TIMEOUT(!process.isRunning(), 20'000); }();
    const QString output = process.output();
    return {.exitCode = process.stop(), .output = output};
}

} // namespace foliot::tests
