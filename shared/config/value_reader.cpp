// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/value_reader.h"

#include "config/address.h"
#include "config/nearest_word.h"
#include "config/overloaded.h"
#include "config/prefix.h"
#include "config/setting_values.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <format>

namespace foliot::config {

namespace {

// "80 ms" as a number of seconds, for people who expect units to be understood.
std::string secondsMeant(std::string_view text)
{
    static constexpr std::array<std::pair<std::string_view, double>, 7> units{
        {{"ns", 1e-9}, {"us", 1e-6}, {"ms", 1e-3}, {"s", 1.0}, {"min", 60.0}, {"h", 3600.0}, {"d", 86400.0}}};
    double amount = 0.0;
    const auto end = std::to_address(text.end());
    const auto [stop, error] = std::from_chars(std::to_address(text.begin()), end, amount);
    if (error != std::errc{})
        return {};
    auto unit = text.substr(static_cast<std::size_t>(std::distance(std::to_address(text.begin()), stop)));
    unit = unit.substr(std::min(unit.find_first_not_of(' '), unit.size()));
    for (const auto& [name, factor] : units)
        if (name == unit)
            return std::format("write {} for {}", amount * factor, text);
    return {};
}

class ValueReader {
public:
    ValueReader(const Setting& setting, const toml::node& node, Problems& problems)
        : m_setting(setting)
        , m_node(node)
        , m_problems(problems)
        , m_key(std::format("{}.{}", setting.section, setting.key))
    {}

    void readInto(const Slot& slot);

private:
    template<typename Number>
    void assignWhole(Number& value);
    void assignReal(double& value);
    void assignWord(auto& value);
    void checkListen(std::vector<std::string>& listen);
    void checkPrefixes(std::vector<std::string>& prefixes);
    void readPaths(std::vector<std::filesystem::path>& paths);
    void checkPath(const toml::node& node, const std::filesystem::path& path);
    void wrongType(const toml::node& found, std::string suggestion = {});
    void outOfRange(const std::string& value);

