// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/cross_covariance.h"

#include <algorithm>
#include <cmath>

namespace foliot::sync {

namespace {

struct Matrix {
    double offsetOffset = 1.0;
    double offsetFrequency = 0.0;
    double frequencyOffset = 0.0;
    double frequencyFrequency = 1.0;
};

// What a sample leaves of an error: for a linear filter, the covariance after it over the covariance before.
Matrix leftOf(const Covariance& before, const Covariance& after)
{
    const double determinant = before.offset * before.frequency - before.cross * before.cross;
    if (determinant <= 1e-9 * before.offset * before.frequency)
        return {.offsetOffset = std::min(1.0, after.offset / before.offset)};
    return {
        .offsetOffset = (after.offset * before.frequency - after.cross * before.cross) / determinant,
        .offsetFrequency = (after.cross * before.offset - after.offset * before.cross) / determinant,
        .frequencyOffset = (after.cross * before.frequency - after.frequency * before.cross) / determinant,
        .frequencyFrequency = (after.frequency * before.offset - after.cross * before.cross) / determinant,
    };
}

// The first source's error becomes `left` of what it was.
Cross shrunk(const Matrix& left, const Cross& cross)
{
    return {
        .offsetOffset = left.offsetOffset * cross.offsetOffset + left.offsetFrequency * cross.frequencyOffset,
        .offsetFrequency = left.offsetOffset * cross.offsetFrequency + left.offsetFrequency * cross.frequencyFrequency,
        .frequencyOffset = left.frequencyOffset * cross.offsetOffset + left.frequencyFrequency * cross.frequencyOffset,
        .frequencyFrequency =
            left.frequencyOffset * cross.offsetFrequency + left.frequencyFrequency * cross.frequencyFrequency,
    };
}

Cross transposed(const Cross& cross)
{
    Cross result = cross;
    std::swap(result.offsetFrequency, result.frequencyOffset);
    return result;
}

Cross grown(const Cross& cross, double wander, double seconds)
{
    const double t = seconds;
    const double walk = wander * wander;
    const double shared = cross.frequencyFrequency;
    return {
        .offsetOffset =
            cross.offsetOffset + t * (cross.offsetFrequency + cross.frequencyOffset + t * (shared + t * walk / 3.0)),
        .offsetFrequency = cross.offsetFrequency + t * (shared + t * walk / 2.0),
        .frequencyOffset = cross.frequencyOffset + t * (shared + t * walk / 2.0),
        .frequencyFrequency = shared + t * walk,
    };
}

double within(double value, double a, double b)
{
    const double most = std::sqrt(a * b);
    return std::clamp(value, -most, most);
}

} // namespace

void CrossCovariances::begun(SourceId source, const OscillatorEstimate& estimate, double knownFrequencyVariance)
{
    forget(source);
    m_members[source] = {.wander = estimate.wander};
    for (const auto& [other, member] : m_members) {
        if (other != source)
            m_pairs[std::minmax(source, other)] = {
                .at = estimate.at, .cross = {.frequencyFrequency = knownFrequencyVariance}};
    }
}

void CrossCovariances::updated(SourceId source, const OscillatorEstimate& before, const OscillatorEstimate& after)
{
    m_members[source].wander = after.wander;
    const Matrix left = leftOf(before.covariance, after.covariance);
    for (auto& [key, pair] : m_pairs) {
        if (key.first != source && key.second != source)
            continue;
        carry(key, pair, after.at);
        pair.cross = key.first == source ? shrunk(left, pair.cross) : transposed(shrunk(left, transposed(pair.cross)));
    }
}

void CrossCovariances::forget(SourceId source)
{
    m_members.erase(source);
    std::erase_if(
        m_pairs, [=](const auto& entry) { return entry.first.first == source || entry.first.second == source; });
}

Cross CrossCovariances::between(
    SourceId first, const OscillatorEstimate& ofFirst, SourceId second, const OscillatorEstimate& ofSecond) const
{
    const Covariance& a = ofFirst.covariance;
    const Covariance& b = ofSecond.covariance;
    const Key key = std::minmax(first, second);
    const auto found = m_pairs.find(key);
    Cross cross{.offsetOffset = HUGE_VAL,
        .offsetFrequency = (a.cross + b.cross) / 2.0,
        .frequencyOffset = (a.cross + b.cross) / 2.0,
        .frequencyFrequency = HUGE_VAL};
    if (found != m_pairs.end()) {
        Pair pair = found->second;
        carry(key, pair, ofFirst.at);
        cross = key.first == first ? pair.cross : transposed(pair.cross);
    }
    return {
        .offsetOffset = within(cross.offsetOffset, a.offset, b.offset),
        .offsetFrequency = within(cross.offsetFrequency, a.offset, b.frequency),
        .frequencyOffset = within(cross.frequencyOffset, a.frequency, b.offset),
        .frequencyFrequency = within(cross.frequencyFrequency, a.frequency, b.frequency),
    };
}

// The wander is the oscillator's own, which each filter has learnt by itself.
double CrossCovariances::wanderOf(const Key& key) const
{
    return std::sqrt(m_members.at(key.first).wander * m_members.at(key.second).wander);
}

void CrossCovariances::carry(const Key& key, Pair& pair, RawTime when) const
{
    const double seconds = Seconds(when - pair.at).count();
    if (seconds <= 0.0)
        return;
    pair.cross = grown(pair.cross, wanderOf(key), seconds);
    pair.at = when;
}

} // namespace foliot::sync
