// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// An interval that holds the server's time whatever the asymmetry of the paths: each sample gives one, half its delay to
// each side, which widens as the oscillator may run off. Keeps the last few, so that one late packet does not widen it.
// Where they cannot all be right by the frequency that is believed, that is what is wrong: the last one alone counts then,
// and widens as fast as they prove. RFC 5905 section 10, lambda.

#include "sync/oscillator_estimate.h"
#include "sync/sample.h"

#include <array>
#include <cstddef>
#include <optional>

namespace foliot::sync {

class TruthWindow {
public:
    void add(const Sample& sample, Nanoseconds origin);
    // A sample that is not believed, or not yet: until another is added the truth may be in its interval as well.
    void doubt(const Sample& sample, Nanoseconds origin);
    // UTC jumped.
    void leapt(Nanoseconds jump);
    void clear();

    // Half the width of an interval centred on the estimate's offset at `when`; infinite without samples.
    Seconds halfWidth(const OscillatorEstimate& estimate, RawTime when) const;

private:
    struct Anchor {
        RawTime at;
        Nanoseconds origin{};
        double offset = 0.0;    // beyond origin
        double halfWidth = 0.0; // half the delay and the stamps' error
    };
    static Anchor anchorOf(const Sample& sample, Nanoseconds origin);
    // How far from the estimate, which is of `then`, the truth may be by this anchor alone.
    static double halfWidthBy(const Anchor& anchor, const OscillatorEstimate& then, double tolerance);
    // How wrong the frequency that is believed may be, s/s, where the anchors show that it is wrong by more than the
    // tolerance; else 0.
    double frequencyError(const OscillatorEstimate& then, double tolerance) const;
    const Anchor& newest() const { return m_anchors.at((m_next + m_anchors.size() - 1) % m_anchors.size()); }

    std::array<Anchor, 8> m_anchors{};
    std::size_t m_next = 0;
    std::size_t m_count = 0;
    std::optional<Anchor> m_doubt;
};

// How far the oscillator may be off the frequency an estimate gives it: RFC 5905's tolerance and four deviations.
double frequencyTolerance(const OscillatorEstimate& estimate);

} // namespace foliot::sync
