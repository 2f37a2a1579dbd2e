// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulation/scenarios/catalogue.h"

#include "simulation/scenarios/calendar.h"
#include "simulation/scenarios/cells.h"
#include "simulation/scenarios/disturbances.h"
#include "simulation/scenarios/networks.h"
#include "simulation/scenarios/oscillators.h"
#include "simulation/scenarios/several_sources.h"
#include "simulation/scenarios/starts.h"

namespace foliot::simulation {

std::vector<Scenario> catalogue()
{
    std::vector<Scenario> all;
    for (const Cell& cell : cells)
        all.push_back(poll64(cell));
    for (const Cell& cell : cells)
        all.push_back(defaultPolls(cell));
    for (const Cell& cell : cells)
        all.push_back(precisePolls(cell));
    for (const auto& group :
        {starts(), severalSources(), badNetworks(), restlessOscillators(), disturbances(), momentsOfTheCalendar()})
        all.insert(all.end(), group.begin(), group.end());
    return all;
}

} // namespace foliot::simulation
