// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/address.h"
#include "config/nearest_word.h"
#include "config/read.h"
#include "config/settings.h"
#include "config/text_check.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <format>
#include <map>
#include <tuple>

#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#define TOML_ENABLE_FORMATTERS 0
#define TOML_MAX_NESTED_VALUES 16 // with mostDotsInLine this bounds the depth of the tree, whose destructor recurses
#include <toml++/toml.hpp>

namespace foliot::config {

namespace {

constexpr std::size_t mostErrors = 50; // more than a person reads at once
constexpr std::size_t mostSources = 64;

struct Position {
    int line = 0;
    int column = 0;
};

Position positionOf(const toml::source_region& region)
{
    return {static_cast<int>(region.begin.line), static_cast<int>(region.begin.column)};
}

template<typename... Functions>
struct Overloaded : Functions... {
    using Functions::operator()...;
};

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

// Reads one document into a Config and gathers everything that is wrong on the way.
class Reader {
public:
    Reader(std::string_view file, Errors& errors)
        : m_file(file)
        , m_errors(errors)
    {}

    Config read(const toml::table& document);
    void add(Position position, std::string key, std::string message, std::string suggestion = {});

private:
    using Positions = std::map<std::string_view, Position>; // of the keys that a section has

    void readSources(const toml::node& node, Position header);
    void readSource(const toml::table& table);
    Positions readSection(std::string_view section, const toml::table& table, Source& source);
    void readValue(const Setting& setting, const toml::node& node, Source& source);
    void unknownSection(std::string_view name, Position position);
    void unknownKey(std::string_view section, std::string_view name, Position position);
    void checkListen(const Setting& setting, const toml::node& node, std::vector<std::string>& listen);
    void checkSource(Source& source, const Positions& positions, Position header);
    void checkAddress(Source& source, const Positions& positions, Position header);
    void checkDirectory(const Setting& setting, const toml::node& node);

    template<typename Number>
    void assignWhole(const Setting& setting, const toml::node& node, Number& value);
    void assignReal(const Setting& setting, const toml::node& node, double& value);
    void assignWord(const Setting& setting, const toml::node& node, auto& value);
    void wrongType(const Setting& setting, const toml::node& node, std::string suggestion = {});
    void outOfRange(const Setting& setting, const toml::node& node, const std::string& value);

