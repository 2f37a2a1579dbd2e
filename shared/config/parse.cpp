// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/address.h"
#include "config/nearest_word.h"
#include "config/nts_server_check.h"
#include "config/problems.h"
#include "config/read.h"
#include "config/settings.h"
#include "config/syntax_error.h"
#include "config/text_check.h"
#include "config/toml.h"
#include "config/value_reader.h"

#include <algorithm>
#include <format>
#include <map>
#include <tuple>

namespace foliot::config {

namespace {

constexpr std::size_t mostErrors = 50; // more than a person reads at once
constexpr std::size_t mostSources = 64;

// Reads one document into a Config and gathers everything that is wrong on the way.
class Reader {
public:
    explicit Reader(Problems& problems)
        : m_problems(problems)
    {}

    Config read(const toml::table& document);

private:
    using Positions = std::map<std::string_view, Position>; // of the keys that a section has

    void readSources(const toml::node& node, Position header);
    void readSource(const toml::table& table);
    Positions readSection(std::string_view section, const toml::table& table, Source& source);
    void unknownSection(std::string_view name, Position position);
    void unknownKey(std::string_view section, std::string_view name, Position position);
    void checkSource(Source& source, const Positions& positions, Position header);
    void checkAddress(Source& source, const Positions& positions, Position header);

    Problems& m_problems;
    Config m_config;
    std::vector<Address> m_addresses; // of the sources read so far
    std::vector<Position> m_keys;     // where a source has one
};

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
    m_problems.add(position, std::string(name), "unknown section", std::move(suggestion));
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
    m_problems.add(position, std::format("{}.{}", section, name), "unknown key", std::move(suggestion));
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
        readValue(*setting, node, m_config, source, m_problems);
    }
    return positions;
}

void Reader::checkAddress(Source& source, const Positions& positions, Position header)
{
    const auto written = positions.find("address");
    if (written == positions.end())
        return m_problems.add(header, "source.address", "must be there");
    auto address = parseServerAddress(source.address);
    if (!address) {
        // A wrong type was told already and left the address empty.
        if (!source.address.empty() || m_problems.all().empty() || m_problems.all().back().key != "source.address")
            m_problems.add(
                written->second, "source.address", std::format("\"{}\": {}", source.address, address.error()));
        return;
    }
    if (address->port && positions.contains("port"))
        m_problems.add(positions.at("port"), "source.port", "the address has a port already");
    source.port = address->port.value_or(source.port);
    source.address = address->host;
    address->port = source.port;
    const auto isSame = [&](const Address& other) { return isSameEndpoint(other, *address); };
    if (std::ranges::any_of(m_addresses, isSame))
        return m_problems.add(written->second, "source.address",
            std::format("\"{}\" is a source already", writeAddress(source.address, source.port)));
    m_addresses.push_back(*address);
}

