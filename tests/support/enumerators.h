// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// All values of an enumeration that counts from 0, so that a test meets those too that are appended after it was written.

#include <cstddef>
#include <string_view>
#include <vector>

namespace foliot::tests {

// Whether the value has a name. A compiler writes one without as a number that was cast: "(foliot::Colour)7".
template<auto value>
consteval bool hasName()
{
    const std::string_view self = __PRETTY_FUNCTION__;
    return !self.substr(self.find("value = ")).contains('(');
}

template<typename Enum, std::size_t first = 0>
consteval std::size_t enumeratorCount()
{
    if constexpr (hasName<static_cast<Enum>(first)>())
        return enumeratorCount<Enum, first + 1>();
    else
        return first;
}

template<typename Enum>
std::vector<Enum> allOf()
{
    constexpr std::size_t count = enumeratorCount<Enum>();
    static_assert(count > 1);
    std::vector<Enum> values;
    for (std::size_t i = 0; i < count; ++i)
        values.push_back(static_cast<Enum>(i));
    return values;
}

} // namespace foliot::tests
