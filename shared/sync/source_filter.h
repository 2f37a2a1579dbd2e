// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The estimator of one source: from its samples, what UTC minus raw is and how it changes, how sure that is, and an
// interval that holds the truth whatever the paths. Fed by Source, read by selection and combination.
//
// Each way of a packet is an observation of its own: offset plus least delay plus lateness one way, least delay minus
// offset plus lateness the other way, lateness being of a law that is learnt. That makes jitter on one way only, and
// packets of any lateness, what they are, where a filter of midpoints sees noise.

#include "sync/claim_reach.h"
#include "sync/first_samples.h"
#include "sync/path_models.h"
#include "sync/path_watch.h"
#include "sync/truth_window.h"

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

    // The last sample contradicts what is believed, and no other has come since.
    bool isInDoubt() const { return m_isInDoubt; }

    // See TruthWindow.
    Seconds halfWidth(RawTime when) const;

    // The oscillator stood still for about so long.
    void slept(Nanoseconds duration);
    // UTC jumped.
    void leapt(Nanoseconds jump);

private:
    void begin(const FrequencyPrior& prior, const Sample& sample);
    void beginModels();
    SampleUse track(const Sample& sample);
    bool isTooEarly(const Sample& sample) const;
    bool isTooShort(const Sample& sample) const;
    bool isOfQuickestPath(const Sample& sample) const;
    bool isBeyondDelay(const Sample& sample) const;
    bool spendBeginning();
    void doubt(const Sample& sample);
    void followPath(const Ways& change);
    void enter(const Sample& sample);
    void publish();
    void doubtLeastDelay();
    double reachNow();
    double usualLateness() const;
    Ways observed(const Sample& sample) const;
    Ways lateness(const Sample& sample) const;
    double stampVariance(const Sample& sample) const;

    FrequencyPrior m_prior;
    std::optional<OscillatorEstimate> m_estimate;
    std::optional<FirstSamples> m_first;
    std::optional<PathModels> m_models; // once the first samples are complete
    TruthWindow m_truth;
    std::size_t m_samples = 0;
    PathWatch m_path;
    Ways m_detour; // how much longer each way is now than on the quickest path, whose ways are taken to be alike
    Seconds m_firstDelay{};
    int m_beyondDelay = 0;   // packets in a row
    int m_withinDelay = 0;   // packets in a row
    int m_begunAnew = 0;     // times that a contradiction was taken for a change, less those long past
    double m_interval = 0.0; // between the last two samples, seconds
    ClaimReach m_reach;
    bool m_isInDoubt = false;
};

} // namespace foliot::sync
