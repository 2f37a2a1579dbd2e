// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/nts_server/identity_keeper.h"

#include <algorithm>
#include <cerrno>
#include <format>

namespace foliot::daemon {

IdentityKeeper::IdentityKeeper(Publication<Identities>& published, std::chrono::milliseconds interval, QObject* parent)
    : QObject(parent)
    , m_published(published)
{
    m_timer.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_timer, &QTimer::timeout, this, &IdentityKeeper::look);
    m_timer.start(interval);
}

void IdentityKeeper::keep(const std::vector<IdentityFiles>& files)
{
    std::vector<Kept> kept;
    for (const IdentityFiles& pair : files) {
        const auto before = std::ranges::find(m_kept, pair, &Kept::files);
        kept.push_back(before == m_kept.end() ? Kept{.files = pair} : *before);
        lookAt(kept.back());
    }
    m_kept = std::move(kept);
    publish();
}

void IdentityKeeper::look()
{
    bool hasChanged = false;
    for (Kept& kept : m_kept)
        hasChanged = lookAt(kept) || hasChanged;
    if (!hasChanged)
        return;
    publish();
    Q_EMIT changed();
}

// True when it was read anew. The traces are taken first: what changes while it is read is read again.
bool IdentityKeeper::lookAt(Kept& kept)
{
    const std::array traces{traceOf(kept.files.chain), traceOf(kept.files.key)};
    if (kept.seen == traces)
        return false;
    kept.seen = traces;
    auto identity = Identity::read(kept.files);
    kept.problem = identity ? std::string() : identity.error().text;
    if (identity)
        kept.identity = *std::move(identity);
    return true;
}

void IdentityKeeper::publish()
{
    std::vector<Identity> identities;
    for (const Kept& kept : m_kept)
        if (kept.identity)
            identities.push_back(*kept.identity);
    m_published.publish(Identities(std::move(identities)));
}

// What was wrong with the files when they were read last, and what is wrong with the certificate in force.
QString IdentityKeeper::problemOf(const Kept& kept, RealTime now)
{
    QStringList problems;
    if (!kept.problem.empty())
        problems.append(QString::fromStdString(kept.problem) +
                        (kept.identity ? QStringLiteral("; the certificate from before stays in use") : QString()));
    if (const auto problem = kept.identity ? kept.identity->dateProblem(now) : std::string_view(); !problem.empty())
        problems.append(QString::fromStdString(std::format("{}: {}", kept.files.chain.string(), problem)));
    return problems.join(QStringLiteral("; "));
}

std::vector<ServedIdentity> IdentityKeeper::identities(RealTime now) const
{
    std::vector<ServedIdentity> identities;
    for (const Kept& kept : m_kept)
        identities.push_back({.file = QString::fromStdString(kept.files.chain.string()),
            .certificate = kept.identity ? std::optional(kept.identity->certificate()) : std::nullopt,
            .problem = problemOf(kept, now)});
    return identities;
}

QStringList IdentityKeeper::problems(RealTime now) const
{
    QStringList problems;
    for (const Kept& kept : m_kept)
        if (const QString problem = problemOf(kept, now); !problem.isEmpty())
            problems.append(problem);
    return problems;
}

IdentityKeeper::Trace IdentityKeeper::traceOf(const std::filesystem::path& file)
{
    struct stat status{};
    if (::stat(file.c_str(), &status) != 0)
        return {.error = errno};
    return {.device = status.st_dev,
        .inode = status.st_ino,
        .size = status.st_size,
        .seconds = {status.st_mtim.tv_sec, status.st_ctim.tv_sec},
        .nanoseconds = {status.st_mtim.tv_nsec, status.st_ctim.tv_nsec}};
}

} // namespace foliot::daemon