void Reader::checkSource(Source& source, const Positions& positions, Position header)
{
    if (source.nts && !positions.contains("port"))
        source.port = keyExchangePort;
    checkAddress(source, positions, header);
    if (source.profile == PollProfile::Precise && !positions.contains("minpoll"))
        source.minPoll = std::min(preciseMinPoll, source.maxPoll);
    const auto place = [&](std::string_view key) {
        const auto position = positions.find(key);
        return position == positions.end() ? header : position->second;
    };
    if (source.minPoll > source.maxPoll) {
        const bool hasMax = positions.contains("maxpoll");
        m_problems.add(place(hasMax ? "maxpoll" : "minpoll"), hasMax ? "source.maxpoll" : "source.minpoll",
            std::format("minpoll {} is larger than maxpoll {}{}", source.minPoll, source.maxPoll,
                hasMax ? "" : ", its default"));
    }
    if (positions.contains("maxsources") && !source.pool)
        m_problems.add(place("maxsources"), "source.maxsources", "only a pool has several servers", "add pool = true");
    if (source.key != 0)
        m_keys.push_back(place("key"));
    if (source.nts && source.key != 0)
        m_problems.add(place("key"), "source.key", "a source is authenticated by nts or by a key", "take one away");
    if (source.nts && source.version != 4)
        m_problems.add(
            place("version"), "source.version", "only version 4 can be authenticated", "take version or nts away");
    const auto contradictsNoSelect = [&](bool isSet, const char* key, std::string_view what) {
        if (isSet && source.noSelect)
            m_problems.add(place(key), std::format("source.{}", key),
                std::format("a source that is never used cannot be {}", what),
                std::format("take {} or noselect away", key));
    };
    contradictsNoSelect(source.prefer, "prefer", "preferred");
    contradictsNoSelect(source.trust, "trust", "trusted");
    contradictsNoSelect(source.require, "require", "required");
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
        return m_problems.add(
            header, "source", std::format("expected sections, found {}", kindOf(node)), "write [[source]]");
    if (list->size() > mostSources)
        return m_problems.add(header, "source", std::format("more than {} sources", mostSources));
    for (const auto& element : *list) {
        if (const auto* table = element.as_table())
            readSource(*table);
        else
            m_problems.add(positionOf(element.source()), "source",
                std::format("expected a section, found {}", kindOf(element)), "write [[source]]");
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
            m_problems.add(position, std::string(key.str()), std::format("expected a section, found {}", kindOf(node)),
                "write " + sectionHeader(key.str()));
    }
    if (const auto* ntsServer = document.get_as<toml::table>("nts-server")) {
        checkNtsServer(
            m_config,
            [&](std::string_view key) {
                const auto* node = ntsServer->get(key);
                return positionOf(node ? node->source() : ntsServer->source());
            },
            m_problems);
    }
    if (const auto* simulation = document.get("simulation");
        simulation && m_config.clock.type != ClockType::Simulated &&
        !std::ranges::contains(m_problems.all(), "clock.type", &Error::key)) {
        const auto* table = simulation->as_table();
        if (table && !table->empty())
            m_problems.add(positionOf(simulation->source()), "simulation", "the clock is not a simulated one",
                "set clock.type to \"simulated\" or take [simulation] away");
    }
    if (m_config.server.smear != Smear::None && m_config.clock.neverBackwards)
        m_problems.add(positionOf(document.at_path("server.smear").node()->source()), "server.smear",
            "a clock that never goes back does no leap second to be smeared", "take it or clock.never-backwards away");
    if (m_config.server.orphan && !m_config.server.localStratum &&
        !std::ranges::contains(m_problems.all(), "server.local-stratum", &Error::key))
        m_problems.add(positionOf(document.at_path("server.orphan").node()->source()), "server.orphan",
            "there is no stratum at which orphans agree", "set local-stratum");
    if (m_config.keys.file.empty() && !std::ranges::contains(m_problems.all(), "keys.file", &Error::key))
        for (const Position position : m_keys)
            m_problems.add(position, "source.key", "there is no file of keys", "name it as file in [keys]");
    constexpr std::string_view defaultPool = FOLIOT_DEFAULT_POOL;
    if (!document.contains("source") && !m_config.server.localStratum && !defaultPool.empty())
        m_config.sources.push_back(Source{.address = std::string(defaultPool), .pool = true});
    return m_config;
}

} // namespace

std::expected<Config, Errors> parse(std::string_view text, std::string_view file)
{
    if (auto error = checkText(text, file))
        return std::unexpected(Errors{std::move(*error)});

    Problems problems(file);
    Reader reader(problems);
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
        addSyntaxError(problems, position, result.error().description(), remaining);
        // An error in the very next line is likely but an echo, as is one that went back.
        const bool isEcho = position.line <= lastLine + 1 && lastLine > 0;
        if (isEcho || problems.all().size() >= mostErrors || !blankStatement(remaining, position.line))
            break;
        if (checkText(remaining, file)) // what was quoted may be no longer
            break;
        lastLine = position.line;
    }
    if (problems.all().empty())
        return config;
    Errors errors = problems.all();
    std::ranges::stable_sort(errors, {}, [](const Error& error) { return std::tuple(error.line, error.column); });
    if (errors.size() > mostErrors)
        errors.resize(mostErrors);
    return std::unexpected(std::move(errors));
}

} // namespace foliot::config
