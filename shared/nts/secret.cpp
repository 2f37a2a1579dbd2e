// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "nts/secret.h"

#include <openssl/crypto.h>

#include <utility>

namespace foliot::nts {

void wipe(std::span<std::byte> octets)
{
    OPENSSL_cleanse(octets.data(), octets.size());
}

Secret::Secret(std::vector<std::byte> octets)
    : m_octets(std::move(octets))
{}

Secret::Secret(std::span<const std::byte> octets)
    : m_octets(octets.begin(), octets.end())
{}

Secret::Secret(Secret&& other) noexcept
    : m_octets(std::move(other.m_octets))
{}

Secret& Secret::operator=(Secret&& other) noexcept
{
    if (this != &other) {
        wipe(m_octets);
        m_octets = std::move(other.m_octets);
    }
    return *this;
}

Secret::~Secret()
{
    wipe(m_octets);
}

} // namespace foliot::nts
