// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// For secrets: what was read, or is about to be written, must not outlive its use.

#include <cstddef>
#include <span>

namespace foliot::files {

// Overwrites octets in a way that no compiler leaves out.
void wipe(std::span<std::byte> octets);
inline void wipe(std::span<char> letters)
{
    wipe(std::as_writable_bytes(letters));
}

// Wipes somebody else's letters when the scope ends. They must neither move nor grow until then.
class Wiped {
public:
    explicit Wiped(std::span<char> letters)
        : m_letters(letters)
    {}
    ~Wiped() { wipe(m_letters); }
    Wiped(const Wiped&) = delete;
    Wiped& operator=(const Wiped&) = delete;

private:
    std::span<char> m_letters;
};

} // namespace foliot::files
