// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/nts/session_file.h"

#include "daemon/log.h"
#include "daemon/state/state_directory.h"
#include "files/wiped.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace foliot::daemon {

namespace {

const std::string fileName = "nts-sessions";

void logError(const StateError& error)
{
    qCWarning(logSource).noquote() << QString::fromStdString(error.message);
}

bool isAt(const KeptSession& kept, const KeyHost& host)
{
    return kept.keyHost.host == host.host && kept.keyHost.endpoint.port == host.endpoint.port &&
           (!host.isOneOfMany || kept.keyHost.endpoint == host.endpoint);
}

KeptSession partSetAside(const KeptSession& kept)
{
    const auto count = static_cast<std::ptrdiff_t>(SessionFile::countSetAside(kept.cookies.size()));
    return {.source = kept.source,
        .keyHost = kept.keyHost,
        .algorithm = kept.algorithm,
        .keys = {.clientToServer = kept.keys.clientToServer.copy(), .serverToClient = kept.keys.serverToClient.copy()},
        .cookies = std::vector(kept.cookies.end() - count, kept.cookies.end()),
        .server = kept.server,
        .tls = kept.tls,
        .lastExchange = kept.lastExchange};
}

} // namespace

std::size_t SessionFile::countSetAside(std::size_t cookies)
{
    return std::min(nts::wantedCookies, cookies) / 2;
}

void SessionFile::open(const StateDirectory& directory)
{
    m_directory = &directory;
    auto content = directory.read(fileName);
    if (!content)
        logError(content.error());
    if (!content || !*content)
        return;
    const files::Wiped wiped(**content);
    // Before anything of it is used: whoever ends us from here on leaves no cookie that was sent.
    if (const auto removed = directory.remove(fileName); !removed)
        logError(removed.error());
    else
        m_untaken = readKeptSessions(**content);
}

std::optional<KeptSession> SessionFile::take(sync::SourceId source, const KeyHost& host)
{
    std::optional<KeptSession> taken;
    const auto at = std::ranges::find_if(
        m_untaken, [&](const KeptSession& kept) { return kept.source == source && isAt(kept, host); });
    if (at != m_untaken.end())
        taken = std::move(*at);
    drop(source);
    return taken;
}

bool SessionFile::drop(sync::SourceId source)
{
    return std::erase_if(m_untaken, [source](const KeptSession& kept) { return kept.source == source; }) != 0;
}

bool SessionFile::dropUnless(const std::function<bool(const KeptSession&)>& isWanted)
{
    return std::erase_if(m_untaken, std::not_fn(isWanted)) != 0;
}

void SessionFile::write(std::vector<KeptSession> inUse) const
{
    std::ranges::transform(m_untaken, std::back_inserter(inUse), partSetAside);
    std::erase_if(inUse, [](const KeptSession& session) { return session.cookies.empty(); });
    replace(inUse);
}

void SessionFile::close(std::vector<KeptSession> inUse)
{
    std::ranges::move(m_untaken, std::back_inserter(inUse));
    m_untaken.clear();
    replace(inUse);
    m_directory = nullptr;
}

void SessionFile::replace(const std::vector<KeptSession>& sessions) const
{
    std::string content = writeKeptSessions(sessions);
    const files::Wiped wiped(content);
    const auto written = sessions.empty() ? m_directory->remove(fileName) : m_directory->writeSecret(fileName, content);
    if (!written)
        logError(written.error());
}

} // namespace foliot::daemon
