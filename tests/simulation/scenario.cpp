// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulation/scenario.h"

namespace foliot::simulation {

std::vector<SourceSpec> alike(int count, const SourceSpec& source)
{
    return std::vector(static_cast<std::size_t>(count), source);
}

SourceSpec sourceWithJitter(double jitter, int poll)
{
    return {.options = {.minPoll = poll, .maxPoll = poll}, .there = {.jitter = jitter}, .back = {.jitter = jitter}};
}

} // namespace foliot::simulation
