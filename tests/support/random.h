// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Random numbers that are the same on every platform: the standard library's distributions are not. xoshiro256** seeded
// by splitmix64 (Blackman and Vigna), Box-Muller, inversion.

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <numbers>

namespace foliot::tests {

class Random {
public:
    // Different streams of one seed are independent of each other.
    explicit Random(std::uint64_t seed, std::uint64_t stream = 0)
    {
        std::uint64_t x = seed * 0x9e3779b97f4a7c15U + stream * 0xd1b54a32d192ed03U;
        for (std::uint64_t& word : m_state) {
            x += 0x9e3779b97f4a7c15U;
            word = mixed(x);
        }
    }

    std::uint64_t bits()
    {
        const std::uint64_t result = std::rotl(m_state[1] * 5, 7) * 9;
        const std::uint64_t t = m_state[1] << 17;
        m_state[2] ^= m_state[0];
        m_state[3] ^= m_state[1];
        m_state[1] ^= m_state[2];
        m_state[0] ^= m_state[3];
        m_state[2] ^= t;
        m_state[3] = std::rotl(m_state[3], 45);
        return result;
    }

    // In (0, 1].
    double uniform() { return static_cast<double>((bits() >> 11) + 1) * 0x1p-53; }

    // Mean 1.
    double exponential() { return -std::log(uniform()); }

    // Mean 0, deviation 1.
    double normal()
    {
        if (m_hasSpare) {
            m_hasSpare = false;
            return m_spare;
        }
        const double radius = std::sqrt(2.0 * exponential());
        const double angle = 2.0 * std::numbers::pi * uniform();
        m_spare = radius * std::sin(angle);
        m_hasSpare = true;
        return radius * std::cos(angle);
    }

private:
    static std::uint64_t mixed(std::uint64_t x)
    {
        x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
        x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
        return x ^ (x >> 31);
    }

    std::array<std::uint64_t, 4> m_state{};
    double m_spare = 0.0;
    bool m_hasSpare = false;
};

} // namespace foliot::tests
