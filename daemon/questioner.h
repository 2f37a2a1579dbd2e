// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Puts the core's queries to the sources: waits for the address and for the keys that a query lacks, sends it, and says
// as an event what came of it. Asked by the engine; learns addresses from the roster and tells it how the sources fare.

#include "daemon/net/ntp_client.h"
#include "daemon/nts/nts_client.h"
#include "sync/event.h"

#include <QObject>

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

namespace foliot::daemon {

class Clock;
class Roster;
class StateDirectory;

struct QuestionerStart {
    RealTime notBefore{}; // it is later than this, whatever the clock says
    QueryTimes queryTimes;
    NtsTimes ntsTimes;
    std::unique_ptr<Resolver> ntsResolver; // for the time servers of key exchanges
    std::string trustedFile;               // as in TlsWish
    const StateDirectory* directory;       // where keys and cookies are kept; null: nowhere
};

class Questioner : public QObject {
    Q_OBJECT
public:
    Questioner(Clock& clock, Roster& roster, QuestionerStart start, QObject* parent = nullptr);
    ~Questioner() override;

    // happened() follows, perhaps at once: what came of the query, or that the source is another one now.
    void ask(sync::SourceId source);

    // What is open for this source ends without an event.
    void forget(sync::SourceId source);

    // Sources are those of the roster: what is kept for others from the run before is erased.
    void forgetKeysOfOthers();

    // The symmetric keys of queries from now on.
    void setKeys(keys::KeyRing keys) { m_client.setKeys(std::move(keys)); }
    bool hasKey(std::uint32_t id) const { return m_client.hasKey(id); }

    // The network is another one now: key servers that could not be reached may be tried again, and nobody there shall know
    // us again by what we say of earlier answers.
    void networkChanged();

    // The end: keys and cookies are kept.
    void keepKeys() { m_nts.keepAll(); }

    // Once we were synchronized our clock is taken to be right, and certificates that were believed without that are
    // judged again.
    bool knowsTime() const { return m_knowsTime; }
    void learnTime();

Q_SIGNALS:
    void happened(const foliot::sync::Event& event);
    void changed(); // something worth showing, which is no event

private:
    void askAt(sync::SourceId source, const Endpoint& endpoint);
    // The first of those that have keys for this server.
    std::optional<sync::SourceId> authenticatedAt(const Endpoint& server) const;
    void yieldTo(sync::SourceId authenticated, sync::SourceId source);
    DateRule dateRule();
    std::uint8_t versionOf(sync::SourceId source) const;
    QueryMode modeOf(sync::SourceId source) const;

    void addressed(sync::SourceId source);
    void unresolved(sync::SourceId source);
    void keysPrepared(sync::SourceId source);
    void keysFailed(sync::SourceId source, KeyServerFault fault, const QString& why);
    void answered(const sync::Event& event);
    void cannotBeSent(sync::SourceId source, const QString& why);
    void worksAgain(sync::SourceId source);

    // The retries between are not worth a line each.
    void sayOnce(sync::SourceId source);
    void logMeasurement(const sync::MeasurementReceived& event) const;

    Clock& m_clock;
    Roster& m_roster;
    const RealTime m_notBefore;
    bool m_knowsTime = false;
    NtpClient m_client;
    NtsClient m_nts;
    std::set<sync::SourceId> m_awaitingAddress;      // a query waits for the name's address
    std::set<sync::SourceId> m_awaitingKeys;         // a query waits for a key exchange
    std::map<sync::SourceId, QString> m_saidProblem; // what the log was told of it
};

} // namespace foliot::daemon