    std::string_view m_file;
    Errors& m_errors;
    Config m_config;
    std::vector<Address> m_addresses; // of the sources read so far
};

std::string fullKey(const Setting& setting)
{
    return std::format("{}.{}", setting.section, setting.key);
}

void Reader::add(Position position, std::string key, std::string message, std::string suggestion)
{
    m_errors.push_back({.file = std::string(m_file),
        .line = position.line,
        .column = position.column,
        .key = std::move(key),
        .message = std::move(message),
        .suggestion = std::move(suggestion)});
}

void Reader::wrongType(const Setting& setting, const toml::node& node, std::string suggestion)
{
    add(positionOf(node.source()), fullKey(setting),
        std::format("expected {}, found {}", allowedValues(setting), kindOf(node)), std::move(suggestion));
}

void Reader::outOfRange(const Setting& setting, const toml::node& node, const std::string& value)
{
    add(positionOf(node.source()), fullKey(setting),
        std::format("out of range: {} is not within {}", value, rangeOf(setting)));
}

template<typename Number>
void Reader::assignWhole(const Setting& setting, const toml::node& node, Number& value)
{
    const auto* written = node.as_integer();
    if (!written)
        return wrongType(setting, node);
    const auto number = written->get();
    if (static_cast<double>(number) < setting.lowest || static_cast<double>(number) > setting.highest)
        return outOfRange(setting, node, std::to_string(number));
    value = static_cast<Number>(number);
}

void Reader::assignReal(const Setting& setting, const toml::node& node, double& value)
{
    if (const auto* text = node.as_string())
        return wrongType(setting, node, setting.unit == "seconds" ? secondsMeant(text->get()) : std::string());
    const auto number = node.is_number() ? node.value<double>() : std::nullopt;
    if (!number)
        return wrongType(setting, node);
    if (!(*number >= setting.lowest && *number <= setting.highest)) // NaN is not within either
        return outOfRange(setting, node, std::format("{}", *number));
    value = *number;
}

void Reader::assignWord(const Setting& setting, const toml::node& node, auto& value)
{
    const auto* text = node.as_string();
    if (!text)
        return wrongType(setting, node);
    const auto words = wordsOf(setting);
    const auto word = std::ranges::find(words, text->get());
    if (word == words.end()) {
        const auto nearest = nearestWord(text->get(), words);
        return add(positionOf(node.source()), fullKey(setting),
            std::format("unknown word \"{}\", expected {}", text->get(), allowedValues(setting)),
            nearest.empty() ? std::string() : std::format("did you mean \"{}\"?", nearest));
    }
    value = static_cast<std::remove_reference_t<decltype(value)>>(std::ranges::distance(words.begin(), word));
}

void Reader::checkListen(const Setting& setting, const toml::node& node, std::vector<std::string>& listen)
{
    const auto* list = node.as_array();
    if (!list)
        return wrongType(setting, node);
    std::vector<Address> seen;
    for (const auto& element : *list) {
        const auto* text = element.as_string();
        if (!text) {
            wrongType(setting, element);
            continue;
        }
        const auto address = parseAddress(text->get());
        const auto position = positionOf(element.source());
        const auto isSame = [&](const Address& other) {
            return isSameHost(other, *address) && other.port == address->port;
        };
        if (!address) {
            add(position, fullKey(setting), std::format("\"{}\": {}", text->get(), address.error()));
        } else if (address->kind == HostKind::Name) {
            add(position, fullKey(setting), std::format("\"{}\": a numeric address is needed", text->get()));
        } else if (std::ranges::any_of(seen, isSame)) {
            add(position, fullKey(setting), std::format("\"{}\" stands here twice", text->get()));
        } else {
            seen.push_back(*address);
            listen.push_back(text->get());
        }
    }
}

void Reader::checkDirectory(const Setting& setting, const toml::node& node)
{
    const auto& directory = m_config.state.directory;
    if (!directory.empty() && !directory.is_absolute())
        add(positionOf(node.source()), fullKey(setting), "an absolute path is needed");
}

void Reader::readValue(const Setting& setting, const toml::node& node, Source& source)
{
    const auto text = [&](auto& value) {
        if (const auto* written = node.as_string())
            value = written->get();
        else
            wrongType(setting, node);
    };
    std::visit(Overloaded{
                   [&](bool* value) {
                       if (const auto* written = node.as_boolean())
                           *value = written->get();
                       else
                           wrongType(setting, node);
                   },
                   [&](int* value) { assignWhole(setting, node, *value); },
                   [&](std::uint16_t* value) { assignWhole(setting, node, *value); },
                   [&](std::uint64_t* value) { assignWhole(setting, node, *value); },
                   [&](std::optional<int>* value) { assignWhole(setting, node, value->emplace()); },
                   [&](double* value) { assignReal(setting, node, *value); },
                   [&](Seconds* value) {
                       double seconds = value->count();
                       assignReal(setting, node, seconds);
                       *value = Seconds(seconds);
                   },
                   [&](std::string* value) { text(*value); },
                   [&](std::filesystem::path* value) {
                       text(*value);
                       checkDirectory(setting, node);
                   },
                   [&](std::vector<std::string>* value) { checkListen(setting, node, *value); },
                   [&](ClockType* value) { assignWord(setting, node, *value); },
                   [&](BusKind* value) { assignWord(setting, node, *value); },
                   [&](PollProfile* value) { assignWord(setting, node, *value); },
               },
        setting.slot(m_config, source));
}

void Reader::unknownSection(std::string_view name, Position position)
{
    std::vector<std::string_view> names;
    for (const auto& section : sections())
        names.push_back(section.name);
    const auto nearest = nearestWord(name, names);
    const auto setting = std::ranges::find(settings(), name, &Setting::key);
    std::string suggestion;
    if (setting != settings().end())
        suggestion = std::format("{} belongs in {}", name, sectionHeader(setting->section));
    else if (!nearest.empty())
        suggestion = std::format("did you mean {}?", sectionHeader(nearest));
    add(position, std::string(name), "unknown section", std::move(suggestion));
}

void Reader::unknownKey(std::string_view section, std::string_view name, Position position)
{
    std::vector<std::string_view> keys;
    std::string_view home; // the section that has such a key
    for (const auto& setting : settings()) {
        if (setting.section == section)
            keys.push_back(setting.key);
        else if (setting.key == name && home.empty())
            home = setting.section;
    }
    const auto nearest = nearestWord(name, keys);
    std::string suggestion;
    if (!home.empty())
        suggestion = std::format("{} belongs in {}", name, sectionHeader(home));
    else if (!nearest.empty())
        suggestion = std::format("did you mean {}?", nearest);
    add(position, std::format("{}.{}", section, name), "unknown key", std::move(suggestion));
}

Reader::Positions Reader::readSection(std::string_view section, const toml::table& table, Source& source)
{
    Positions positions;
    for (const auto& [key, node] : table) {
        const auto setting = std::ranges::find_if(settings(),
            [&](const Setting& candidate) { return candidate.section == section && candidate.key == key.str(); });
        if (setting == settings().end()) {
            unknownKey(section, key.str(), positionOf(key.source()));
            continue;
        }
        positions[setting->key] = positionOf(node.source());
        readValue(*setting, node, source);
    }
    return positions;
}

void Reader::checkAddress(Source& source, const Positions& positions, Position header)
{
    const auto written = positions.find("address");
    if (written == positions.end())
        return add(header, "source.address", "must be there");
    auto address = parseAddress(source.address);
    if (!address) {
        // A wrong type was told already and left the address empty.
        if (!source.address.empty() || m_errors.empty() || m_errors.back().key != "source.address")
            add(written->second, "source.address", std::format("\"{}\": {}", source.address, address.error()));
        return;
    }
    if (address->port && positions.contains("port"))
        add(positions.at("port"), "source.port", "the address has a port already");
    source.port = address->port.value_or(source.port);
    source.address = address->host;
    address->port = source.port;
    const auto isSame = [&](const Address& other) {
        return isSameHost(other, *address) && other.port == address->port;
    };
    if (std::ranges::any_of(m_addresses, isSame))
        return add(written->second, "source.address",
            std::format("\"{}\" is a source already", writeAddress(source.address, source.port)));
    m_addresses.push_back(*address);
}

void Reader::checkSource(Source& source, const Positions& positions, Position header)
{
    checkAddress(source, positions, header);
    if (source.profile == PollProfile::Precise && !positions.contains("minpoll"))
        source.minPoll = std::min(preciseMinPoll, source.maxPoll);
    const auto place = [&](std::string_view key) {
        const auto position = positions.find(key);
        return position == positions.end() ? header : position->second;
    };
    if (source.minPoll > source.maxPoll) {
        const bool hasMax = positions.contains("maxpoll");
        add(place(hasMax ? "maxpoll" : "minpoll"), hasMax ? "source.maxpoll" : "source.minpoll",
            std::format("minpoll {} is larger than maxpoll {}{}", source.minPoll, source.maxPoll,
                hasMax ? "" : ", its default"));
    }
    if (positions.contains("maxsources") && !source.pool)
        add(place("maxsources"), "source.maxsources", "only a pool has several servers", "add pool = true");
    if (source.prefer && source.noSelect)
        add(place("prefer"), "source.prefer", "a source that is never used cannot be preferred",
            "take prefer or noselect away");
}

void Reader::readSource(const toml::table& table)
{
    Source source;
    const auto positions = readSection("source", table, source);
    checkSource(source, positions, positionOf(table.source()));
    m_config.sources.push_back(std::move(source));
}

void Reader::readSources(const toml::node& node, Position header)
{
    const auto* list = node.as_array();
    if (!list)
        return add(header, "source", std::format("expected sections, found {}", kindOf(node)), "write [[source]]");
    if (list->size() > mostSources)
        return add(header, "source", std::format("more than {} sources", mostSources));
    for (const auto& element : *list) {
        if (const auto* table = element.as_table())
            readSource(*table);
        else
            add(positionOf(element.source()), "source", std::format("expected a section, found {}", kindOf(element)),
                "write [[source]]");
    }
}

Config Reader::read(const toml::table& document)
{
    for (const auto& [key, node] : document) {
        const auto position = positionOf(key.source());
        const auto isNamed = [&](const Section& section) { return section.name == key.str(); };
        Source unused;
        if (!std::ranges::any_of(sections(), isNamed))
            unknownSection(key.str(), position);
        else if (key.str() == "source")
            readSources(node, position);
        else if (const auto* table = node.as_table())
            readSection(key.str(), *table, unused);
        else
            add(position, std::string(key.str()), std::format("expected a section, found {}", kindOf(node)),
                "write " + sectionHeader(key.str()));
    }
    if (const auto* simulation = document.get("simulation");
        simulation && m_config.clock.type != ClockType::Simulated &&
        std::ranges::find(m_errors, "clock.type", &Error::key) == m_errors.end()) {
        const auto* table = simulation->as_table();
        if (table && !table->empty())
            add(positionOf(simulation->source()), "simulation", "the clock is not a simulated one",
                "set clock.type to \"simulated\" or take [simulation] away");
    }
    constexpr std::string_view defaultPool = FOLIOT_DEFAULT_POOL;
    if (!document.contains("source") && !m_config.server.localStratum && !defaultPool.empty())
        m_config.sources.push_back(Source{.address = std::string(defaultPool), .pool = true});
    return m_config;
}

// True for a line like "key = value", without which the rest of the text reads the same.
bool isStatement(std::string_view line)
{
    const auto start = line.find_first_not_of(" \t");
    const auto equals = line.find('=');
    return start != std::string_view::npos && equals != std::string_view::npos && line[start] != '[' &&
           line[start] != '"' && line[start] != '\'';
}

// Overwrites a line with spaces, so that all positions stay as they are. False when that cannot help.
bool blankStatement(std::string& text, int line)
{
    std::size_t start = 0;
    for (int i = 1; i < line; ++i) {
        start = text.find('\n', start);
        if (start == std::string::npos)
            return false;
        ++start;
    }
    const auto end = std::min(text.find('\n', start), text.size());
    if (!isStatement(std::string_view(text).substr(start, end - start)))
        return false;
    std::fill(text.begin() + static_cast<std::ptrdiff_t>(start), text.begin() + static_cast<std::ptrdiff_t>(end), ' ');
    return true;
}

} // namespace

std::expected<Config, Errors> parse(std::string_view text, std::string_view file)
{
    if (auto error = checkText(text, file))
        return std::unexpected(Errors{std::move(*error)});

    Errors errors;
    Reader reader(file, errors);
    // The TOML parser stops at the first syntax error. Most are within one statement: taken away, the rest can be read.
    std::string remaining(text);
    Config config;
    for (int lastLine = 0;;) {
        const auto result = toml::parse(remaining, file);
        if (result) {
            config = reader.read(result.table());
            break;
        }
        const auto position = positionOf(result.error().source());
        reader.add(position, {}, std::string(result.error().description()));
        // An error in the very next line is likely but an echo, as is one that went back.
        const bool isEcho = position.line <= lastLine + 1 && lastLine > 0;
        if (isEcho || errors.size() >= mostErrors || !blankStatement(remaining, position.line))
            break;
        lastLine = position.line;
    }
    if (errors.empty())
        return config;
    std::ranges::stable_sort(errors, {}, [](const Error& error) { return std::tuple(error.line, error.column); });
    if (errors.size() > mostErrors)
        errors.resize(mostErrors);
    return std::unexpected(std::move(errors));
}

} // namespace foliot::config
