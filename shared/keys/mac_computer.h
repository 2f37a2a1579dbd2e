// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Message authentication codes of packets: made and verified with libcrypto. Keeps what can be prepared for a key, so each
// thread has one of its own.

#include "keys/key.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <span>

namespace foliot::keys {

inline constexpr std::size_t longestDigest = 64; // SHA-512

class MacComputer {
public:
    MacComputer();
    ~MacComputer();
    MacComputer(MacComputer&&) noexcept;
    MacComputer& operator=(MacComputer&&) noexcept;

    // The digest of a message as a packet of that version carries it: from version 4 on at most 20 octets (RFC 7822), before
    // that all of it. Returns its length; 0 when libcrypto refuses (MD5 is switched off in some systems).
    std::size_t compute(const Key& key, std::span<const std::byte> message, std::uint8_t version,
        std::span<std::byte, longestDigest> digest);

    // Takes as long for a wrong digest as for the right one.
    bool verify(
        const Key& key, std::span<const std::byte> message, std::uint8_t version, std::span<const std::byte> digest);

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace foliot::keys
