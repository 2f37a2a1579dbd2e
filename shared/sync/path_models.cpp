// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/path_models.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace foliot::sync {

namespace {

struct Kind {
    int shape;
    bool alike;
};
// The rounder the law, the less its packets say of each way by itself: only the difference of the two means would, and
// that is the offset. So the nearly normal ones are taken to be alike.
constexpr std::array kinds{Kind{1, false}, Kind{1, true}, Kind{2, false}, Kind{2, true}, Kind{4, true}, Kind{12, true}};

constexpr double changeChance = 1e-5; // that the path follows another model from one packet to the next
constexpr double leastWeight = 1e-9;
constexpr double leastDoubt = 1.0; // of lateness over packets
constexpr double leastSay = 1e-3;  // a model less likely has no say in what is possible
constexpr double tooEarly = 6.0;   // deviations

} // namespace

PathModels::PathModels(const PathState& start, double typicalLateness)
{
    m_models.reserve(kinds.size());
    for (const Kind& kind : kinds) {
        // The quickest packets of a rounder law are later, too.
        const double scale = typicalLateness / std::sqrt(kind.shape);
        PathState own = start;
        own.mean[PathState::LeastDelay] -= 0.5 * (kind.shape - 1) * scale + latenessLaw(kind.shape, scale).start;
        own.covariance[PathState::LeastDelay][PathState::LeastDelay] *= kind.shape;
        m_models.push_back({.shape = kind.shape,
            .alike = kind.alike,
            .bank = WanderBank(own),
            .outbound = LatenessBelief(kind.shape, scale),
            .inbound = LatenessBelief(kind.shape, scale),
            .weight = 1.0 / static_cast<double>(kinds.size())});
    }
    mix();
}

void PathModels::advance(double seconds, double pathWander)
{
    for (Model& model : m_models) {
        model.bank.advance(seconds, pathWander);
        model.outbound.advance();
        if (!model.alike)
            model.inbound.advance();
        model.weight += changeChance * (1.0 / static_cast<double>(kinds.size()) - model.weight);
    }
    mix();
}

void PathModels::observe(double outbound, double inbound, double stampVariance)
{
    std::array<double, kinds.size()> logs{};
    for (std::size_t i = 0; i < m_models.size(); ++i) {
        Model& model = m_models[i];
        LatenessBelief& back = model.alike ? model.outbound : model.inbound;
        logs[i] = std::log(model.weight) + model.bank.observe(Way::Outbound, outbound, model.outbound, stampVariance) +
                  model.bank.observe(Way::Inbound, inbound, back, stampVariance);
    }
    const double largest = *std::ranges::max_element(logs);
    double total = 0.0;
    for (std::size_t i = 0; i < m_models.size(); ++i)
        total += m_models[i].weight = std::exp(logs[i] - largest) + leastWeight;
    for (Model& model : m_models)
        model.weight /= total;
    keepDoubt();
}

// The quickest of so many packets cannot tell the least delay better than this. A normal belief that is cut at every
// packet comes to think otherwise, most of all when the other way does not jitter, and then is slow to learn better.
void PathModels::keepDoubt()
{
    m_packets += 1.0;
    const double usual = std::max(usualDeviation(Way::Outbound), usualDeviation(Way::Inbound));
    const double deviation = leastDoubt * usual / m_packets;
    change([least = deviation * deviation](PathState& state) {
        double& variance = state.covariance[PathState::LeastDelay][PathState::LeastDelay];
        variance = std::max(variance, least);
    });
}

double PathModels::wander() const
{
    double square = 0.0;
    for (const Model& model : m_models)
        square += model.weight * model.bank.wander() * model.bank.wander();
    return std::sqrt(square);
}

double PathModels::logWander() const
{
    double mean = 0.0;
    for (const Model& model : m_models)
        mean += model.weight * model.bank.logWander();
    return mean;
}

template<typename Quantity>
double PathModels::averaged(Way way, Quantity of) const
{
    double sum = 0.0;
    for (const Model& model : m_models)
        sum += model.weight * std::sqrt(model.shape) *
               of(way == Way::Outbound || model.alike ? model.outbound : model.inbound);
    return sum;
}

double PathModels::latenessDeviation(Way way) const
{
    return averaged(way, [](const LatenessBelief& lateness) { return lateness.mean(); });
}

double PathModels::usualDeviation(Way way) const
{
    return averaged(way, [](const LatenessBelief& lateness) { return lateness.usual(); });
}

double PathModels::reachAfter(double seconds, double outside) const
{
    const PathState then = grown(m_mixed, wander(), 0.0, seconds);
    std::vector<NormalPart> parts;
    parts.reserve(m_models.size() * WanderBank::size);
    for (const Model& model : m_models)
        model.bank.addParts(parts, model.weight, then.mean[PathState::Offset], seconds);
    return reach(parts, outside) / std::sqrt(then.covariance[PathState::Offset][PathState::Offset]);
}

bool PathModels::isTooEarly(double seconds, double outbound, double inbound, double stampVariance) const
{
    return std::ranges::all_of(m_models, [=](const Model& model) {
        if (model.weight < leastSay)
            return true;
        const PathState state = model.bank.mostRestlessAfter(seconds);
        const Normal there = expected(state, Way::Outbound, stampVariance);
        const Normal back = expected(state, Way::Inbound, stampVariance);
        return outbound < there.mean - tooEarly * std::sqrt(there.variance) ||
               inbound < back.mean - tooEarly * std::sqrt(back.variance);
    });
}

void PathModels::mix()
{
    m_mixed = {};
    for (const Model& model : m_models)
        addMean(m_mixed, model.bank.state(), model.weight);
    for (const Model& model : m_models)
        addSpread(m_mixed, model.bank.state(), model.weight);
}

} // namespace foliot::sync
