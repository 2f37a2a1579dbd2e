// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/publisher/engine_binding.h"

#include "daemon/clocks/clock.h"
#include "daemon/publisher/polkit_authorizer.h"
#include "daemon/publisher/same_user_authorizer.h"

#include <unistd.h>

namespace foliot::daemon {

namespace {

std::shared_ptr<StepErrand> makeErrand(Engine& engine)
{
    return std::make_shared<StepErrand>(
        engine.clock(), StepErrand::Engine{.step = [&engine](Nanoseconds limit) { return engine.step(limit); },
                            .state = [&engine]() -> const sync::State& { return engine.state(); }});
}

Commands commandsOf(Engine& engine, ServerCommands server)
{
    return {
        .addSource = [&engine](const config::Source& source, bool keep) { return engine.addSource(source, keep); },
        .removeSource = [&engine](sync::SourceId source) { return engine.removeSource(source); },
        .refresh = [&engine] { engine.refresh(); },
        .step = [errand = makeErrand(engine)](Nanoseconds limit, const Person& person,
                    std::function<void(StepOutcome)> done) { errand->begin(limit, person, std::move(done)); },
        .server = std::move(server),
    };
}

std::unique_ptr<Authorizer> authorizerFor(bus::BusKind kind)
{
    switch (kind) {
    case bus::BusKind::System:
        return std::make_unique<PolkitAuthorizer>();
    case bus::BusKind::Session:
        return std::make_unique<SameUserAuthorizer>(getuid());
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace

std::expected<std::unique_ptr<Publisher>, QString> publishEngine(
    Engine& engine, ServerCommands server, config::BusKind bus, const DaemonFacts& facts)
{
    bus::BusChoice choice = bus::choiceFromEnvironment();
    switch (bus) {
    case config::BusKind::System:
        break;
    case config::BusKind::Session:
        choice.kind = bus::BusKind::Session;
        break;
    case config::BusKind::None:
        return nullptr;
    }
    auto publisher = std::make_unique<Publisher>(
        facts, commandsOf(engine, std::move(server)), authorizerFor(choice.kind), choice, Publisher::Timing{});
    const auto update = [&engine, target = publisher.get()] { target->update(engine.state(), engine.sources()); };
    QObject::connect(&engine, &Engine::stateChanged, publisher.get(), update);
    QObject::connect(&engine, &Engine::sourceAdded, publisher.get(), update);
    QObject::connect(&engine, &Engine::sourceRemoved, publisher.get(), update);
    update();
    if (const auto started = publisher->start(); !started)
        return std::unexpected(started.error());
    return publisher;
}

} // namespace foliot::daemon
