// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Remembers sources across restarts: which id each has, and which of those added over D-Bus are kept. Asked by the
// engine. Two files in the state folder, "source-ids" and "sources.toml"; content that makes no sense costs no more than
// itself, and no entry that does.

#include "config/config.h"
#include "daemon/state/state_directory.h"
#include "sync/source_id.h"

#include <QTimer>

#include <expected>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace foliot::daemon {

class SourceRegistry {
public:
    static constexpr std::size_t mostRemembered = 1024; // ids of sources seen lately, used or not
    static constexpr std::size_t mostKept = 64;

    struct Kept {
        sync::SourceId id;
        config::Source settings;

        friend bool operator==(const Kept&, const Kept&) = default;
    };

    // directory: null when nothing is to be kept beyond this process; must outlive this otherwise.
    explicit SourceRegistry(const StateDirectory* directory);
    ~SourceRegistry();
    SourceRegistry(const SourceRegistry&) = delete;
    SourceRegistry& operator=(const SourceRegistry&) = delete;

    // What was wrong with the files, for the log: sentences. Empty when all was well.
    const std::vector<std::string>& complaints() const { return m_complaints; }

    // The id of a source, the same after a restart. index: which of a pool's members; 0 for a source that is no pool.
    // A new id was never used before, as long as the file that counts them is there. Written soon, or by flush().
    sync::SourceId idFor(const config::Source& source, int index = 0);

    // Sources added over D-Bus and kept.
    const std::vector<Kept>& kept() const { return m_kept; }

    // Keeps a source, or replaces the settings of one that is kept. When it cannot be written, or there is no folder or no
    // more room, nothing changes.
    std::expected<sync::SourceId, StateError> keep(const config::Source& source);

    // Keeps it no longer; its id stays remembered. Any member's id names the pool. True when it was kept.
    std::expected<bool, StateError> forget(sync::SourceId id);

    // Writes the ids now, if there is something to write.
    void flush();

    // Told why the ids cannot be written, and with an empty text once they can again.
    void tellProblems(std::function<void(const std::string&)> tell) { m_tell = std::move(tell); }

private:
    struct Key {
        std::string host; // as compared: lower case, no final dot, numeric ones in one form
        std::uint16_t port = 0;
        int index = -1; // of a pool's member; -1 for a source that is no pool

        friend auto operator<=>(const Key&, const Key&) = default;
    };
    struct Entry {
        sync::SourceId id;
        std::uint64_t lastUsed = 0; // number of the start at which it was last asked for
    };

    static Key keyOf(const config::Source& source, int index = 0);
    void readIds();
    void readKept();
    void changed();
    std::expected<void, StateError> saveKept(const std::vector<Kept>& kept);
    void dropOldest();
    sync::SourceId nextId();

    const StateDirectory* m_directory;
    std::vector<std::string> m_complaints;
    std::map<Key, Entry> m_entries;
    std::uint64_t m_start = 1; // number of this start
    std::uint32_t m_next = 1;  // the id to give next
    std::vector<Kept> m_kept;
    std::string m_notUnderstood;            // parts of sources.toml, kept as they are
    std::optional<StateError> m_unreadable; // sources.toml, whose entries must not be overwritten then
    std::function<void(const std::string&)> m_tell;
    bool m_hasChanged = false;
    QTimer m_flushSoon; // sources mostly come several at once
};

} // namespace foliot::daemon
