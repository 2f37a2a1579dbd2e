// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/state.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace foliot::sync {

namespace {

double secondsAfter(RawTime at, RawTime when)
{
    return std::max(0.0, Seconds(when - at).count());
}

} // namespace

std::string_view conditionWord(Condition condition)
{
    switch (condition) {
    case Condition::Starting:
        return "starting";
    case Condition::Synchronized:
        return "synchronized";
    case Condition::Holdover:
        return "holdover";
    case Condition::NoMajority:
        return "no-majority";
    case Condition::TooFewSources:
        return "too-few-sources";
    case Condition::Unreachable:
        return "unreachable";
    case Condition::NoSources:
        return "no-sources";
    case Condition::StepRefused:
        return "step-refused";
    case Condition::ClockFailed:
        return "clock-failed";
    }
    assert(false);
    return {};
}

Seconds boundAt(const SystemEstimate& estimate, RawTime when)
{
    return estimate.bound + Seconds(secondsAfter(estimate.at, when) * estimate.boundGrowthPpm * 1e-6);
}

Seconds uncertaintyAt(const SystemEstimate& estimate, RawTime when)
{
    const double age = secondsAfter(estimate.at, when);
    const UncertaintyGrowth& growth = estimate.uncertaintyGrowth;
    const double squared = growth.constant + age * (growth.linear + age * (growth.quadratic + age * growth.cubic));
    return estimate.uncertainty + Seconds(std::sqrt(std::max(squared, growth.constant)) - std::sqrt(growth.constant));
}

} // namespace foliot::sync
