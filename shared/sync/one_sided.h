// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What one packet says: it can only be late. A timestamp difference is a wanted quantity plus a gamma distributed
// lateness, plus a little normal noise; given a normal belief about the quantity, this is the belief afterwards, by its
// moments.

namespace foliot::sync {

struct Normal {
    double mean = 0.0;
    double variance = 0.0;
};

// The gamma law of density e^(shape-1) exp(-e/scale): shape 1 is the exponential, large shapes are nearly normal. Hardly a
// packet comes where a nearly normal one begins, so it is moved down by `start`, until the earliest tenth of its packets
// lies about 0: a law that becomes wider scatters the packets more, and makes none of those later.
struct LatenessLaw {
    static constexpr int mostShape = 16;

    int shape = 1;         // 1 to mostShape
    double scale = 0.0;    // seconds; the deviation is root of the shape times scale
    double logScale = 0.0; // its logarithm, which is wanted often
    double start = 0.0;    // seconds, not above 0: where the law begins
};

LatenessLaw latenessLaw(int shape, double scale);

struct OneSidedUpdate {
    Normal belief;              // of the quantity plus the noise, now that this was observed
    double logLikelihood = 0.0; // of what was observed, by the belief before
};

// belief: of the quantity plus the noise of the stamps. observed = that + lateness.
OneSidedUpdate observeLate(const Normal& belief, double observed, const LatenessLaw& law);

} // namespace foliot::sync
