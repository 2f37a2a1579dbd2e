// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/published_scene.h"

#include "daemon/publisher/same_user_authorizer.h"

#include <QCoreApplication>

#include <unistd.h>

namespace foliot::tests {

PublishedScene::PublishedScene(const QString& busAddress)
    : m_choice{.kind = bus::BusKind::Session, .address = busAddress}
{}

bool PublishedScene::start()
{
    daemon::Commands commands{
        .addSource = [this](const config::Source& source,
                         bool keep) -> std::expected<sync::SourceId, daemon::SourceError> {
            added.append(source);
            kept.append(keep);
            if (addError)
                return std::unexpected(*addError);
            return sync::SourceId{99};
        },
        .removeSource = [this](sync::SourceId source) -> std::expected<void, daemon::SourceError> {
            removed.append(source.value);
            std::erase_if(m_scene.state.sources, [&](const auto& state) { return state.source == source; });
            m_scene.sources.erase(source);
            m_publisher->update(m_scene.state, m_scene.sources);
            return {};
        },
        .refresh = [this] { ++refreshes; },
        .step = [this](Nanoseconds limit, const daemon::Person&,
                    const std::function<void(daemon::StepOutcome)>&) { steps.append(limit); },
        .server = {.serve = [this](bool isServing, bool keep) -> std::expected<QStringList, daemon::ServingError> {
                       served.append({isServing, keep});
                       if (servingError)
                           return std::unexpected(*servingError);
                       tell(isServing ? daemon::ServerReport{.wish = daemon::ServingWish::KeptRequest,
                                            .addresses = {QStringLiteral("0.0.0.0:123")}}
                                      : daemon::ServerReport{});
                       return m_scene.server.addresses;
                   },
            .clients = {}},
    };
    using std::chrono::milliseconds;
    const daemon::Publisher::Timing timing{.interval = milliseconds(0),
        .gather = milliseconds(0),
        .counters = milliseconds(1'000),
        .reconnect = milliseconds(20)};
    m_publisher = std::make_unique<daemon::Publisher>(
        daemon::DaemonFacts{.version = QStringLiteral("0.1.0"), .clockType = config::ClockType::Simulated},
        std::move(commands), std::make_unique<daemon::SameUserAuthorizer>(getuid()), m_choice, timing);
    m_publisher->setServer([this] { return m_scene.server; });
    m_publisher->setNtsServer([this] { return m_scene.ntsServer; });
    m_publisher->update(m_scene.state, m_scene.sources);
    return m_publisher->start().has_value();
}

void PublishedScene::stop()
{
    m_publisher.reset();
}

void PublishedScene::show(const Scene& scene)
{
    m_scene = scene;
    if (m_publisher)
        m_publisher->update(scene.state, scene.sources);
}

void PublishedScene::tell(const daemon::DaemonFacts& facts)
{
    m_publisher->setFacts(facts);
}

void PublishedScene::tell(const daemon::ServerReport& server, const daemon::NtsServerReport& ntsServer)
{
    m_scene.server = server;
    m_scene.ntsServer = ntsServer;
    m_publisher->update(m_scene.state, m_scene.sources);
}

void PublishedScene::live(const Scene& scene)
{
    m_scene = scene;
    for (int secondsAgo = 598; secondsAgo > 0; secondsAgo -= 2) {
        m_publisher->update(earlier(scene, secondsAgo), scene.sources);
        QCoreApplication::processEvents(); // each announcement is a point of the past
    }
    m_publisher->update(scene.state, scene.sources);
}

} // namespace foliot::tests
