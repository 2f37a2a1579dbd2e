// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Fuzz target: any octets as a configuration. What is refused says why; what is accepted is within its limits and
// survives being written.

#include "config/read.h"
#include "config/setting_values.h"
#include "config/settings.h"
#include "fuzz_input.h"

#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

using namespace foliot::config;

namespace {

// Whether a number is within the range that its setting states; true of everything else.
bool isWithinItsRange(const Setting& setting, Config& config, Source& source)
{
    const auto contains = [&](auto number) {
        const auto value = static_cast<double>(number);
        return value >= setting.lowest && value <= setting.highest;
    };
    return std::visit(
        [&](const auto* value) {
            using Value = std::remove_cvref_t<decltype(*value)>;
            if constexpr (std::is_same_v<Value, bool>)
                return true;
            else if constexpr (std::is_arithmetic_v<Value>)
                return contains(*value);
            else if constexpr (std::is_same_v<Value, Seconds>)
                return contains(value->count());
            else if constexpr (std::is_same_v<Value, std::optional<int>>)
                return !*value || contains(**value);
            else
                return true;
        },
        setting.slot(config, source));
}

std::optional<std::string> brokenError(const Error& error)
{
    if (error.message.empty() || describe(error).empty())
        return "an error without a message";
    if (error.line < 0 || error.column < 0)
        return "an error at line " + std::to_string(error.line);
    return {};
}

std::optional<std::string> brokenSource(const Source& source)
{
    if (source.minPoll > source.maxPoll)
        return "minpoll above maxpoll";
    const auto written = writeSource(source);
    const auto again = parse(written, "again");
    if (!again)
        return "not read back: " + describe(again.error().front()) + "\n" + written;
    if (again->sources != std::vector{source})
        return "read back as another source: " + written;
    return {};
}

std::optional<std::string> brokenInvariant(std::string_view text)
{
    auto config = parse(text, "f");
    if (!config) {
        if (config.error().empty() || config.error().size() > 50)
            return std::to_string(config.error().size()) + " errors";
        for (const auto& error : config.error())
            if (const auto broken = brokenError(error))
                return broken;
        return {};
    }
    std::vector<Source> sources = config->sources;
    sources.emplace_back(); // for the settings of the other sections
    for (auto& source : sources)
        for (const auto& setting : settings())
            if (!isWithinItsRange(setting, *config, source))
                return "out of range: " + std::string(setting.key);
    for (const auto& source : config->sources)
        if (const auto broken = brokenSource(source))
            return broken;
    return {};
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t length)
{
    return foliot::abortIfBroken(brokenInvariant({reinterpret_cast<const char*>(octets), length}));
}
