// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/truth_window.h"

#include "ntp/protocol.h"

#include <algorithm>
#include <cmath>

namespace foliot::sync {

void TruthWindow::add(const Sample& sample, Nanoseconds origin)
{
    m_anchors.at(m_next) = {
        .at = sample.at,
        .origin = origin,
        .offset = offsetOf(sample, origin).count(),
        .halfWidth = (delayOf(sample) / 2.0 + sample.stampError).count(),
    };
    m_next = (m_next + 1) % m_anchors.size();
    m_count = std::min(m_count + 1, m_anchors.size());
}

void TruthWindow::leapt(Nanoseconds jump)
{
    for (Anchor& anchor : m_anchors)
        anchor.origin += jump;
}

Seconds TruthWindow::halfWidth(const OscillatorEstimate& estimate, RawTime when) const
{
    const double tolerance = frequencyTolerance(estimate);
    const OscillatorEstimate then = predicted(estimate, when);
    double least = HUGE_VAL;
    for (std::size_t i = 0; i < m_count; ++i) {
        const Anchor& anchor = m_anchors.at(i);
        const double age = Seconds(when - anchor.at).count();
        const double carried =
            anchor.offset + Seconds(anchor.origin - estimate.origin).count() + estimate.frequency * age;
        least = std::min(least, std::abs(carried - then.offset) + anchor.halfWidth + std::abs(age) * tolerance);
    }
    return Seconds(least);
}

double frequencyTolerance(const OscillatorEstimate& estimate)
{
    return ntp::frequencyTolerancePpm * 1e-6 + 4.0 * std::sqrt(estimate.covariance.frequency);
}

} // namespace foliot::sync
