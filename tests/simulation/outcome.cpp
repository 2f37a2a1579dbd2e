// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulation/outcome.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace foliot::simulation {

namespace {

constexpr std::size_t staysBelow = 1024; // seconds

std::size_t indexOf(double second)
{
    return static_cast<std::size_t>(std::max(0.0, second - 1.0));
}

} // namespace

double Outcome::rms(double from, double until) const
{
    double sum = 0.0;
    std::size_t count = 0;
    for (std::size_t i = indexOf(from); i < std::min(indexOf(until), errors.size()); ++i, ++count)
        sum += errors[i] * errors[i];
    return count == 0 ? 0.0 : std::sqrt(sum / static_cast<double>(count));
}

double Outcome::largest(double from, double until) const
{
    double result = 0.0;
    for (std::size_t i = indexOf(from); i < std::min(indexOf(until), errors.size()); ++i)
        result = std::max(result, std::abs(errors[i]));
    return result;
}

double Outcome::belowFrom(double limit, double from) const
{
    std::size_t since = indexOf(from);
    for (std::size_t i = since; i < errors.size(); ++i) {
        if (std::abs(errors[i]) > limit)
            since = i + 1;
        else if (i - since >= staysBelow)
            break;
    }
    return since < errors.size() ? static_cast<double>(since + 1) : std::numeric_limits<double>::infinity();
}

std::uint64_t Outcome::claimed() const
{
    return static_cast<std::uint64_t>(std::ranges::count_if(bounds, [](double bound) { return bound > 0.0; }));
}

std::uint64_t Outcome::boundHeld() const
{
    std::uint64_t held = 0;
    for (std::size_t i = 0; i < errors.size(); ++i)
        if (bounds[i] > 0.0 && std::abs(errors[i]) <= bounds[i])
            ++held;
    return held;
}

std::uint64_t Outcome::uncertaintyHeld() const
{
    std::uint64_t held = 0;
    for (std::size_t i = 0; i < errors.size(); ++i)
        if (bounds[i] > 0.0 && std::abs(errors[i]) <= uncertainties[i])
            ++held;
    return held;
}

double Outcome::boundHoldsShare() const
{
    return claimed() == 0 ? 1.0 : static_cast<double>(boundHeld()) / static_cast<double>(claimed());
}

double Outcome::uncertaintyHoldsShare() const
{
    return claimed() == 0 ? 1.0 : static_cast<double>(uncertaintyHeld()) / static_cast<double>(claimed());
}

double Outcome::medianUncertainty(double from) const
{
    if (indexOf(from) >= uncertainties.size())
        return 0.0;
    std::vector<double> sorted(uncertainties.begin() + static_cast<std::ptrdiff_t>(indexOf(from)), uncertainties.end());
    const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
    std::ranges::nth_element(sorted, middle);
    return *middle;
}

bool Outcome::said(sync::Notice notice) const
{
    return std::isfinite(firstSaid(notice));
}

double Outcome::firstSaid(sync::Notice notice, double from) const
{
    for (const Said& said : notices) {
        if (said.at >= from && said.announce.notice == notice)
            return said.at;
    }
    return std::numeric_limits<double>::infinity();
}

const sync::SourceState& Outcome::source(std::uint32_t id) const
{
    return *std::ranges::find(last.sources, sync::SourceId{id}, &sync::SourceState::source);
}

double Outcome::usedUntil(std::uint32_t id) const
{
    const auto used = lastUsed.find({id});
    return used == lastUsed.end() ? 0.0 : used->second;
}

} // namespace foliot::simulation
