// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// States of the daemon such as the core makes them, one for each thing the window has to say. Published by
// PublishedScene; times are those of this machine, so ages are right.

#include "daemon/publisher/properties.h"

#include <QString>
#include <QStringList>

namespace foliot::tests {

// In the scene "holdover": how long the network has been gone, and how fast the bound grows.
constexpr double silentSeconds = 400.0;
constexpr double holdoverGrowthPpm = 15.2;

struct Scene {
    sync::State state;
    daemon::SourceInfos sources;
    daemon::ServerReport server;
    daemon::NtsServerReport ntsServer{};
};

// starting, synchronized, falseticker, holdover, no-majority, too-few-sources, unreachable, no-sources, step-refused,
// clock-failed, port-taken, pool, strange
[[nodiscard]] QStringList sceneNames();
[[nodiscard]] Scene scene(const QString& name);

// The scene some seconds earlier, as the clock comes in from 80 ms behind; for the past that charts show.
[[nodiscard]] sync::State earlier(const Scene& scene, double secondsAgo);

} // namespace foliot::tests
