// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Puts a scene together: its sources one by one, then what the core says of them.

#include "gui/scenes.h"

#include <chrono>

namespace foliot::tests {

std::chrono::nanoseconds secondsAs(double seconds);

// What differs from one source to the next.
struct Look {
    QString name;
    QString address;
    sync::Verdict verdict = sync::Verdict::Combined;
    sync::Reason reason = sync::Reason::Agrees;
    double offset = 0.0;
    double distance = 0.0; // half of the correctness interval
    double delay = 0.0;
    double jitter = 0.0;
    int stratum = 1;
    std::uint8_t reach = 0xff;
    double answeredAgo = 5.0; // negative: never
    daemon::SourceOrigin origin = daemon::SourceOrigin::Configured;
    bool isAuthenticated = false;
};

class SceneMaker {
public:
    SceneMaker();

    void add(const Look& look);
    void synchronize(double offset, double uncertainty, double bound, double agedSeconds = 2.0);

    void agree(double low, double high)
    {
        m_scene.state.agreement = sync::Interval{.low = Seconds(low), .high = Seconds(high)};
    }

    sync::State& state() { return m_scene.state; }
    Scene take() { return std::move(m_scene); }

private:
    Now m_now;
    Scene m_scene;
};

} // namespace foliot::tests
