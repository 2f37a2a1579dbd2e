// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// An interval that holds the server's time whatever the asymmetry of the paths: each sample gives one, half its delay to
// each side, which widens as the oscillator may run off. Keeps the last few, so that one late packet does not widen it.
// RFC 5905 section 10, lambda.

#include "sync/oscillator_estimate.h"
#include "sync/sample.h"

#include <array>
#include <cstddef>

namespace foliot::sync {

class TruthWindow {
public:
    void add(const Sample& sample, Nanoseconds origin);
    // UTC jumped.
    void leapt(Nanoseconds jump);
    void clear() { m_next = m_count = 0; }

    // Half the width of an interval centred on the estimate's offset at `when`; infinite without samples.
    Seconds halfWidth(const OscillatorEstimate& estimate, RawTime when) const;

private:
    struct Anchor {
        RawTime at;
        Nanoseconds origin{};
        double offset = 0.0;    // beyond origin
        double halfWidth = 0.0; // half the delay and the stamps' error
    };
    std::array<Anchor, 8> m_anchors{};
    std::size_t m_next = 0;
    std::size_t m_count = 0;
};

// How far the oscillator may be off the frequency an estimate gives it: RFC 5905's tolerance and four deviations.
double frequencyTolerance(const OscillatorEstimate& estimate);

} // namespace foliot::sync
