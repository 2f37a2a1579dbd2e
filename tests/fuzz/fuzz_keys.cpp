// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Fuzz target: any octets as a key file. What is refused says in which lines, and not too often; what is accepted can be
// found and used.

#include "fuzz_input.h"
#include "keys/mac_computer.h"

#include <array>
#include <string_view>

using namespace foliot::keys;

namespace {

std::optional<std::string> brokenKey(const KeyRing& keys, const Key& key)
{
    if (key.id == 0 || keys.find(key.id) != &key)
        return "key " + std::to_string(key.id) + " is not found";
    if (key.secret.isEmpty() || key.secret.octets().size() > longestSecret)
        return "a secret of " + std::to_string(key.secret.octets().size()) + " octets";
    std::array<std::byte, longestDigest> digest{};
    if (MacComputer().compute(key, {}, 4, digest) == 0)
        return "key " + std::to_string(key.id) + " makes no digest";
    return {};
}

std::optional<std::string> brokenInvariant(std::string_view text)
{
    const auto keys = parseKeys(text, true);
    if (!keys) {
        if (keys.error().empty() || keys.error().size() > 50)
            return std::to_string(keys.error().size()) + " errors";
        for (const auto& error : keys.error())
            if (!error.starts_with("line "))
                return "an error without its line: " + error;
        return {};
    }
    constexpr std::size_t enough = 100;
    for (const Key& key : keys->keys().first(std::min(keys->keys().size(), enough)))
        if (const auto broken = brokenKey(*keys, key))
            return broken;
    return {};
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t length)
{
    return foliot::abortIfBroken(brokenInvariant({reinterpret_cast<const char*>(octets), length}));
}
