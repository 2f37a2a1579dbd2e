// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "nts/secret.h"

#include <algorithm>
#include <cassert>
#include <cstring>

namespace foliot::nts {

void wipe(std::span<std::byte> octets)
{
    // OPENSSL_cleanse() goes octet by octet, or word by word, which a server would feel. Nothing may have no address.
    if (!octets.empty()) {
        ::explicit_bzero(octets.data(), octets.size());
    }
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

} // namespace foliot::nts
