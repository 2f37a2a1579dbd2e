// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// "Did you mean?": finds the word that a misspelt one stands for. Used by the configuration's reader.

#include <cstddef>
#include <span>
#include <string_view>

namespace foliot::config {

// How many letters must be added, taken away, changed or swapped with their neighbour to turn one word into the other.
// Letter case, hyphens and underscores do not count.
std::size_t editDistance(std::string_view a, std::string_view b);

// The word that was probably meant; empty when none is near.
std::string_view nearestWord(std::string_view written, std::span<const std::string_view> words);

} // namespace foliot::config
