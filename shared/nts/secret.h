// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Octets that must not outlive their use: keys. Wiped when they are replaced and when they go; never copied by accident.

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace foliot::nts {

// Overwrites octets in a way that no compiler leaves out. Of its own, because this folder knows no files.
void wipe(std::span<std::byte> octets);

class Secret {
public:
    static constexpr std::size_t mostOctets = 64; // in place: a server has keys for each packet

    Secret() = default;
    explicit Secret(std::vector<std::byte> octets); // wipes them
    explicit Secret(std::span<const std::byte> octets);
    Secret(Secret&& other) noexcept;
    Secret& operator=(Secret&& other) noexcept;
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;
    ~Secret() { clear(); }

    Secret copy() const { return Secret{octets()}; }
    std::span<const std::byte> octets() const { return std::span{m_octets}.first(m_length); }
    bool isEmpty() const { return m_length == 0; }

private:
    void clear();

    std::array<std::byte, mostOctets> m_octets{};
    std::size_t m_length = 0;
};

} // namespace foliot::nts
