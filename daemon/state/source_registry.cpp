// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/state/source_registry.h"

#include "config/address.h"
#include "config/read.h"
#include "config/setting_values.h"
#include "config/settings.h"
#include "daemon/state/lines.h"

#include <QCoreApplication>

#include <algorithm>
#include <cassert>
#include <format>
#include <limits>
#include <ranges>
#include <set>
#include <utility>

namespace foliot::daemon {

namespace {

const std::string idsName = "source-ids";
const std::string sourcesName = "sources.toml";
constexpr std::string_view idsHeader = "foliot-source-ids 1";
constexpr std::chrono::milliseconds flushAfter{100};
constexpr std::chrono::minutes retryAfter{1};           // a folder that could not be written to
constexpr std::size_t largestNotUnderstood = 64 * 1024; // octets
constexpr std::uint32_t lastId = std::numeric_limits<std::uint32_t>::max();

constexpr std::string_view sourcesComment =
    "# SPDX-FileCopyrightText: 2026 The Foliot authors\n"
    "# SPDX-License-Identifier: GPL-3.0-or-later\n"
    "\n"
    "# Sources added over D-Bus and kept. foliotd writes this file; yours is foliot.toml.\n";

// The text cut before each section; the first part holds what stands before all of them.
std::vector<std::string> partsOf(std::string_view text)
{
    std::vector<std::string> parts(1);
    for (const auto line : std::views::split(text, '\n')) {
        const std::string_view content(line);
        if (content.starts_with('['))
            parts.emplace_back();
        parts.back() += std::string(content) + '\n';
    }
    for (auto& part : parts)
        while (part.ends_with("\n\n"))
            part.pop_back();
    return parts;
}

bool hasContent(std::string_view part)
{
    return std::ranges::any_of(std::views::split(part, '\n'), [](auto line) {
        const std::string_view content(line);
        const auto start = content.find_first_not_of(" \t\r");
        return start != std::string_view::npos && content[start] != '#';
    });
}

} // namespace

SourceRegistry::SourceRegistry(const StateDirectory* directory)
    : m_directory(directory)
{
    m_flushSoon.setSingleShot(true);
    QObject::connect(&m_flushSoon, &QTimer::timeout, &m_flushSoon, [this] { flush(); });
    if (!m_directory)
        return;
    readIds();
    readKept();
}

SourceRegistry::~SourceRegistry()
{
    flush();
}

SourceRegistry::Key SourceRegistry::keyOf(const config::Source& source, int index)
{
    Key key{.host = source.address, .port = source.port, .index = source.pool ? index : -1};
    const auto address = config::parseAddress(source.address);
    assert(address); // whoever makes a Source has checked it
    if (address->kind == config::HostKind::Name) {
        std::ranges::transform(key.host, key.host.begin(),
            [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
        if (key.host.ends_with('.'))
            key.host.pop_back();
        return key;
    }
    key.host = address->kind == config::HostKind::Ipv4 ? "4:" : "6:";
    for (const auto octet : address->octets)
        key.host += std::format("{:02x}", octet);
    key.host += address->zone.empty() ? "" : "%" + address->zone;
    return key;
}

void SourceRegistry::readIds()
{
    const auto content = m_directory->read(idsName);
    if (!content) {
        m_complaints.push_back(content.error().message);
        return;
    }
    if (!*content)
        return;
    const auto lines = linesOf(**content);
    if (lines.empty() || lines.front() != idsHeader) {
        m_complaints.push_back(idsName + ": not a file of ours, ids start anew");
        return;
    }
    std::set<std::uint32_t> seen;
    std::uint32_t highest = 0;
    std::size_t ignored = 0;
    for (const auto line : lines | std::views::drop(1)) {
        const auto words = wordsOf(line);
        if (words.size() == 2 && words[0] == "next") {
            m_next = std::max(m_next, numberOf<std::uint32_t>(words[1]).value_or(1));
            continue;
        }
        if (words.size() == 2 && words[0] == "start") {
            // A number at its end would make every later entry look old.
            constexpr std::uint64_t mostStarts = std::numeric_limits<std::uint64_t>::max() / 2;
            m_start = std::min(numberOf<std::uint64_t>(words[1]).value_or(0), mostStarts) + 1;
            continue;
        }
        const auto id = words.size() == 6 && words[0] == "id" ? numberOf<std::uint32_t>(words[1]) : std::nullopt;
        const auto lastUsed = id ? numberOf<std::uint64_t>(words[2]) : std::nullopt;
        const auto port = id ? numberOf<std::uint16_t>(words[3]) : std::nullopt;
        const auto index = id ? numberOf<int>(words[4]) : std::nullopt;
        if (!id || *id == 0 || !lastUsed || !port || !index || m_entries.size() >= mostRemembered ||
            seen.contains(*id)) {
            ++ignored;
            continue;
        }
        const Key key{.host = std::string(words[5]), .port = *port, .index = *index};
        if (m_entries.try_emplace(key, Entry{.id = {*id}, .lastUsed = *lastUsed}).second) {
            seen.insert(*id);
            highest = std::max(highest, *id);
        }
    }
    // Cut off before its "next"? Then what the entries tell must do.
    if (highest >= m_next)
        m_next = highest == lastId ? 1 : highest + 1;
    if (ignored == 0)
        return;
    m_complaints.push_back(std::format("{}: {} lines ignored", idsName, ignored));
    m_hasChanged = true;
}

void SourceRegistry::readKept()
{
    const auto content = m_directory->read(sourcesName);
    if (!content) {
        m_complaints.push_back(content.error().message);
        m_unreadable = content.error();
        return;
    }
    if (!*content)
        return;
    const auto parts = partsOf(**content);
    if (hasContent(parts.front()))
        m_complaints.push_back(sourcesName + ": what stands before the first section is ignored");
    for (const auto& part : parts | std::views::drop(1)) {
        const auto parsed = config::parse(part, sourcesName);
        if (!parsed || parsed->sources.size() != 1) {
            const auto reason = parsed ? "not a source" : config::describe(parsed.error().front());
            m_complaints.push_back(std::format("a source that is not understood is ignored: {}", reason));
            // A later version may understand it, or a person mend it.
            if (m_notUnderstood.size() + part.size() <= largestNotUnderstood)
                m_notUnderstood += part;
            continue;
        }
        const auto& source = parsed->sources.front();
        const auto id = idFor(source);
        const bool isThere = std::ranges::find(m_kept, id, &Kept::id) != m_kept.end();
        if (!isThere && m_kept.size() < mostKept)
            m_kept.push_back({.id = id, .settings = source});
    }
}

sync::SourceId SourceRegistry::nextId()
{
    const auto isUsed = [&](std::uint32_t id) {
        return std::ranges::any_of(m_entries, [&](const auto& entry) { return entry.second.id.value == id; });
    };
    while (isUsed(m_next))
        m_next = m_next == lastId ? 1 : m_next + 1;
    const sync::SourceId id{m_next};
    m_next = m_next == lastId ? 1 : m_next + 1;
    return id;
}

void SourceRegistry::dropOldest()
{
    const auto isKept = [&](const auto& entry) {
        return std::ranges::find(m_kept, entry.second.id, &Kept::id) != m_kept.end();
    };
    auto oldest = m_entries.end();
    for (auto entry = m_entries.begin(); entry != m_entries.end(); ++entry) {
        if (isKept(*entry))
            continue;
        if (oldest == m_entries.end() || entry->second.lastUsed < oldest->second.lastUsed)
            oldest = entry;
    }
    if (oldest != m_entries.end())
        m_entries.erase(oldest);
}

sync::SourceId SourceRegistry::idFor(const config::Source& source, int index)
{
    const auto key = keyOf(source, index);
    const auto found = m_entries.find(key);
    if (found != m_entries.end()) {
        if (std::exchange(found->second.lastUsed, m_start) != m_start)
            changed();
        return found->second.id;
    }
    if (m_entries.size() >= mostRemembered)
        dropOldest();
    const auto id = nextId();
    m_entries[key] = {.id = id, .lastUsed = m_start};
    changed();
    return id;
}

void SourceRegistry::changed()
{
    m_hasChanged = true;
    // Without an event loop the destructor writes.
    if (m_directory && QCoreApplication::instance())
        m_flushSoon.start(flushAfter);
}

void SourceRegistry::flush()
{
    if (!m_directory || !m_hasChanged)
        return;
    auto content = std::format("{}\nnext {}\nstart {}\n", idsHeader, m_next, m_start);
    for (const auto& [key, entry] : m_entries)
        content += std::format("id {} {} {} {} {}\n", entry.id.value, entry.lastUsed, key.port, key.index, key.host);
    // Ids are a convenience: without a place to keep them the daemon runs on, and says so once.
    const auto written = m_directory->write(idsName, content);
    m_hasChanged = !written;
    if (!written && QCoreApplication::instance())
        m_flushSoon.start(retryAfter);
    if (m_tell)
        m_tell(written ? std::string() : written.error().message);
    if (!written && std::ranges::find(m_complaints, written.error().message) == m_complaints.end())
        m_complaints.push_back(written.error().message);
}

std::expected<void, StateError> SourceRegistry::saveKept(const std::vector<Kept>& kept)
{
    if (!m_directory)
        return std::unexpected(StateError{"no state directory is configured"});
    if (m_unreadable)
        return std::unexpected(*m_unreadable);
    std::string content(sourcesComment);
    for (const auto& source : kept)
        content += '\n' + config::writeSource(source.settings);
    if (!m_notUnderstood.empty())
        content += '\n' + m_notUnderstood;
    return m_directory->write(sourcesName, content);
}

std::expected<sync::SourceId, StateError> SourceRegistry::keep(const config::Source& source)
{
    const auto id = idFor(source);
    auto kept = m_kept;
    const auto found = std::ranges::find(kept, id, &Kept::id);
    if (found != kept.end())
        found->settings = source;
    else if (kept.size() < mostKept)
        kept.push_back({.id = id, .settings = source});
    else
        return std::unexpected(StateError{std::format("{}: full with {} sources", sourcesName, mostKept)});
    if (auto saved = saveKept(kept); !saved)
        return std::unexpected(std::move(saved.error()));
    m_kept = std::move(kept);
    return id;
}

std::expected<bool, StateError> SourceRegistry::forget(sync::SourceId id)
{
    const auto entry = std::ranges::find(m_entries, id, [](const auto& candidate) { return candidate.second.id; });
    if (entry == m_entries.end())
        return false;
    const auto isMeant = [&](const Kept& source) {
        const auto key = keyOf(source.settings);
        return key.host == entry->first.host && key.port == entry->first.port &&
               (key.index < 0) == (entry->first.index < 0);
    };
    auto kept = m_kept;
    if (std::erase_if(kept, isMeant) == 0)
        return false;
    if (auto saved = saveKept(kept); !saved)
        return std::unexpected(std::move(saved.error()));
    m_kept = std::move(kept);
    return true;
}

} // namespace foliot::daemon
