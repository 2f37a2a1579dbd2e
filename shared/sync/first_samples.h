// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The first few samples of a source, before its least delay and its jitter are known: a two-state Kalman filter that
// takes the whole delay for doubt, so that the very first sample is of use and a late one does no harm. Then the start of
// the wander bank. Fed and read by SourceFilter.

#include "sync/oscillator_estimate.h"
#include "sync/path_state.h"
#include "sync/sample.h"

#include <array>
#include <cstddef>
#include <span>

namespace foliot::sync {

// What a crystal may be off that was never measured, s/s: one standard deviation.
inline constexpr double unknownFrequencyDeviation = 1e-4;

struct FrequencyPrior {
    double frequency = 0.0;                       // UTC against raw, s/s
    double deviation = unknownFrequencyDeviation; // one standard deviation

    friend bool operator==(const FrequencyPrior&, const FrequencyPrior&) = default;
};

class FirstSamples {
public:
    static constexpr std::size_t wanted = 4;

    FirstSamples(const FrequencyPrior& prior, const Sample& first);

    // That this sample and those before are of one clock, by what is known of the oscillator, would need a longer way than
    // the packets took: the server's time is being corrected.
    bool contradicts(const Sample& sample) const;
    // Later than all before.
    void add(const Sample& sample);
    // UTC jumped.
    void leapt(Nanoseconds jump);

    bool isComplete() const { return m_count == wanted; }
    std::span<const Sample> samples() const { return std::span(m_samples).first(m_count); }
    const OscillatorEstimate& estimate() const { return m_estimate; }

    // What the bank starts from, at the time of the first sample, before any sample was entered.
    PathState start() const;
    // How much later than the quickest the samples were on average, each way.
    double meanExcess() const;

private:
    Seconds leastDelay() const;

    FrequencyPrior m_prior;
    std::array<Sample, wanted> m_samples{};
    std::size_t m_count = 0;
    OscillatorEstimate m_estimate;
};

} // namespace foliot::sync
