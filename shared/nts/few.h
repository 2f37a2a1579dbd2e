// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A few values in place, which are made one after the other: packets are worked on in groups, and what a group does not need
// is not even initialized. Views and the like alone: nothing is destroyed.

#include <array>
#include <cassert>
#include <cstddef>
#include <memory>
#include <span>
#include <type_traits>

namespace foliot::nts {

template<typename Value, std::size_t most>
    requires std::is_trivially_destructible_v<Value>
class Few {
public:
    Few() {}

    // One more, to be filled member by member: a value that is put together elsewhere and copied has to wait for its parts.
    Value& add()
    {
        assert(m_count < most);
        return *std::construct_at(&m_values[m_count++]);
    }

    std::size_t size() const { return m_count; }
    bool isFull() const { return m_count == most; }
    void clear() { m_count = 0; }
    std::span<Value> all() { return std::span{m_values}.first(m_count); }
    std::span<const Value> all() const { return std::span{m_values}.first(m_count); }

private:
    union {
        std::array<Value, most> m_values; // as many as are counted
    };
    std::size_t m_count = 0;
};

} // namespace foliot::nts
