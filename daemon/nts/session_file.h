// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Where keys and cookies outlast a restart: the file in the state folder, and what the run before us left in it for sources
// that were not asked yet. Filled and asked by NtsClient.

#include "daemon/nts/kept_sessions.h"

#include <functional>
#include <optional>
#include <vector>

namespace foliot::daemon {

class StateDirectory;

class SessionFile {
public:
    // How many of so many cookies lie in the file while we run, and are not sent: the newest.
    static std::size_t countSetAside(std::size_t cookies);

    // Takes the file away and what is in it over. The folder outlives this.
    void open(const StateDirectory& directory);
    // False: nothing is kept.
    bool isOpen() const { return m_directory != nullptr; }

    // What was left for the source at this host. Whatever else was left for it is of no use to it, and dropped.
    std::optional<KeptSession> take(sync::SourceId source, const KeyHost& host);
    // True when there was something to drop; the file may still hold it.
    bool drop(sync::SourceId source);
    bool dropUnless(const std::function<bool(const KeptSession&)>& isWanted);

    // inUse: those of sources that are asked, with no cookie that is or will be sent. Of those that were not taken the file
    // gets the cookies that are not sent either when they are taken later.
    void write(std::vector<KeptSession> inUse) const;
    // The end: everything that is left, and nothing afterwards.
    void close(std::vector<KeptSession> inUse);

private:
    void replace(const std::vector<KeptSession>& sessions) const;

    const StateDirectory* m_directory = nullptr;
    std::vector<KeptSession> m_untaken;
};

} // namespace foliot::daemon
