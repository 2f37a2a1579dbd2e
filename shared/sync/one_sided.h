// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What one packet says: it can only be late. A timestamp difference is a wanted quantity plus an exponential delay, plus
// a little normal noise; given a normal belief about the quantity, this is the belief afterwards, by its moments.

namespace foliot::sync {

struct Normal {
    double mean = 0.0;
    double variance = 0.0;
};

struct OneSidedUpdate {
    Normal belief; // about quantity plus noise, before: mean and variance given; after: this
    double logLikelihood = 0.0;
};

// belief: of the quantity plus the noise of the stamps. observed = that + delay, the delay exponential of mean `meanDelay`.
OneSidedUpdate observeLate(const Normal& belief, double observed, double meanDelay);

} // namespace foliot::sync
