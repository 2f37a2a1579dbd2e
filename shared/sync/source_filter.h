// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The estimator of one source: from its samples, what UTC minus raw is and how it changes, how sure that is, and an
// interval that holds the truth whatever the paths. Fed by Source, read by selection and combination.
//
// Each way of a packet is an observation of its own: offset plus least delay plus lateness one way, least delay minus
// offset plus lateness the other way, lateness being exponential with a mean learnt for each way. That makes jitter on
// one way only, and packets of any lateness, what they are, where a filter of midpoints sees noise.

#include "sync/first_samples.h"
#include "sync/mean_excess.h"
#include "sync/truth_window.h"
#include "sync/wander_bank.h"

#include <cstdint>
#include <optional>

namespace foliot::sync {

// What became of a sample.
enum class SampleUse : std::uint8_t {
    Used,
    TooOld,    // of before the last one
    Spike,     // earlier than a packet can be: kept apart until more of its kind come
    Restarted, // more of its kind came: the server's time or the path changed
};

class SourceFilter {
public:
    explicit SourceFilter(const FrequencyPrior& prior);

    SampleUse add(const Sample& sample);

    // Absent before the first sample.
    const std::optional<OscillatorEstimate>& estimate() const { return m_estimate; }

    std::size_t samples() const { return m_samples; } // since the last change of server or path
    Seconds jitter() const;                           // deviation of a midpoint measurement
    Seconds delay() const;                            // round trip without lateness

    // See TruthWindow.
    Seconds halfWidth(RawTime when) const;

    // The oscillator stood still for about so long.
    void slept(Nanoseconds duration);

private:
    struct Ways {
        double outbound = 0.0;
        double inbound = 0.0;
    };

    void begin(const FrequencyPrior& prior, const Sample& sample);
    void beginBank();
    SampleUse track(const Sample& sample);
    bool isTooEarly(const Sample& sample) const;
    void noticeLongerPath();
    void enter(const Sample& sample);
    void publish();
    Ways observed(const Sample& sample) const;
    double stampVariance(const Sample& sample) const;

    FrequencyPrior m_prior;
    std::optional<OscillatorEstimate> m_estimate;
    std::optional<FirstSamples> m_first;
    std::optional<WanderBank> m_bank; // once the first samples are complete
    MeanExcess m_outboundExcess{0.0, 0.0};
    MeanExcess m_inboundExcess{0.0, 0.0};
    TruthWindow m_truth;
    std::size_t m_samples = 0;
    std::size_t m_early = 0;  // too early samples in a row
    std::size_t m_late = 0;   // samples late on a way, in a row
    double m_leastLate = 0.0; // the least lateness among them
    Seconds m_firstDelay{};
};

} // namespace foliot::sync
