// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Octets as a test writes and shows them: hexadecimal digits, white space as it likes.

#include <QByteArray>

#include <cstddef>
#include <span>
#include <vector>

namespace foliot::ntp {

using Octets = std::vector<std::byte>;

inline Octets fromHex(const char* text)
{
    const QByteArray bytes = QByteArray::fromHex(text);
    const auto octets = std::as_bytes(std::span{bytes});
    return {octets.begin(), octets.end()};
}

inline QByteArray toHex(std::span<const std::byte> octets)
{
    QByteArray bytes;
    for (const std::byte octet : octets) {
        bytes.append(std::to_integer<char>(octet));
    }
    return bytes.toHex(' ');
}

inline Octets joined(std::span<const std::byte> first, std::span<const std::byte> second)
{
    Octets octets{first.begin(), first.end()};
    octets.insert(octets.end(), second.begin(), second.end());
    return octets;
}

} // namespace foliot::ntp
