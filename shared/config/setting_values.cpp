// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/setting_values.h"

#include "config/overloaded.h"

#include <array>
#include <cmath>
#include <format>

namespace foliot::config {

namespace {

constexpr std::array<std::string_view, 4> clockTypeWords{"helper", "kernel", "simulated", "none"};
constexpr std::array<std::string_view, 3> busKindWords{"system", "session", "none"};
constexpr std::array<std::string_view, 2> pollProfileWords{"default", "precise"};
constexpr std::array<std::string_view, 3> smearWords{"none", "linear", "quadratic"};

// Seconds and rates as people write them: 1000000000 rather than 1e+09.
std::string plain(double value)
{
    constexpr double exactlyWhole = 1e15;
    if (std::abs(value) < exactlyWhole && value == std::trunc(value))
        return std::format("{}", static_cast<long long>(value));
    return std::format("{}", value);
}

Slot slotOf(const Setting& setting, Config& config, Source& source)
{
    return setting.slot(config, source);
}

std::string inQuotes(std::string_view text)
{
    return std::format("\"{}\"", text);
}

std::string alternatives(std::span<const std::string_view> words)
{
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i)
        text += (i == 0 ? "" : i + 1 == words.size() ? " or " : ", ") + inQuotes(words[i]);
    return text;
}

std::string textOf(const std::string& text)
{
    return text;
}

std::string textOf(const std::filesystem::path& path)
{
    return path.string();
}

std::string list(const auto& texts)
{
    std::string result;
    for (const auto& text : texts)
        result += (result.empty() ? "" : ", ") + inQuotes(textOf(text));
    return '[' + result + ']';
}

} // namespace

std::span<const std::string_view> wordsOf(const Setting& setting)
{
    Config config;
    Source source;
    const auto slot = slotOf(setting, config, source);
    if (std::holds_alternative<ClockType*>(slot))
        return clockTypeWords;
    if (std::holds_alternative<BusKind*>(slot))
        return busKindWords;
    if (std::holds_alternative<PollProfile*>(slot))
        return pollProfileWords;
    if (std::holds_alternative<Smear*>(slot))
        return smearWords;
    return {};
}

std::string_view clockTypeWord(ClockType type)
{
    return clockTypeWords[static_cast<std::size_t>(type)];
}

std::string rangeOf(const Setting& setting)
{
    return plain(setting.lowest) + " to " + plain(setting.highest);
}

std::string allowedValues(const Setting& setting)
{
    Config config;
    Source source;
    const auto range = std::format("{}{}{}", rangeOf(setting), setting.unit.empty() ? "" : " ", setting.unit);
    const auto whole = [&](auto*) { return "a whole number, " + range; };
    const auto real = [&](auto*) { return "a number, " + range; };
    const auto word = [&](auto*) { return alternatives(wordsOf(setting)); };
    const auto text = [](auto*) { return std::string("a text in quotes"); };
    const auto texts = [](auto*) { return std::string("a list of texts: [\"...\", \"...\"]"); };
    return std::visit(Overloaded{
                          [](bool*) { return std::string("true or false"); },
                          [&](int* slot) { return whole(slot); },
                          [&](std::uint16_t* slot) { return whole(slot); },
                          [&](std::uint64_t* slot) { return whole(slot); },
                          [&](std::optional<int>* slot) { return whole(slot); },
                          [&](double* slot) { return real(slot); },
                          [&](Seconds* slot) { return real(slot); },
                          [&](std::string* slot) { return text(slot); },
                          [&](std::filesystem::path* slot) { return text(slot); },
                          [&](std::vector<std::string>* slot) { return texts(slot); },
                          [&](std::vector<std::filesystem::path>* slot) { return texts(slot); },
                          [&](ClockType* slot) { return word(slot); },
                          [&](BusKind* slot) { return word(slot); },
                          [&](PollProfile* slot) { return word(slot); },
                          [&](Smear* slot) { return word(slot); },
                      },
        slotOf(setting, config, source));
}

std::string writeValue(const Setting& setting, const Config& config, const Source& source)
{
    auto configCopy = config;
    auto sourceCopy = source;
    const auto number = [](const auto* value) { return std::format("{}", *value); };
    return std::visit(
        Overloaded{
            [](const bool* value) { return std::string(*value ? "true" : "false"); },
            [&](const int* value) { return number(value); },
            [&](const std::uint16_t* value) { return number(value); },
            [&](const std::uint64_t* value) { return number(value); },
            [](const double* value) { return plain(*value); },
            [](const Seconds* value) { return plain(value->count()); },
            [](const std::string* value) { return value->empty() ? "" : inQuotes(*value); },
            [](const std::filesystem::path* value) { return inQuotes(value->string()); },
            [](const std::vector<std::string>* value) { return list(*value); },
            [](const std::vector<std::filesystem::path>* value) { return list(*value); },
            [](const std::optional<int>* value) { return *value ? std::format("{}", **value) : std::string(); },
            [](const ClockType* value) { return inQuotes(clockTypeWord(*value)); },
            [](const BusKind* value) { return inQuotes(busKindWords[static_cast<std::size_t>(*value)]); },
            [](const PollProfile* value) { return inQuotes(pollProfileWords[static_cast<std::size_t>(*value)]); },
            [](const Smear* value) { return inQuotes(smearWords[static_cast<std::size_t>(*value)]); },
        },
        slotOf(setting, configCopy, sourceCopy));
}

std::string defaultValue(const Setting& setting)
{
    return writeValue(setting, {}, {});
}

std::vector<std::string> changedAtRestart(const Config& running, const Config& wanted)
{
    std::vector<std::string> names;
    for (const auto& setting : settings()) {
        if (setting.atRestart && writeValue(setting, running, {}) != writeValue(setting, wanted, {}))
            names.push_back(std::format("{}.{}", setting.section, setting.key));
    }
    return names;
}

std::string writeSource(const Source& source)
{
    std::string text = sectionHeader("source") + '\n';
    for (const auto& setting : settings()) {
        if (setting.section != "source")
            continue;
        const auto value = writeValue(setting, {}, source);
        // The profile has a default of its own for it.
        const bool isAmbiguous = setting.key == "minpoll" && source.profile == PollProfile::Precise;
        if (isAmbiguous || value != defaultValue(setting))
            text += std::format("{} = {}\n", setting.key, value);
    }
    return text;
}

} // namespace foliot::config
