// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/roster.h"

#include "config/address.h"
#include "daemon/state/source_registry.h"

#include <algorithm>

namespace foliot::daemon {

namespace {

QString nameOf(const config::Source& settings)
{
    return QString::fromStdString(settings.address);
}

bool isSameServer(const config::Source& a, const config::Source& b)
{
    const auto first = config::parseAddress(a.address);
    const auto second = config::parseAddress(b.address);
    return first && second && a.port == b.port && config::isSameHost(*first, *second);
}

} // namespace

Roster::Roster(SourceRegistry& registry, std::unique_ptr<Resolver> resolver, QObject* parent)
    : QObject(parent)
    , m_registry(registry)
    , m_resolver(std::move(resolver))
{
    connect(m_resolver.get(), &Resolver::resolved, this, &Roster::resolved);
    connect(m_resolver.get(), &Resolver::unresolvable, this, &Roster::unresolvable);
}

Roster::~Roster() = default;

std::optional<Endpoint> Roster::endpointOf(sync::SourceId source) const
{
    const auto at = m_sources.find(source);
    if (at == m_sources.end() || at->second.address.isNull())
        return std::nullopt;
    return Endpoint{.address = at->second.address, .port = at->second.settings.port};
}

QString Roster::describe(sync::SourceId source) const
{
    const auto at = m_sources.find(source);
    if (at == m_sources.end())
        return QStringLiteral("source %1").arg(source.value);
    const auto endpoint = endpointOf(source);
    return endpoint ? QStringLiteral("%1 (%2)").arg(at->second.name, endpointText(*endpoint)) : at->second.name;
}

std::expected<sync::SourceId, SourceError> Roster::add(const config::Source& settings, SourceOrigin origin)
{
    if (const auto error = reasonAgainst(settings))
        return std::unexpected(*error);
    auto entry = std::make_unique<Entry>();
    entry->settings = settings;
    entry->origin = origin;
    entry->places = settings.pool ? std::max(1, settings.maxSources) : 1;
    const auto numeric = numericEndpoint(settings.address, settings.port);
    entry->isNumeric = numeric.has_value();
    if (numeric && !m_book.take(*numeric))
        return std::unexpected(SourceError::Duplicate);
    m_entries.push_back(std::move(entry));
    Entry& added = *m_entries.back();
    added.lookups.setParent(this); // to be found among what is the roster's
    connect(&added.lookups, &LookupSchedule::due, this, [this, &added] { lookUp(added); });
    const sync::SourceId id = open(added, 0);
    if (numeric)
        m_sources[id].address = numeric->address;
    Q_EMIT opened(id);
    return id;
}

std::optional<SourceError> Roster::reasonAgainst(const config::Source& settings) const
{
    if (!config::parseServerAddress(settings.address))
        return SourceError::BadAddress;
    const bool isKnown = std::ranges::any_of(
        m_entries, [&settings](const auto& entry) { return isSameServer(entry->settings, settings); });
    if (isKnown)
        return SourceError::Duplicate;
    return m_sources.size() >= mostSources ? std::optional(SourceError::TooMany) : std::nullopt;
}

std::expected<void, SourceError> Roster::remove(sync::SourceId source)
{
    Entry* entry = entryOf(source);
    if (!entry)
        return std::unexpected(SourceError::Unknown);
    if (!standsAlone(source)) {
        --entry->places;
        if (const auto endpoint = endpointOf(source))
            m_book.markBad(*endpoint);
        close(source);
        return {};
    }
    closeEntry(*entry);
    return {};
}

bool Roster::standsAlone(sync::SourceId source) const
{
    const Entry* entry = entryOf(source);
    return !entry || entry->members.size() == 1;
}

std::vector<LeftOut> Roster::reconfigure(const std::vector<config::Source>& wanted)
{
    const auto isWanted = [&wanted](const Entry& entry) { return std::ranges::contains(wanted, entry.settings); };
    std::vector<Entry*> gone;
    for (const auto& entry : m_entries) {
        if (entry->origin == SourceOrigin::Configured && !isWanted(*entry))
            gone.push_back(entry.get());
    }
    for (Entry* entry : gone)
        closeEntry(*entry);
    const auto isThere = [this](const config::Source& settings) {
        return std::ranges::any_of(m_entries, [&settings](const auto& entry) { return entry->settings == settings; });
    };
    std::vector<LeftOut> leftOut;
    for (const config::Source& settings : wanted) {
        if (isThere(settings))
            continue;
        if (const auto added = add(settings, SourceOrigin::Configured); !added)
            leftOut.push_back({.settings = settings, .reason = added.error()});
    }
    return leftOut;
}

bool Roster::resolve(sync::SourceId source)
{
    Entry* entry = entryOf(source);
    if (!entry || entry->isNumeric)
        return false;
    if (entry->lookups.isUnderWay())
        return true;
    if (entry->lookups.isPausing())
        return false;
    lookUp(*entry);
    return true;
}

void Roster::replace(sync::SourceId source)
{
    Entry* entry = entryOf(source);
    if (!entry || entry->isNumeric)
        return;
    if (const auto endpoint = endpointOf(source))
        m_book.markBad(*endpoint);
    if (give(*entry, source))
        return;
    entry->toReplace = source;
    if (!entry->lookups.isUnderWay() && !entry->lookups.isPausing())
        lookUp(*entry);
}

void Roster::works(sync::SourceId source)
{
    setError(source, {});
    Entry* entry = entryOf(source);
    if (entry && entry->toReplace == source)
        entry->toReplace.reset();
}

void Roster::retry(RawTime now)
{
    for (const auto& entry : m_entries) {
        if (entry->isNumeric || entry->lookups.isUnderWay() || !wantsMore(*entry))
            continue;
        if (entry->lookups.beginAnew(now))
            lookUp(*entry);
    }
}

void Roster::setError(sync::SourceId source, const QString& error)
{
    const auto at = m_sources.find(source);
    if (at != m_sources.end())
        at->second.lastError = error;
}

void Roster::setNts(sync::SourceId source, const std::optional<NtsFacts>& facts)
{
    const auto at = m_sources.find(source);
    if (at != m_sources.end())
        at->second.nts = facts;
}

Roster::Entry* Roster::entryOf(sync::SourceId source) const
{
    for (const auto& entry : m_entries) {
        if (std::ranges::contains(entry->members, source, [](const auto& member) { return member.second; }))
            return entry.get();
    }
    return nullptr;
}

sync::SourceId Roster::open(Entry& entry, int place)
{
    const sync::SourceId id = m_registry.idFor(entry.settings, place);
    entry.members[place] = id;
    m_sources[id] = SourceInfo{.id = id,
        .settings = entry.settings,
        .origin = entry.settings.pool ? SourceOrigin::Pool : entry.origin,
        .name = nameOf(entry.settings)};
    return id;
}

void Roster::close(sync::SourceId source)
{
    Entry* entry = entryOf(source);
    if (const auto endpoint = endpointOf(source))
        m_book.giveBack(*endpoint);
    if (entry) {
        std::erase_if(entry->members, [source](const auto& member) { return member.second == source; });
        if (entry->toReplace == source)
            entry->toReplace.reset();
    }
    m_sources.erase(source);
    Q_EMIT closed(source);
}

void Roster::closeEntry(Entry& entry)
{
    while (!entry.members.empty())
        close(entry.members.begin()->second);
    m_book.forget(nameOf(entry.settings), entry.settings.port);
    std::erase_if(m_entries, [&entry](const auto& other) { return other.get() == &entry; });
}

bool Roster::give(Entry& entry, sync::SourceId source)
{
    const auto next = m_book.take(nameOf(entry.settings), entry.settings.port);
    if (!next)
        return false;
    if (const auto before = endpointOf(source))
        m_book.giveBack(*before);
    setAddress(source, *next);
    return true;
}

void Roster::setAddress(sync::SourceId source, const Endpoint& endpoint)
{
    SourceInfo& info = m_sources[source];
    info.address = endpoint.address;
    info.lastError.clear();
    Q_EMIT addressed(source);
}

void Roster::lookUp(Entry& entry)
{
    entry.lookups.begun();
    m_resolver->lookUp(nameOf(entry.settings));
}

void Roster::lookUpLater(Entry& entry)
{
    entry.lookups.pause(std::ranges::any_of(
        entry.members, [this](const auto& member) { return endpointOf(member.second).has_value(); }));
}

void Roster::resolved(const QString& name, const QList<QHostAddress>& addresses)
{
    // Two entries may share a name and differ in the port.
    for (std::size_t index = 0; index < m_entries.size(); ++index) {
        Entry& entry = *m_entries[index];
        if (!entry.lookups.isUnderWay() || nameOf(entry.settings) != name)
            continue;
        entry.lookups.ended();
        m_book.learn(name, entry.settings.port, addresses);
        distribute(entry);
    }
}

void Roster::distribute(Entry& entry)
{
    const bool hasReplaced = replaceUseless(entry);
    const bool hasAddressed = addressMembers(entry);
    const bool hasOpened = openPlaces(entry);
    if (hasReplaced || hasAddressed || hasOpened)
        entry.lookups.broughtSomethingNew();
    if (wantsMore(entry))
        lookUpLater(entry);
}

bool Roster::replaceUseless(Entry& entry)
{
    if (!entry.toReplace)
        return false;
    const sync::SourceId source = *entry.toReplace;
    bool isGiven = give(entry, source);
    if (!isGiven && !entry.settings.pool) {
        // Every address of the name was tried: begin again with those that are not in use.
        m_book.pardon(nameOf(entry.settings), entry.settings.port);
        isGiven = give(entry, source);
    }
    if (isGiven)
        entry.toReplace.reset();
    return isGiven;
}

bool Roster::addressMembers(Entry& entry)
{
    bool hasAddressed = false;
    const std::map<int, sync::SourceId> members = entry.members; // giving an address may change them
    for (const auto& [place, source] : members) {
        if (endpointOf(source))
            continue;
        if (give(entry, source)) {
            hasAddressed = true;
            continue;
        }
        setError(source, QStringLiteral("Every address of %1 is a source already.").arg(nameOf(entry.settings)));
        Q_EMIT unresolved(source);
    }
    return hasAddressed;
}

bool Roster::openPlaces(Entry& entry)
{
    bool hasOpened = false;
    for (int place = 0; static_cast<int>(entry.members.size()) < entry.places; ++place) {
        if (entry.members.contains(place))
            continue;
        if (m_sources.size() >= mostSources)
            break;
        const auto next = m_book.take(nameOf(entry.settings), entry.settings.port);
        if (!next)
            break;
        const sync::SourceId id = open(entry, place);
        m_sources[id].address = next->address;
        hasOpened = true;
        Q_EMIT opened(id);
    }
    return hasOpened;
}

bool Roster::wantsMore(const Entry& entry) const
{
    const bool lacksAddress = std::ranges::any_of(
        entry.members, [this](const auto& member) { return !endpointOf(member.second).has_value(); });
    return lacksAddress || entry.toReplace || static_cast<int>(entry.members.size()) < entry.places;
}

void Roster::unresolvable(const QString& name, const QString& why)
{
    for (std::size_t index = 0; index < m_entries.size(); ++index) {
        Entry& entry = *m_entries[index];
        if (!entry.lookups.isUnderWay() || nameOf(entry.settings) != name)
            continue;
        entry.lookups.ended();
        lookUpLater(entry);
        const std::map<int, sync::SourceId> members = entry.members;
        for (const auto& [place, source] : members) {
            if (endpointOf(source))
                continue;
            setError(source, QStringLiteral("The name %1 cannot be resolved: %2").arg(name, why));
            Q_EMIT unresolved(source);
        }
    }
}

} // namespace foliot::daemon
