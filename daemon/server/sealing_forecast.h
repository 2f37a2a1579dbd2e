// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How long it will take to authenticate the replies of a batch: all of them are made before the first leaves, and the time at
// which each leaves is under its authentication. Taught by the batches before, and rather too short than too long. Pure.

#include "ntp/time.h"

#include <array>
#include <cstddef>

namespace foliot::daemon {

class SealingForecast {
public:
    // For so many authenticated replies.
    Nanoseconds expected(std::size_t replies) const;

    // What it really took for so many, at least one. Batches that a lost processor has made absurd count little.
    void learn(std::size_t replies, Nanoseconds took);

private:
    static constexpr std::size_t kinds =
        4; // one reply, two or three, four to seven, more: side by side each takes less
    static std::size_t kindOf(std::size_t replies);

    double each(std::size_t kind) const;

    std::array<double, kinds> m_each{}; // ns; zero: nothing learnt yet
};

} // namespace foliot::daemon
