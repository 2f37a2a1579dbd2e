// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "keys/secret.h"

#include <utility>

#include <openssl/crypto.h>

namespace foliot::keys {

Secret::Secret(std::vector<std::byte> octets)
    : m_octets(std::move(octets))
{}

Secret& Secret::operator=(Secret&& other) noexcept
{
    if (this != &other) {
        files::wipe(m_octets);
        m_octets = std::move(other.m_octets);
    }
    return *this;
}

bool operator==(const Secret& a, const Secret& b)
{
    return a.m_octets.size() == b.m_octets.size() &&
           CRYPTO_memcmp(a.m_octets.data(), b.m_octets.data(), a.m_octets.size()) == 0;
}

} // namespace foliot::keys
