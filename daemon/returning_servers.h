// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Remembers servers whose sources were removed a moment ago. Whoever adds and removes a source again and again, a script or a
// person who tries options, would otherwise burst its server each time. Fed by the engine.

#include "config/config.h"
#include "ntp/time.h"
#include "sync/source_id.h"

#include <map>
#include <optional>
#include <string>
#include <utility>

namespace foliot::daemon {

class ReturningServers {
public:
    // Nothing for a server that was not a source lately; it is asked as any. Otherwise how long the first query has to wait,
    // and there must be no burst. The first few returns wait for nothing, the later ones for the shortest poll interval.
    std::optional<Nanoseconds> opened(sync::SourceId source, const config::Source& settings, RawTime now);
    void closed(sync::SourceId source, RawTime now);

private:
    using Server = std::pair<std::string, int>; // as configured, and its port
    struct Gone {
        RawTime leftAt;
        RawTime paidUntil; // each return costs the shortest poll interval
    };

    void forgetOld(RawTime now);

    std::map<sync::SourceId, Server> m_open;
    std::map<Server, Gone> m_gone;
};

} // namespace foliot::daemon
