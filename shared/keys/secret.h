// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The octets of a symmetric key, of any length: wiped when they are replaced and when they go, and never copied by accident.

#include "files/wiped.h"

#include <cstddef>
#include <span>
#include <vector>

namespace foliot::keys {

class Secret {
public:
    Secret() = default;
    explicit Secret(std::vector<std::byte> octets);
    Secret(Secret&& other) noexcept = default;
    Secret& operator=(Secret&& other) noexcept;
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;
    ~Secret() { files::wipe(m_octets); }

    Secret copy() const { return Secret{m_octets}; }
    std::span<const std::byte> octets() const { return m_octets; }
    bool isEmpty() const { return m_octets.empty(); }

    // Takes as long wherever they differ.
    friend bool operator==(const Secret& a, const Secret& b);

private:
    std::vector<std::byte> m_octets;
};

} // namespace foliot::keys
