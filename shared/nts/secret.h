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

// The same of few, of which the compiler sees how many: it cannot know that nobody looks at them afterwards.
template<std::size_t count>
    requires(count <= 64)
[[gnu::always_inline]] inline void wipe(std::array<std::byte, count>& octets)
{
    octets.fill(std::byte{0});
    asm volatile("" : : "r"(octets.data()) : "memory");
}

class Secret {
public:
    static constexpr std::size_t mostOctets = 64; // in place: a server has keys for each packet

    Secret() = default;
    explicit Secret(std::vector<std::byte> octets); // wipes them
    explicit Secret(std::span<const std::byte> octets);
    Secret(Secret&& other) noexcept
        : m_octets(other.m_octets)
        , m_length(other.m_length)
    {
        other.clear();
    }
    Secret& operator=(Secret&& other) noexcept
    {
        if (this != &other) {
            m_octets = other.m_octets;
            m_length = other.m_length;
            other.clear();
        }
        return *this;
    }
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;
    ~Secret() { clear(); }

    Secret copy() const { return Secret{octets()}; }
    std::span<const std::byte> octets() const { return std::span{m_octets}.first(m_length); }
    bool isEmpty() const { return m_length == 0; }

private:
    // All of it, which is quicker than as much as there is.
    void clear()
    {
        wipe(m_octets);
        m_length = 0;
    }

    std::array<std::byte, mostOctets> m_octets{};
    std::size_t m_length = 0;
};

} // namespace foliot::nts
