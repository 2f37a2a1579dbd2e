// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/kernel_status.h"

#include <chrono>

namespace foliot::sync {

namespace {

constexpr Nanoseconds interval = std::chrono::seconds(64); // the kernel adds 500 us of doubt a second

} // namespace

std::optional<DeclaredStatus> KernelStatus::due(
    const SystemEstimate& estimate, bool mayGoBack, std::optional<int> taiMinusUtc, RawTime now)
{
    // An inserted second is a step back.
    const bool isLeapOurs = !mayGoBack && estimate.leap == ntp::LeapIndicator::InsertSecond;
    // Which leap seconds are past can be said of a clock alone that is right.
    const bool isSynchronized = estimate.stratum < ntp::maxStratum;
    const DeclaredStatus wanted{.synchronized = isSynchronized,
        .leap = isLeapOurs ? ntp::LeapIndicator::None : estimate.leap,
        .maxError = estimate.bound,
        .estimatedError = estimate.uncertainty,
        .taiMinusUtc = isSynchronized ? taiMinusUtc : std::nullopt};
    if (!m_told && !wanted.synchronized)
        return std::nullopt; // whoever keeps the clock starts it unsynchronized
    const bool changed = !m_told || m_told->synchronized != wanted.synchronized || m_told->leap != wanted.leap ||
                         m_told->taiMinusUtc != wanted.taiMinusUtc;
    const bool stale = wanted.synchronized && now - m_toldAt >= interval;
    if (!changed && !stale)
        return std::nullopt;
    m_told = wanted;
    m_toldAt = now;
    return wanted;
}

} // namespace foliot::sync
