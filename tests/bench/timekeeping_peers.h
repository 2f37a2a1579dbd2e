// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What chrony 4.6.1, ntpsec 1.2.3 and ntpd-rs 1.4.0 reach on the simulator's model: microseconds and packets, means over
// 5 seeds.

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace foliot::simulation {

struct PeerRms {
    double chrony = 0.0;
    double ntpsec = 0.0;
    double ntpdRs = 0.0;

    constexpr double best() const { return std::min({chrony, ntpsec, ntpdRs}); }
};

// In the order of `cells`, every 64 s.
struct FixedPolls {
    PeerRms rms;
    PeerRms largest; // mean of each run's largest error
};
inline constexpr std::array<FixedPolls, 9> peersAtPoll64{{
    {.rms = {2.37, 2.26, 6.0}, .largest = {9.4, 8.4, 25.0}},
    {.rms = {10.3, 15.1, 36.1}, .largest = {44.0, 60.0, 131.0}},
    {.rms = {92.0, 149.0, 206.0}, .largest = {306.0, 591.0, 600.0}},
    {.rms = {5.56, 16.2, 6.2}, .largest = {25.0, 58.0, 25.0}},
    {.rms = {23.7, 22.5, 36.0}, .largest = {96.0, 83.0, 133.0}},
    {.rms = {101.0, 151.0, 206.0}, .largest = {435.0, 597.0, 616.0}},
    {.rms = {14.0, 160.0, 10.4}, .largest = {72.0, 566.0, 46.0}},
    {.rms = {55.7, 162.0, 58.0}, .largest = {240.0, 576.0, 216.0}},
    {.rms = {236.0, 226.0, 320.0}, .largest = {923.0, 844.0, 1120.0}},
}};

// In the order of `cells`, at each peer's own default intervals.
struct OwnPolls {
    PeerRms rms;
    PeerRms packets; // in 100 000 s

    constexpr double allowedPackets() const { return std::max(packets.chrony, 400.0); }
    // Of those that send no more than a default profile may.
    constexpr double bestAllowed() const
    {
        double best = rms.chrony;
        if (packets.ntpsec <= allowedPackets())
            best = std::min(best, rms.ntpsec);
        if (packets.ntpdRs <= allowedPackets())
            best = std::min(best, rms.ntpdRs);
        return best;
    }
};
inline constexpr std::array<OwnPolls, 9> peersAtOwnPolls{{
    {.rms = {9.6, 23.4, 5.0}, .packets = {124.0, 162.0, 2682.0}},
    {.rms = {41.6, 46.0, 44.9}, .packets = {123.0, 162.0, 841.0}},
    {.rms = {111.0, 390.0, 431.0}, .packets = {123.0, 166.0, 286.0}},
    {.rms = {19.6, 222.0, 5.2}, .packets = {379.0, 162.0, 2985.0}},
    {.rms = {94.0, 224.0, 47.0}, .packets = {124.0, 162.0, 796.0}},
    {.rms = {412.0, 454.0, 451.0}, .packets = {123.0, 166.0, 286.0}},
    {.rms = {33.0, 2220.0, 7.9}, .packets = {1426.0, 162.0, 3349.0}},
    {.rms = {216.0, 2190.0, 76.0}, .packets = {368.0, 162.0, 862.0}},
    {.rms = {997.0, 2300.0, 718.0}, .packets = {158.0, 167.0, 286.0}},
}};

// Seconds until the error stays below 10 ms, 1 ms and 100 us; best of the peers.
struct PeerStart {
    std::string_view scenario;
    std::array<double, 3> best;
};
inline constexpr std::array peerStarts{
    PeerStart{"start0.01s.1ppm", {5.0, 6.0, 6.0}},
    PeerStart{"start0.01s.10ppm", {5.0, 6.0, 6.0}},
    PeerStart{"start0.01s.100ppm", {5.0, 6.0, 6.0}},
    PeerStart{"start0.1s.1ppm", {6.0, 6.0, 6.0}},
    PeerStart{"start0.1s.10ppm", {6.0, 6.0, 6.0}},
    PeerStart{"start0.1s.100ppm", {6.0, 6.0, 6.0}},
    PeerStart{"start1s.10ppm", {5.0, 5.0, 5.0}},
    PeerStart{"start1s.10ppm.nostep", {8.0, 8.0, 17.0}},
};

// Other scenarios. Goal: chrony's figure.
struct PeerScenario {
    std::string_view scenario;
    double bestRms = 0.0;
    double chronyRms = 0.0;
    std::optional<double> bestLargest;
    std::optional<double> chronyLargest;
};
inline constexpr std::array peerScenarios{
    PeerScenario{"three_good", 20.1, 21.2, 61.0, 62.0},
    PeerScenario{"three_good_J1e-3", 65.7, 65.7, 211.0, 211.0},
    PeerScenario{"one_of_three_false_by_5ms", 20.8, 21.3, 63.0, 69.0},
    PeerScenario{"two_of_five_false_by_100ms", 20.8, 21.8, 66.0, 66.0},
    PeerScenario{"one_of_three_drifts_1ppm", 20.7, 21.3, 63.0, 70.0},
    PeerScenario{"jitter_on_the_way_back", 28.8, 28.8, 111.0, 111.0},
    PeerScenario{"seen_20_min_in_10000_s", 509.0, 1230.0, 1830.0, 2830.0},
    PeerScenario{"temperature_by_the_hour", 68.0, 68.0, {}, {}},
    PeerScenario{"temperature_by_the_day", 68.0, 68.0, {}, {}},
};

} // namespace foliot::simulation