    const Setting& m_setting;
    const toml::node& m_node;
    Problems& m_problems;
    std::string m_key;
};

void ValueReader::wrongType(const toml::node& found, std::string suggestion)
{
    m_problems.add(positionOf(found.source()), m_key,
        std::format("expected {}, found {}", allowedValues(m_setting), kindOf(found)), std::move(suggestion));
}

void ValueReader::outOfRange(const std::string& value)
{
    m_problems.add(positionOf(m_node.source()), m_key,
        std::format("out of range: {} is not within {}", value, rangeOf(m_setting)));
}

template<typename Number>
void ValueReader::assignWhole(Number& value)
{
    const auto* written = m_node.as_integer();
    if (!written)
        return wrongType(m_node);
    const auto number = written->get();
    if (static_cast<double>(number) < m_setting.lowest || static_cast<double>(number) > m_setting.highest)
        return outOfRange(std::to_string(number));
    value = static_cast<Number>(number);
}

void ValueReader::assignReal(double& value)
{
    if (const auto* text = m_node.as_string())
        return wrongType(m_node, m_setting.unit == "seconds" ? secondsMeant(text->get()) : std::string());
    const auto number = m_node.is_number() ? m_node.value<double>() : std::nullopt;
    if (!number)
        return wrongType(m_node);
    if (!(*number >= m_setting.lowest && *number <= m_setting.highest)) // NaN is not within either
        return outOfRange(std::format("{}", *number));
    value = *number;
}

void ValueReader::assignWord(auto& value)
{
    const auto* text = m_node.as_string();
    if (!text)
        return wrongType(m_node);
    const auto words = wordsOf(m_setting);
    const auto word = std::ranges::find(words, text->get());
    if (word == words.end()) {
        const auto nearest = nearestWord(text->get(), words);
        return m_problems.add(positionOf(m_node.source()), m_key,
            std::format("unknown word \"{}\", expected {}", text->get(), allowedValues(m_setting)),
            nearest.empty() ? std::string() : std::format("did you mean \"{}\"?", nearest));
    }
    value = static_cast<std::remove_reference_t<decltype(value)>>(std::ranges::distance(words.begin(), word));
}

void ValueReader::checkListen(std::vector<std::string>& listen)
{
    const auto* list = m_node.as_array();
    if (!list)
        return wrongType(m_node);
    std::vector<Address> seen;
    for (const auto& element : *list) {
        const auto* text = element.as_string();
        if (!text) {
            wrongType(element);
            continue;
        }
        const auto address = parseAddress(text->get());
        const auto position = positionOf(element.source());
        const auto isSame = [&](const Address& other) { return isSameEndpoint(other, *address); };
        if (!address) {
            m_problems.add(position, m_key, std::format("\"{}\": {}", text->get(), address.error()));
        } else if (address->kind == HostKind::Name) {
            m_problems.add(position, m_key, std::format("\"{}\": a numeric address is needed", text->get()));
        } else if (std::ranges::any_of(seen, isSame)) {
            m_problems.add(position, m_key, std::format("\"{}\" stands here twice", text->get()));
        } else {
            seen.push_back(*address);
            listen.push_back(text->get());
        }
    }
}

void ValueReader::checkPrefixes(std::vector<std::string>& prefixes)
{
    const auto* list = m_node.as_array();
    if (!list)
        return wrongType(m_node);
    prefixes.clear();
    for (const auto& element : *list) {
        const auto* text = element.as_string();
        if (!text) {
            wrongType(element);
            continue;
        }
        if (const auto prefix = parsePrefix(text->get()); prefix)
            prefixes.push_back(text->get());
        else
            m_problems.add(positionOf(element.source()), m_key, std::format("\"{}\": {}", text->get(), prefix.error()));
    }
}

void ValueReader::readPaths(std::vector<std::filesystem::path>& paths)
{
    const auto* list = m_node.as_array();
    if (!list)
        return wrongType(m_node);
    for (const auto& element : *list) {
        const auto* text = element.as_string();
        if (!text) {
            wrongType(element);
            continue;
        }
        paths.emplace_back(text->get());
        if (paths.back().empty())
            m_problems.add(positionOf(element.source()), m_key, "a path is needed");
        checkPath(element, paths.back());
    }
}

void ValueReader::checkPath(const toml::node& node, const std::filesystem::path& path)
{
    if (!path.empty() && !path.is_absolute())
        m_problems.add(positionOf(node.source()), m_key, "an absolute path is needed");
}

void ValueReader::readInto(const Slot& slot)
{
    const auto text = [&](auto& value) {
        if (const auto* written = m_node.as_string())
            value = written->get();
        else
            wrongType(m_node);
    };
    std::visit(Overloaded{
                   [&](bool* value) {
                       if (const auto* written = m_node.as_boolean())
                           *value = written->get();
                       else
                           wrongType(m_node);
                   },
                   [&](int* value) { assignWhole(*value); },
                   [&](std::uint16_t* value) { assignWhole(*value); },
                   [&](std::uint64_t* value) { assignWhole(*value); },
                   [&](std::optional<int>* value) { assignWhole(value->emplace()); },
                   [&](double* value) { assignReal(*value); },
                   [&](Seconds* value) {
                       double seconds = value->count();
                       assignReal(seconds);
                       *value = Seconds(seconds);
                   },
                   [&](std::string* value) { text(*value); },
                   [&](std::filesystem::path* value) {
                       text(*value);
                       checkPath(m_node, *value);
                   },
                   [&](std::vector<std::filesystem::path>* value) { readPaths(*value); },
                   [&](std::vector<std::string>* value) {
                       if (m_setting.key == "listen")
                           checkListen(*value);
                       else
                           checkPrefixes(*value);
                   },
                   [&](ClockType* value) { assignWord(*value); },
                   [&](BusKind* value) { assignWord(*value); },
                   [&](PollProfile* value) { assignWord(*value); },
                   [&](Smear* value) { assignWord(*value); },
               },
        slot);
}

} // namespace

Position positionOf(const toml::source_region& region)
{
    return {static_cast<int>(region.begin.line), static_cast<int>(region.begin.column)};
}

std::string_view kindOf(const toml::node& node)
{
    switch (node.type()) {
    case toml::node_type::none:
        return "nothing";
    case toml::node_type::table:
        return "a table";
    case toml::node_type::array:
        return "a list";
    case toml::node_type::string:
        return "a text";
    case toml::node_type::integer:
        return "a whole number";
    case toml::node_type::floating_point:
        return "a number with a fraction";
    case toml::node_type::boolean:
        return "true or false";
    case toml::node_type::date:
        return "a date";
    case toml::node_type::time:
        return "a time of day";
    case toml::node_type::date_time:
        return "a date with time";
    }
    return "something else";
}

void readValue(const Setting& setting, const toml::node& node, Config& config, Source& source, Problems& problems)
{
    ValueReader(setting, node, problems).readInto(setting.slot(config, source));
}

} // namespace foliot::config
