// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/path_state.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace foliot::sync {

namespace {

// Less is rounding: a tenth of a nanosecond, 1e-13 of frequency.
constexpr std::array<double, PathState::size> leastVariance{1e-20, 1e-26, 1e-20};

// Takes back what rounding does to a covariance when a very wide belief becomes a very narrow one.
void mend(PathState& state)
{
    auto& p = state.covariance;
    for (std::size_t i = 0; i < PathState::size; ++i)
        p[i][i] = std::max(p[i][i], leastVariance[i]);
    for (std::size_t i = 0; i < PathState::size; ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            const double most = std::sqrt(p[i][i] * p[j][j]);
            p[i][j] = p[j][i] = std::clamp(p[i][j], -most, most);
        }
    }
}

// Outbound sees offset + least delay, inbound sees least delay - offset.
double signOf(Way way)
{
    return way == Way::Outbound ? 1.0 : -1.0;
}

std::array<double, PathState::size> columnOf(const PathState& state, Way way)
{
    std::array<double, PathState::size> column{};
    for (std::size_t i = 0; i < PathState::size; ++i)
        column[i] = signOf(way) * state.covariance[i][PathState::Offset] + state.covariance[i][PathState::LeastDelay];
    return column;
}

} // namespace

PathState grown(const PathState& state, double wander, double pathWander, double seconds)
{
    PathState s = state;
    const double t = seconds;
    auto& p = s.covariance;
    s.mean[PathState::Offset] += t * s.mean[PathState::Frequency];
    const double walk = wander * wander;
    p[0][0] += t * (2.0 * p[0][1] + t * (p[1][1] + t * walk / 3.0));
    p[0][1] += t * (p[1][1] + t * walk / 2.0);
    p[0][2] += t * p[1][2];
    p[1][1] += t * walk;
    p[2][2] += t * pathWander * pathWander;
    p[1][0] = p[0][1];
    p[2][0] = p[0][2];
    return s;
}

Normal expected(const PathState& state, Way way, double stampVariance)
{
    const auto column = columnOf(state, way);
    return {.mean = signOf(way) * state.mean[PathState::Offset] + state.mean[PathState::LeastDelay],
        .variance = signOf(way) * column[PathState::Offset] + column[PathState::LeastDelay] + stampVariance};
}

void absorb(PathState& state, Way way, const Normal& before, const Normal& after)
{
    auto& p = state.covariance;
    const auto column = columnOf(state, way);
    const double shift = (after.mean - before.mean) / before.variance;
    const double shrink = (before.variance - after.variance) / (before.variance * before.variance);
    for (std::size_t i = 0; i < PathState::size; ++i) {
        state.mean[i] += column[i] * shift;
        for (std::size_t j = 0; j < PathState::size; ++j)
            p[i][j] -= column[i] * column[j] * shrink;
    }
    mend(state);
}

void addMean(PathState& sum, const PathState& part, double share)
{
    for (std::size_t i = 0; i < PathState::size; ++i)
        sum.mean[i] += share * part.mean[i];
}

void addSpread(PathState& sum, const PathState& part, double share)
{
    for (std::size_t i = 0; i < PathState::size; ++i) {
        for (std::size_t j = 0; j < PathState::size; ++j)
            sum.covariance[i][j] +=
                share * (part.covariance[i][j] + (part.mean[i] - sum.mean[i]) * (part.mean[j] - sum.mean[j]));
    }
}

} // namespace foliot::sync
