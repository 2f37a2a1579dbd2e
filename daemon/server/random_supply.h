// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Octets that nobody can guess, for the nonces of replies: made for dozens of replies together, because a call for each costs
// more than its encryption; by OpenSSL's generator, which takes an eighth of the kernel's time for as many.

#include "daemon/net/random.h"

#include <openssl/rand.h>

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
            if (RAND_bytes(reinterpret_cast<unsigned char*>(m_octets.data()), static_cast<int>(m_octets.size())) != 1)
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
