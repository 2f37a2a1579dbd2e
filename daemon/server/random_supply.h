// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Octets that nobody can guess, for the nonces of replies: made for a hundred replies and more together, because a call for each
// costs more than its encryption, and while no reply is about to leave; by OpenSSL's generator, which takes an eighth of the
// kernel's time for as many.

#include "daemon/net/random.h"

#include <openssl/rand.h>

#include <array>
#include <cassert>
#include <cstddef>
#include <span>

namespace foliot::daemon {

class RandomSupply {
public:
    static constexpr std::size_t most = 5 << 10; // a batch of replies with eight new cookies each takes 4608

    // Good until the next call, and never given again.
    std::span<const std::byte> take(std::size_t count)
    {
        assert(count <= most);
        if (left() < count)
            make();
        m_used += count;
        return std::span(m_octets).subspan(m_used - count, count);
    }

    // Sees to it that the next that are taken, up to `most` in all, are there already.
    void provide()
    {
        if (left() < most)
            make();
    }

private:
    std::size_t left() const { return m_octets.size() - m_used; }
    void make()
    {
        if (RAND_bytes(reinterpret_cast<unsigned char*>(m_octets.data()), static_cast<int>(m_octets.size())) != 1)
            fillWithRandom(m_octets);
        m_used = 0;
    }

    std::array<std::byte, 3 * most> m_octets{};
    std::size_t m_used = 3 * most;
};

} // namespace foliot::daemon
