// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The estimator of one source: from its samples, what UTC minus raw is and how it changes, how sure that is, and an
// interval that holds the truth whatever the paths. Fed by Source, read by selection and combination.

#include "sync/oscillator_estimate.h"
#include "sync/sample.h"

#include <array>
#include <cstddef>
#include <optional>

namespace foliot::sync {

struct FrequencyPrior {
    double frequency = 0.0;  // UTC against raw, s/s
    double deviation = 1e-4; // one standard deviation

    friend bool operator==(const FrequencyPrior&, const FrequencyPrior&) = default;
};

// What became of a sample.
enum class SampleUse : std::uint8_t { Used, TooOld, Spike, Restarted };

class SourceFilter {
public:
    explicit SourceFilter(const FrequencyPrior& prior);

    SampleUse add(const Sample& sample);

    // Absent before the first sample.
    const std::optional<OscillatorEstimate>& estimate() const { return m_estimate; }

    std::size_t samples() const { return m_samples; }
    Seconds jitter() const;
    Seconds minimumDelay() const { return m_minimumDelay; }

    // Half the width of an interval around the estimate that holds the server's time at `when` whatever the asymmetry
    // of the paths, if the oscillator's frequency is within tolerance and within 4 deviations of the estimate.
    Seconds reachOfTruth(RawTime when) const;

    // The oscillator stood still for about so long.
    void slept(Nanoseconds duration);

private:
    void start(const Sample& sample);
    void restart(const Sample& sample);
    double noiseVariance(const Sample& sample) const;
    void remember(const Sample& sample);

    FrequencyPrior m_prior;
    std::optional<OscillatorEstimate> m_estimate;
    std::size_t m_samples = 0;
    std::size_t m_spikes = 0; // in a row
    Seconds m_minimumDelay{};
    double m_meanSquareResidual = 0.0;

    struct Anchor {
        RawTime at;
        double offset = 0.0;    // beyond origin
        double halfWidth = 0.0; // half the delay and the stamps' error
    };
    std::array<Anchor, 8> m_anchors{};
    std::size_t m_anchorCount = 0;
};

} // namespace foliot::sync
