// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "nts/secret.h"

#include <openssl/crypto.h>

#include <algorithm>
#include <cassert>

namespace foliot::nts {

void wipe(std::span<std::byte> octets)
{
    OPENSSL_cleanse(octets.data(), octets.size());
}

Secret::Secret(std::vector<std::byte> octets)
    : Secret(std::span<const std::byte>{octets})
{
    wipe(octets);
}

Secret::Secret(std::span<const std::byte> octets)
    : m_length(octets.size())
{
    assert(m_length <= mostOctets);
    std::ranges::copy(octets, m_octets.begin());
}

Secret::Secret(Secret&& other) noexcept
    : Secret(other.octets())
{
    other.clear();
}

Secret& Secret::operator=(Secret&& other) noexcept
{
    if (this != &other) {
        clear();
        m_octets = other.m_octets;
        m_length = other.m_length;
        other.clear();
    }
    return *this;
}

void Secret::clear()
{
    wipe(std::span{m_octets}.first(m_length));
    m_length = 0;
}

} // namespace foliot::nts
