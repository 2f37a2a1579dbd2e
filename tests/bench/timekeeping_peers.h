// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What chrony 4.6.1, ntpsec 1.2.3 and ntpd-rs 1.4.0 reach on the simulator's model: microseconds, means over 5 seeds.

#include <algorithm>
#include <array>

namespace foliot::simulation {

struct Cell {
    const char* name;
    double wander;
    double jitter;
    double chronyRmsUs;
    double chronyMaxUs;
    double ntpsecRmsUs;
    double ntpsecMaxUs;
    double ntpdRsRmsUs;
    double ntpdRsMaxUs;

    constexpr double bestRmsUs() const { return std::min({chronyRmsUs, ntpsecRmsUs, ntpdRsRmsUs}); }
    constexpr double bestMaxUs() const { return std::min({chronyMaxUs, ntpsecMaxUs, ntpdRsMaxUs}); }
};

inline constexpr std::array cells{
    Cell{"W1e-10.J1e-5", 1e-10, 1e-5, 2.37, 9.4, 2.26, 8.4, 6.0, 25.0},
    Cell{"W1e-10.J1e-4", 1e-10, 1e-4, 10.3, 44.0, 15.1, 60.0, 36.1, 131.0},
    Cell{"W1e-10.J1e-3", 1e-10, 1e-3, 92.0, 306.0, 149.0, 591.0, 206.0, 600.0},
    Cell{"W1e-9.J1e-5", 1e-9, 1e-5, 5.56, 25.0, 16.2, 58.0, 6.2, 25.0},
    Cell{"W1e-9.J1e-4", 1e-9, 1e-4, 23.7, 96.0, 22.5, 83.0, 36.0, 133.0},
    Cell{"W1e-9.J1e-3", 1e-9, 1e-3, 101.0, 435.0, 151.0, 597.0, 206.0, 616.0},
    Cell{"W1e-8.J1e-5", 1e-8, 1e-5, 14.0, 72.0, 160.0, 566.0, 10.4, 46.0},
    Cell{"W1e-8.J1e-4", 1e-8, 1e-4, 55.7, 240.0, 162.0, 576.0, 58.0, 216.0},
    Cell{"W1e-8.J1e-3", 1e-8, 1e-3, 236.0, 923.0, 226.0, 844.0, 320.0, 1120.0},
};

// Jitter 10 us, wander 1e-9, no step: seconds until the error stays below 1 ms and 100 us.
struct Start {
    const char* name;
    double offset;
    double frequency;
    double bestMillisecond;
    double bestTenth;
    double goalMillisecond;
    double goalTenth;
};

inline constexpr std::array starts{
    Start{"start0.01s.1ppm", 0.01, 1e-6, 6.0, 6.0, 6.0, 10.0},
    Start{"start0.01s.100ppm", 0.01, 1e-4, 6.0, 6.0, 6.0, 10.0},
    Start{"start0.1s.1ppm", 0.1, 1e-6, 6.0, 6.0, 6.0, 10.0},
    Start{"start0.1s.100ppm", 0.1, 1e-4, 6.0, 6.0, 6.0, 10.0},
    Start{"start1s.10ppm", 1.0, 1e-5, 8.0, 17.0, 17.0, 17.0},
};

} // namespace foliot::simulation
