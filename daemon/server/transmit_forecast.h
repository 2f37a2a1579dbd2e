// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// When a reply will leave, told before it is handed over: the time of the system call and the reply's place in the batch,
// with what stamps of earlier replies taught about both. Asking the kernel for the stamp of every reply would cost a third of
// a request, so it is asked for few. Pure.

#include "ntp/time.h"

#include <cstddef>

namespace foliot::daemon {

class TransmitForecast {
public:
    // Whether the replies of a batch at that time are worth asking about: the first few, then so many batches a second. A
    // server that is seldom asked learns from every reply, because its processor has other things to do in between.
    bool wantsSample(RawTime now);

    // From the reading of the clock just before the system call until the reply at that place leaves.
    Nanoseconds until(std::size_t place) const;

    // What it really took. Samples that a lost processor has made absurd count little.
    void learn(std::size_t place, Nanoseconds took);

private:
    int m_learning = 0; // batches that were asked about at first
    RawTime m_sampledAt{};
    double m_first = 0.0;   // ns, of the reply at place 0
    double m_each = 1000.0; // ns, of each further one
};

} // namespace foliot::daemon
