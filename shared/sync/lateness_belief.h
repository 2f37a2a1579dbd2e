// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How late the packets of one way are, as a gamma law of known shape and a belief over its scale, from a twentieth of a
// microsecond to half a second: a hidden Markov chain. There is a regime, which lasts and drifts slowly, or jumps
// (congestion sets in, and ends); and single packets of any other scale (spikes). How much of the time each scale has been
// seen is learnt, so that the congestion of every hour becomes expected. Fed and read by WanderBank.

#include "sync/one_sided.h"

#include <array>
#include <cstddef>

namespace foliot::sync {

class LatenessBelief {
public:
    static constexpr std::size_t size = 24;
    using Shares = std::array<double, size>; // one for each scale

    // typical: the likely scale, within a factor of ten or so, in seconds.
    LatenessBelief(int shape, double typical);

    const LatenessLaw& law(std::size_t index) const { return m_laws[index]; }

    // Another packet is expected.
    void advance();

    // How likely the next packet is of each scale.
    const Shares& shares() const { return m_shares; }

    // How likely each scale would have made what came, up to a common factor.
    void learn(const Shares& likelihoods);

    double mean() const;  // of the scale, for the next packet
    double usual() const; // the scale that half of the packets seen exceed

private:
    void mix();

    std::array<LatenessLaw, size> m_laws{};
    Shares m_regime{};
    Shares m_seen{};
    Shares m_shares{};
    double m_packets; // the weight of what has been seen
};

} // namespace foliot::sync
