// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/truth_window.h"

#include "ntp/protocol.h"

#include <algorithm>
#include <cmath>

namespace foliot::sync {

TruthWindow::Anchor TruthWindow::anchorOf(const Sample& sample, Nanoseconds origin)
{
    return {
        .at = sample.at,
        .origin = origin,
        .offset = offsetOf(sample, origin).count(),
        .halfWidth = (delayOf(sample) / 2.0 + sample.stampError).count(),
    };
}

double TruthWindow::halfWidthBy(const Anchor& anchor, const OscillatorEstimate& then, double tolerance)
{
    const double age = Seconds(then.at - anchor.at).count();
    const double carried = anchor.offset + Seconds(anchor.origin - then.origin).count() + then.frequency * age;
    return std::abs(carried - then.offset) + anchor.halfWidth + std::abs(age) * tolerance;
}

double TruthWindow::frequencyError(const OscillatorEstimate& then, double tolerance) const
{
    const Anchor& last = newest();
    bool isWrong = false;
    double most = HUGE_VAL;
    for (std::size_t i = 0; i < m_count; ++i) {
        const Anchor& anchor = m_anchors.at(i);
        const double span = Seconds(last.at - anchor.at).count();
        if (span <= 0.0)
            continue;
        const double carried = anchor.offset + Seconds(anchor.origin - last.origin).count() + then.frequency * span;
        const double off = std::abs(carried - last.offset);
        const double both = anchor.halfWidth + last.halfWidth;
        isWrong = isWrong || off - both > tolerance * span;
        most = std::min(most, (off + both) / span);
    }
    return isWrong ? most : 0.0;
}

void TruthWindow::add(const Sample& sample, Nanoseconds origin)
{
    m_anchors.at(m_next) = anchorOf(sample, origin);
    m_next = (m_next + 1) % m_anchors.size();
    m_count = std::min(m_count + 1, m_anchors.size());
    m_doubt.reset();
}

void TruthWindow::doubt(const Sample& sample, Nanoseconds origin)
{
    m_doubt = anchorOf(sample, origin);
}

void TruthWindow::leapt(Nanoseconds jump)
{
    for (Anchor& anchor : m_anchors)
        anchor.origin += jump;
    if (m_doubt)
        m_doubt->origin += jump;
}

void TruthWindow::clear()
{
    m_next = m_count = 0;
    m_doubt.reset();
}

Seconds TruthWindow::halfWidth(const OscillatorEstimate& estimate, RawTime when) const
{
    OscillatorEstimate then = predicted(estimate, when);
    then.covariance = estimate.covariance; // the tolerance is what the oscillator has shown
    double tolerance = frequencyTolerance(then);
    double least = HUGE_VAL;
    if (const double error = frequencyError(then, tolerance); error > 0.0) {
        tolerance = std::max(tolerance, error);
        least = halfWidthBy(newest(), then, tolerance);
    } else {
        for (std::size_t i = 0; i < m_count; ++i)
            least = std::min(least, halfWidthBy(m_anchors.at(i), then, tolerance));
    }
    return Seconds(m_doubt ? std::max(least, halfWidthBy(*m_doubt, then, tolerance)) : least);
}

double frequencyTolerance(const OscillatorEstimate& estimate)
{
    return ntp::frequencyTolerancePpm * 1e-6 + 4.0 * std::sqrt(estimate.covariance.frequency);
}

} // namespace foliot::sync
