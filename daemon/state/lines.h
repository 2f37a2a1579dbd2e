// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// State files are lines of words. What is cut off or garbled shows as a line that does not read.

#include <charconv>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace foliot::daemon {

// The lines that end in a line feed; what follows the last one was cut off.
std::vector<std::string_view> linesOf(std::string_view text);

// Between single spaces.
std::vector<std::string_view> wordsOf(std::string_view line);

// The whole word as a number.
template<typename Number>
std::optional<Number> numberOf(std::string_view word)
{
    Number number{};
    const auto end = std::to_address(word.end());
    const auto [stop, error] = std::from_chars(std::to_address(word.begin()), end, number);
    if (word.empty() || error != std::errc{} || stop != end)
        return {};
    return number;
}

} // namespace foliot::daemon
