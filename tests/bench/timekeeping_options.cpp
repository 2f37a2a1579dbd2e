// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "bench/timekeeping_options.h"

#include <charconv>
#include <format>

namespace foliot::simulation {

std::expected<BenchOptions, std::string> benchOptions(std::span<const std::string_view> arguments)
{
    BenchOptions options;
    for (auto next = arguments.begin(); next != arguments.end(); ++next) {
        const std::string_view name = *next;
        if (name == "--json" || name == "--list") {
            (name == "--json" ? options.json : options.list) = true;
            continue;
        }
        int* const number = name == "--seeds"        ? &options.seeds
                            : name == "--first-seed" ? &options.firstSeed
                            : name == "--jobs"       ? &options.jobs
                                                     : nullptr;
        if (!number && name != "--only")
            return std::unexpected(std::format("there is no option {}", name));
        if (++next == arguments.end())
            return std::unexpected(std::format("{} needs a value", name));
        if (!number) {
            options.only.emplace_back(*next);
            continue;
        }
        const auto [end, error] = std::from_chars(next->data(), next->data() + next->size(), *number);
        if (error != std::errc{} || end != next->data() + next->size() || *number < 1)
            return std::unexpected(std::format("{} needs a number from 1, not '{}'", name, *next));
    }
    return options;
}

} // namespace foliot::simulation
