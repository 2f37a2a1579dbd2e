// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/wander_bank.h"

#include <algorithm>
#include <cmath>

namespace foliot::sync {

namespace {

// Per square root of a second: from a good oven to a laptop in the sun.
constexpr std::array<double, WanderBank::size> wanders{3e-11, 1e-10, 3e-10, 1e-9, 3e-9, 1e-8, 3e-8, 1e-7};
constexpr double changeChance = 0.01; // chance that the wander moves to a neighbour between two samples

void addWeighted(PathState& sum, const PathState& state, double weight)
{
    for (std::size_t i = 0; i < PathState::size; ++i)
        sum.mean[i] += weight * state.mean[i];
}

void addSpread(PathState& sum, const PathState& state, double weight)
{
    for (std::size_t i = 0; i < PathState::size; ++i) {
        for (std::size_t j = 0; j < PathState::size; ++j)
            sum.covariance[i][j] +=
                weight * (state.covariance[i][j] + (state.mean[i] - sum.mean[i]) * (state.mean[j] - sum.mean[j]));
    }
}

} // namespace

WanderBank::WanderBank(const PathState& start)
{
    m_states.fill(start);
    m_weights.fill(1.0 / static_cast<double>(size));
    m_mixed = start;
}

void WanderBank::advance(double seconds, double pathWander)
{
    interact();
    for (std::size_t i = 0; i < size; ++i)
        m_states[i] = grown(m_states[i], wanders[i], pathWander, seconds);
    mix();
}

void WanderBank::observe(Way way, double observed, double meanDelay, double stampVariance)
{
    std::array<double, size> logs{};
    for (std::size_t i = 0; i < size; ++i)
        logs[i] = std::log(m_weights[i]) + sync::observe(m_states[i], way, observed, meanDelay, stampVariance);
    const double largest = *std::ranges::max_element(logs);
    double total = 0.0;
    for (std::size_t i = 0; i < size; ++i)
        total += m_weights[i] = std::exp(logs[i] - largest) + 1e-12;
    for (double& weight : m_weights)
        weight /= total;
    mix();
}

PathState WanderBank::mostRestlessAfter(double seconds) const
{
    return grown(m_states.back(), wanders.back(), 0.0, seconds);
}

double WanderBank::wander() const
{
    double square = 0.0;
    for (std::size_t i = 0; i < size; ++i)
        square += m_weights[i] * wanders[i] * wanders[i];
    return std::sqrt(square);
}

void WanderBank::mix()
{
    m_mixed = {};
    for (std::size_t i = 0; i < size; ++i)
        addWeighted(m_mixed, m_states[i], m_weights[i]);
    for (std::size_t i = 0; i < size; ++i)
        addSpread(m_mixed, m_states[i], m_weights[i]);
}

void WanderBank::interact()
{
    std::array<PathState, size> mixed{};
    std::array<double, size> weights{};
    for (std::size_t to = 0; to < size; ++to) {
        const std::size_t first = to == 0 ? 0 : to - 1;
        const std::size_t last = std::min(to + 1, size - 1);
        const auto share = [&](std::size_t from) {
            const bool atEnd = from == 0 || from == size - 1;
            return m_weights[from] * (from == to ? 1.0 - (atEnd ? 1.0 : 2.0) * changeChance : changeChance);
        };
        for (std::size_t from = first; from <= last; ++from)
            weights[to] += share(from);
        for (std::size_t from = first; from <= last; ++from)
            addWeighted(mixed[to], m_states[from], share(from) / weights[to]);
        for (std::size_t from = first; from <= last; ++from)
            addSpread(mixed[to], m_states[from], share(from) / weights[to]);
    }
    m_states = mixed;
    m_weights = weights;
}

} // namespace foliot::sync
