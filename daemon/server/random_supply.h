// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Octets that nobody can guess, for the nonces of replies: drawn from the kernel for dozens of replies together, because a
// system call for each costs more than its encryption.

#include "daemon/net/random.h"

#include <array>
#include <cassert>
#include <cstddef>
#include <span>

namespace foliot::daemon {

class RandomSupply {
public:
    static constexpr std::size_t most = 4096;

    // Good until the next call, and never given again.
    std::span<const std::byte> take(std::size_t count)
    {
        assert(count <= most);
        if (m_octets.size() - m_used < count) {
            fillWithRandom(m_octets);
            m_used = 0;
        }
        m_used += count;
        return std::span(m_octets).subspan(m_used - count, count);
    }

private:
    std::array<std::byte, most> m_octets{};
    std::size_t m_used = most;
};

} // namespace foliot::daemon
