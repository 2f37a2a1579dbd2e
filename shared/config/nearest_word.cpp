// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/nearest_word.h"

#include <algorithm>
#include <string>
#include <vector>

namespace foliot::config {

namespace {

constexpr std::size_t longestWord = 40; // nothing longer is near any of ours

std::string lettersOf(std::string_view word)
{
    std::string letters;
    for (const char c : word)
        if (c != '-' && c != '_')
            letters += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return letters;
}

} // namespace

std::size_t editDistance(std::string_view first, std::string_view second)
{
    const auto a = lettersOf(first);
    const auto b = lettersOf(second);
    // cost[i][j]: from the first i letters of a to the first j letters of b.
    std::vector cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i)
        cost[i][0] = i;
    for (std::size_t j = 0; j <= b.size(); ++j)
        cost[0][j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
            cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, cost[i - 1][j - 1] + change});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
    }
    return cost[a.size()][b.size()];
}

std::string_view nearestWord(std::string_view written, std::span<const std::string_view> words)
{
    if (written.size() > longestWord)
        return {};
    std::string_view nearest;
    std::size_t least = std::max<std::size_t>(1, written.size() / 3) + 1;
    for (const auto word : words) {
        const auto distance = editDistance(written, word);
        if (distance < least) {
            least = distance;
            nearest = word;
        }
    }
    return nearest;
}

} // namespace foliot::config
