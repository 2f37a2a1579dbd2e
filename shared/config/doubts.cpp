// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/doubts.h"

#include "config/settings.h"

#include <algorithm>
#include <format>

namespace foliot::config {

namespace {

// How many of the configured sources can come to be used; one that is noselect never is.
int usableSources(const Config& config, bool withNtsAlone)
{
    int count = 0;
    for (const Source& source : config.sources)
        if (!source.noSelect && (source.nts || !withNtsAlone))
            count += source.pool ? source.maxSources : 1;
    return count;
}

void doubtSelection(const Config& config, const WhereWritten& whereWritten, Problems& problems)
{
    if (config.sources.empty())
        return; // they are added while foliotd runs, and nobody knows how many
    if (usableSources(config, false) == 0) {
        const auto noSelect = whereWritten("source", "noselect");
        if (noSelect && config.clock.type != ClockType::None)
            problems.warn(*noSelect, "source.noselect", "it is said of all sources, and the clock is left alone",
                "take it away from those to follow, or write type = \"none\" in [clock]");
        return;
    }
    const bool needsNts = config.selection.requireNts;
    const int usable = usableSources(config, needsNts);
    const auto requireNts = whereWritten("selection", "require-nts");
    if (needsNts && usable == 0 && requireNts)
        return problems.warn(*requireNts, "selection.require-nts",
            "no source that may be used has it, so that none is ever used",
            "set nts = true in the [[source]] of a server that offers it");
    const auto minSources = whereWritten("selection", "min-sources");
    if (minSources && config.selection.minSources > usable)
        problems.warn(*minSources, "selection.min-sources",
            std::format("{} sources never agree where at most {} can be used, and the clock is left alone",
                config.selection.minSources, usable),
            "add sources, or take less for enough");
}

void doubtServer(const Config& config, const WhereWritten& whereWritten, Problems& problems)
{
    // Any setting but the addresses that make it a server.
    const auto isWritten = [&](const Setting& setting) {
        return setting.section == "server" && whereWritten("server", setting.key).has_value();
    };
    const auto written = std::ranges::find_if(settings(), isWritten);
    if (written != settings().end() && !whereWritten("server", "listen"))
        problems.warn(*whereWritten("server", written->key), "server",
            "without addresses to listen on, nothing is served until somebody asks for it by \"foliotctl serve on\"",
            "write listen = [\"0.0.0.0\", \"[::]\"]");
    const auto allow = whereWritten("server", "allow");
    if (allow && config.server.allow.empty())
        problems.warn(*allow, "server.allow", "nobody is in it, so that nobody gets an answer",
            "name networks, or take it away for this computer and private networks");
}

} // namespace

void doubt(const Config& config, const WhereWritten& whereWritten, Problems& problems)
{
    doubtSelection(config, whereWritten, problems);
    doubtServer(config, whereWritten, problems);
}

} // namespace foliot::config
