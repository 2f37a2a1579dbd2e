// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The server as the daemon has it: there when the configuration file or a person wants it, made anew when it has to be,
// remembered for the next start when that was asked for. Between Daemon, which reads the file, and the bus, where people ask.

#include "config/config.h"
#include "daemon/nts_server/nts_server.h"
#include "daemon/server/server.h"
#include "daemon/server/serving_choice.h"
#include "daemon/server/serving_error.h"
#include "daemon/state/state_directory.h"
#include "keys/key.h"

#include <QObject>
#include <QStringList>

#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace foliot::daemon {

class Clock;

// Where a person's wish serves, at the port of NTP: all of this machine's addresses; of a clock that is not the machine's,
// as in the try-out, nobody else may be told the time. IPv6 only where there is any.
std::vector<std::string> usualListen(const Clock& clock);

class Serving : public QObject {
    Q_OBJECT
public:
    struct Start {
        std::function<const sync::State&()> state; // what the timekeeping knows now
        AnsweredBy answeredBy = AnsweredBy::Workers;
        const StateDirectory* directory = nullptr; // null: nothing is kept; outlives this otherwise
        std::vector<std::string> listen;           // where a person's wish serves; empty: as usual
    };
    Serving(Clock& clock, Start start, QObject* parent = nullptr);
    ~Serving() override;

    // The file, as read at a start or a reload. nts: without certificates there is none.
    void configure(
        const config::Server& settings, const config::Simulation& simulation, const config::NtsServer& nts = {});

    void setKeys(const keys::KeyRing& keys);

    // The timekeeping's state changed.
    void refresh();

    // A person's wish; with keep also for the next start. Returns the addresses that are served then. After an error
    // nothing has changed.
    std::expected<QStringList, ServingError> request(bool isServing, bool keep);

    bool isWanted() const { return m_choice.wish() != ServingWish::Nobody; }
    ServerReport report() const;
    NtsServerReport ntsReport() const { return m_nts.report(); }

    // See Server::clients(); empty too when nothing is served.
    std::optional<std::vector<ClientRecord>> clients(std::size_t most) const;

Q_SIGNALS:
    // Whether time is wanted to be served, or where it is.
    void changed();

private:
    void apply();
    void startServer();

    Clock& m_clock;
    Start m_start;
    ServingChoice m_choice;
    config::Server m_inForce;
    config::Simulation m_simulation;
    config::NtsServer m_ntsSettings;
    keys::KeyRing m_keys;
    NtsServer m_nts;
    std::unique_ptr<Server> m_server;
};

} // namespace foliot::daemon
