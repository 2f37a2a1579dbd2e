// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The daemon's own publisher, fed with a scene instead of an engine: what is on the bus is what foliotd would put there.

#include "bus/connection.h"
#include "daemon/publisher/publisher.h"
#include "gui/scenes.h"

#include <functional>

namespace foliot::tests {

class PublishedScene {
public:
    explicit PublishedScene(const QString& busAddress);

    [[nodiscard]] bool start();
    void stop();
    void show(const Scene& scene);
    void tell(const daemon::DaemonFacts& facts);
    void tell(const daemon::ServerReport& server, const daemon::NtsServerReport& ntsServer = {});
    // Lets the scene have had ten minutes of past.
    void live(const Scene& scene);

    // What it was asked for.
    QList<config::Source> added;
    QList<bool> kept;
    QList<quint32> removed;
    int refreshes = 0;
    QList<Nanoseconds> steps;
    QList<std::pair<bool, bool>> served; // whether to serve, whether to keep it so
    // What AddSource answers.
    std::optional<daemon::SourceError> addError;
    // What SetServing answers, instead of doing it.
    std::optional<daemon::ServingError> servingError;

    [[nodiscard]] bus::BusChoice choice() const { return m_choice; }

private:
    bus::BusChoice m_choice;
    Scene m_scene;
    std::unique_ptr<daemon::Publisher> m_publisher;
};

} // namespace foliot::tests
