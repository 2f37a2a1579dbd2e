// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How much of their error any two sources' estimates have in common. All of them follow the same oscillator, so what it
// did since the last packets is wrong in all alike; what each learns from packets of its own is not. The cross-covariance
// of two filters is carried along as each takes its samples (track-to-track fusion, Bar-Shalom and Campo 1986). Fed by
// Consensus, read by combination.

#include "sync/oscillator_estimate.h"
#include "sync/source_id.h"

#include <map>
#include <utility>

namespace foliot::sync {

// Expectation of the product of two sources' errors; the first letter is of the first source.
struct Cross {
    double offsetOffset = 0.0;       // s^2
    double offsetFrequency = 0.0;    // s^2/s
    double frequencyOffset = 0.0;    // s^2/s
    double frequencyFrequency = 0.0; // (s/s)^2
};

class CrossCovariances {
public:
    // The source's estimate begins with its first sample: it shares with the others what was known of the frequency.
    void begun(SourceId source, const OscillatorEstimate& estimate, double knownFrequencyVariance);
    // It took a sample. before: its estimate carried to that moment; after: with it.
    void updated(SourceId source, const OscillatorEstimate& before, const OscillatorEstimate& after);
    void forget(SourceId source);

    // At a moment not before the last update of either, for estimates carried to it. Never more than the two covariances
    // allow. Two that nothing is known of are taken to err alike.
    Cross between(
        SourceId first, const OscillatorEstimate& ofFirst, SourceId second, const OscillatorEstimate& ofSecond) const;

private:
    struct Member {
        double wander = 0.0;
    };
    struct Pair {
        RawTime at;
        Cross cross; // of the lower id first
    };
    using Key = std::pair<SourceId, SourceId>;

    double wanderOf(const Key& key) const;
    void carry(const Key& key, Pair& pair, RawTime when) const;

    std::map<SourceId, Member> m_members;
    std::map<Key, Pair> m_pairs;
};

} // namespace foliot::sync
