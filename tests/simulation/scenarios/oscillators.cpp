// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulation/scenarios/oscillators.h"

namespace foliot::simulation {

namespace {

Scenario swinging(const char* name, const Swing& swing)
{
    Scenario scenario{.name = name, .sources = {sourceWithJitter(1e-4)}};
    scenario.clock.oscillator.swing = swing;
    return scenario;
}

} // namespace

Scenario temperatureByTheHour()
{
    return swinging("temperature_by_the_hour", {.shape = Swing::Shape::Sine, .amplitude = 1e-7, .period = 3600.0});
}

Scenario temperatureByTheDay()
{
    Scenario scenario =
        swinging("temperature_by_the_day", {.shape = Swing::Shape::Sine, .amplitude = 1e-6, .period = 86'400.0});
    scenario.duration = 200'000.0;
    return scenario;
}

Scenario temperatureInSteps()
{
    return swinging("temperature_in_steps", {.shape = Swing::Shape::Square, .amplitude = 1e-7, .period = 7200.0});
}

Scenario month()
{
    return {.name = "month", .sources = {sourceWithJitter(1e-4)}, .duration = 30.0 * 86'400.0};
}

std::vector<Scenario> restlessOscillators()
{
    return {temperatureByTheHour(), temperatureByTheDay(), temperatureInSteps(), month()};
}

} // namespace foliot::simulation
