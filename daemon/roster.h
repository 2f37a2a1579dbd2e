// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Who is asked: the sources that were configured or added, the members of their pools, and the address of each now.
// Resolves names, retries with growing pauses, gives another address when one is of no use. Used by the engine.

#include "daemon/lookup_schedule.h"
#include "daemon/net/address_book.h"
#include "daemon/net/resolver.h"
#include "daemon/source_info.h"
#include "ntp/time.h"

#include <QObject>

#include <expected>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace foliot::daemon {

class SourceRegistry;

class Roster : public QObject {
    Q_OBJECT
public:
    static constexpr std::size_t mostSources = 64; // members of pools included

    Roster(SourceRegistry& registry, std::unique_ptr<Resolver> resolver, QObject* parent = nullptr);
    ~Roster() override;

    const std::map<sync::SourceId, SourceInfo>& sources() const { return m_sources; }
    std::optional<Endpoint> endpointOf(sync::SourceId source) const;
    QString describe(sync::SourceId source) const; // "ntp.example.org (192.0.2.1:123)"

    // A pool begins with one member, which stands for it until its addresses are known. Opens sources, resolves nothing.
    std::expected<sync::SourceId, SourceError> add(const config::Source& settings, SourceOrigin origin);

    // Of a pool, the member alone; no other takes its place.
    std::expected<void, SourceError> remove(sync::SourceId source);

    // False when removing the source leaves other members of its pool.
    bool standsAlone(sync::SourceId source) const;

    // Configured sources become these: those that are unchanged stay as they are. Returns those for which there is no room,
    // and those that are there with other settings.
    std::vector<LeftOut> reconfigure(const std::vector<config::Source>& wanted);

    // Wants the address of a source that has none: addressed() or unresolved() follows. False when the name proved
    // unresolvable a moment ago; it is tried again by and by in any case.
    bool resolve(sync::SourceId source);

    // The source is of no use at its address.
    void replace(sync::SourceId source);

    // It answers: no other address is wanted for it, and its error is over.
    void works(sync::SourceId source);

    // The network changed, or a person wants to know: what could not be resolved is tried again, unless that was done
    // within the last minute; the pauses have just begun anew then.
    void retry(RawTime now);

    void setError(sync::SourceId source, const QString& error);
    void setNts(sync::SourceId source, const std::optional<NtsFacts>& facts);

Q_SIGNALS:
    void opened(foliot::sync::SourceId source);
    void closed(foliot::sync::SourceId source);
    void addressed(foliot::sync::SourceId source); // it has an address now, or another one
    void unresolved(foliot::sync::SourceId source);

private:
    // What a user wrote as one source.
    struct Entry {
        config::Source settings;
        SourceOrigin origin = SourceOrigin::Configured;
        std::map<int, sync::SourceId> members; // by place; one at place 0 unless it is a pool
        int places = 1;                        // how many members there may be
        std::optional<sync::SourceId> toReplace;
        bool isNumeric = false;
        LookupSchedule lookups;
    };

    Entry* entryOf(sync::SourceId source) const;
    std::optional<SourceError> reasonAgainst(const config::Source& settings) const;
    sync::SourceId open(Entry& entry, int place);
    void close(sync::SourceId source);
    void closeEntry(Entry& entry);
    bool give(Entry& entry, sync::SourceId source);
    void setAddress(sync::SourceId source, const Endpoint& endpoint);
    void lookUp(Entry& entry);
    void lookUpLater(Entry& entry);
    void resolved(const QString& name, const QList<QHostAddress>& addresses);
    void unresolvable(const QString& name, const QString& why);
    // Gives the addresses that were found to those that want one: first to who has one of no use, then to the others, then
    // to new members of a pool.
    void distribute(Entry& entry);
    bool replaceUseless(Entry& entry); // true when there was another address
    bool addressMembers(Entry& entry); // true when one without an address has one now
    bool openPlaces(Entry& entry);     // true when there is a new member
    bool wantsMore(const Entry& entry) const;

    SourceRegistry& m_registry;
    std::unique_ptr<Resolver> m_resolver;
    AddressBook m_book;
    std::vector<std::unique_ptr<Entry>> m_entries;
    std::map<sync::SourceId, SourceInfo> m_sources;
};

} // namespace foliot::daemon
