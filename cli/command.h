// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What foliotctl was asked to do, done from the event loop. Ends with one finished().

#include "bus/client/client.h"
#include "cli/arguments.h"
#include "cli/exit_code.h"
#include "cli/snapshot.h"

#include <QObject>

#include <memory>

namespace foliot::cli {

class Command : public QObject {
    Q_OBJECT
public:
    Command(const bus::BusChoice& bus, bool isJson);

    virtual void start() = 0;

Q_SIGNALS:
    void finished(foliot::cli::ExitCode code);

protected:
    bus::Client& client() { return m_client; }
    bool isJson() const { return m_isJson; }
    Snapshot snapshot() const { return snapshotOf(m_client, m_bus); }

    // Prints a JSON object on lines of its own, or on one. False when nobody reads any more.
    static bool print(const QJsonObject& object, bool isOneLine);
    // Says on standard error why there is no daemon, and what to do.
    void explainAbsence() const;

private:
    bus::BusKind m_bus;
    bool m_isJson;
    bus::Client m_client;
};

// What the invocation asks for. bus: where the daemon is looked for.
std::unique_ptr<Command> makeCommand(const Invocation& invocation, const bus::BusChoice& bus);

} // namespace foliot::cli
