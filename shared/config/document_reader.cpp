// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/document_reader.h"

#include "config/doubts.h"
#include "config/nearest_word.h"
#include "config/nts_server_check.h"
#include "config/settings.h"
#include "config/source_check.h"
#include "config/value_reader.h"

#include <algorithm>
#include <format>

namespace foliot::config {

namespace {

constexpr std::size_t mostSources = 64;

class DocumentReader {
public:
    explicit DocumentReader(Problems& problems)
        : m_problems(problems)
        , m_sourceCheck(problems)
    {}

    Config read(const toml::table& document);

private:
    void readSources(const toml::node& node, Position header);
    void readSource(const toml::table& table);
    Positions readSection(std::string_view section, const toml::table& table, Source& source);
    void unknownSection(std::string_view name, Position position);
    void unknownKey(std::string_view section, std::string_view name, Position position);
    void checkTogether(const toml::table& document);

    Problems& m_problems;
    SourceCheck m_sourceCheck;
    Config m_config;
};

void DocumentReader::unknownSection(std::string_view name, Position position)
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

void DocumentReader::unknownKey(std::string_view section, std::string_view name, Position position)
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

Positions DocumentReader::readSection(std::string_view section, const toml::table& table, Source& source)
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

void DocumentReader::readSource(const toml::table& table)
{
    Source source;
    const auto positions = readSection("source", table, source);
    m_sourceCheck.check(source, positions, positionOf(table.source()));
    m_config.sources.push_back(std::move(source));
}

void DocumentReader::readSources(const toml::node& node, Position header)
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

// What no section by itself shows to be wrong.
void DocumentReader::checkTogether(const toml::table& document)
{
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
        !std::ranges::contains(m_problems.errors(), "clock.type", &Error::key)) {
        const auto* table = simulation->as_table();
        if (table && !table->empty())
            m_problems.add(positionOf(simulation->source()), "simulation", "the clock is not a simulated one",
                "set clock.type to \"simulated\" or take [simulation] away");
    }
    if (m_config.server.smear != Smear::None && m_config.clock.neverBackwards)
        m_problems.add(positionOf(document.at_path("server.smear").node()->source()), "server.smear",
            "a clock that never goes back does no leap second to be smeared", "take it or clock.never-backwards away");
    if (m_config.server.orphan && !m_config.server.localStratum &&
        !std::ranges::contains(m_problems.errors(), "server.local-stratum", &Error::key))
        m_problems.add(positionOf(document.at_path("server.orphan").node()->source()), "server.orphan",
            "there is no stratum at which orphans agree", "set local-stratum");
    if (m_config.keys.file.empty() && !std::ranges::contains(m_problems.errors(), "keys.file", &Error::key))
        for (const Position position : m_sourceCheck.keys())
            m_problems.add(position, "source.key", "there is no file of keys", "name it as file in [keys]");
}

Config DocumentReader::read(const toml::table& document)
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
    checkTogether(document);
    constexpr std::string_view defaultPool = FOLIOT_DEFAULT_POOL;
    if (!document.contains("source") && !m_config.server.localStratum && !defaultPool.empty())
        m_config.sources.push_back(Source{.address = std::string(defaultPool), .pool = true});
    doubt(
        m_config,
        [&](std::string_view section, std::string_view key) -> std::optional<Position> {
            const auto sections = document.at_path(section);
            const toml::node* node = sections.is_table() ? sections.as_table()->get(key) : nullptr;
            if (const auto* several = sections.as_array())
                for (auto next = several->begin(); next != several->end() && !node; ++next)
                    node = next->is_table() ? next->as_table()->get(key) : nullptr;
            return node ? std::optional(positionOf(node->source())) : std::nullopt;
        },
        m_problems);
    return m_config;
}

} // namespace

Config readDocument(const toml::table& document, Problems& problems)
{
    return DocumentReader(problems).read(document);
}

} // namespace foliot::config
