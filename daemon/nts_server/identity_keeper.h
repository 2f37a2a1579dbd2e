// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Keeps the server's identities as their files are: looks from time to time whether a file has changed, since certificates are
// renewed while we run, and publishes what it reads. What cannot be used changes nothing, and is said. In the event loop.

#include "daemon/nts_server/identity.h"
#include "daemon/nts_server/nts_server_report.h"
#include "daemon/server/publication.h"

#include <QObject>
#include <QStringList>
#include <QTimer>

#include <sys/stat.h>

#include <array>
#include <chrono>
#include <optional>
#include <vector>

namespace foliot::daemon {

class IdentityKeeper : public QObject {
    Q_OBJECT
public:
    static constexpr std::chrono::seconds usualInterval{10};

    explicit IdentityKeeper(Publication<Identities>& published, std::chrono::milliseconds interval = usualInterval,
        QObject* parent = nullptr);

    // These from now on.
    void keep(const std::vector<IdentityFiles>& files);
    // Reads what has changed since it was last read, whether that was of use or not.
    void look();

    // In the order of their files; now: by which certificates are judged.
    std::vector<ServedIdentity> identities(RealTime now) const;
    // Of all of them.
    QStringList problems(RealTime now) const;

Q_SIGNALS:
    // A file has changed, for better or worse.
    void changed();

private:
    // By which a file is known to be the one that was read.
    struct Trace {
        int error = 0; // errno; the others are 0 then
        dev_t device = 0;
        ino_t inode = 0;
        off_t size = 0;
        std::array<time_t, 2> seconds{}; // of the content, of the rest
        std::array<long, 2> nanoseconds{};

        friend bool operator==(const Trace&, const Trace&) = default;
    };
    struct Kept {
        IdentityFiles files;
        std::optional<std::array<Trace, 2>> seen;
        std::optional<Identity> identity;
        std::string problem; // with what was read last
    };
    static Trace traceOf(const std::filesystem::path& file);
    static bool lookAt(Kept& kept);
    static QString problemOf(const Kept& kept, RealTime now);
    void publish();

    Publication<Identities>& m_published;
    std::vector<Kept> m_kept;
    QTimer m_timer;
};

} // namespace foliot::daemon
