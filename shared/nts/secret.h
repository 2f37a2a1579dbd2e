// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Octets that must not outlive their use: keys. Wiped when they are replaced and when they go; never copied by accident.

#include <cstddef>
#include <span>
#include <vector>

namespace foliot::nts {

// Overwrites octets in a way that no compiler leaves out.
void wipe(std::span<std::byte> octets);

class Secret {
public:
    Secret() = default;
    explicit Secret(std::vector<std::byte> octets);
    explicit Secret(std::span<const std::byte> octets);
    Secret(Secret&& other) noexcept;
    Secret& operator=(Secret&& other) noexcept;
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;
    ~Secret();

    Secret copy() const { return Secret{octets()}; }
    std::span<const std::byte> octets() const { return m_octets; }
    bool isEmpty() const { return m_octets.empty(); }

private:
    std::vector<std::byte> m_octets;
};

} // namespace foliot::nts
