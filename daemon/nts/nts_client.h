// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Keys and cookies of the authenticated sources: exchanges keys when there are none, when the cookies are spent and when
// the server refuses them, and not again too soon. Asked by the questioner before each query. RFC 8915 sections 4.2 and 5.7.

#include "daemon/net/resolver.h"
#include "daemon/nts/key_exchange.h"
#include "daemon/nts/nts_facts.h"
#include "daemon/nts/session_file.h"
#include "sync/source_id.h"

#include <QObject>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>

namespace foliot::daemon {

struct NtsTimes {
    std::chrono::milliseconds deadline{5000};     // of a key exchange
    std::chrono::milliseconds firstRetry{10'000}; // section 4.2; each further one half as long again
    std::chrono::milliseconds longestRetry{432'000'000};
};

class StateDirectory;

class NtsClient : public QObject {
    Q_OBJECT
public:
    // The resolver is for the time servers that key servers name.
    NtsClient(std::unique_ptr<Resolver> resolver, const NtsTimes& times = {}, QObject* parent = nullptr);
    ~NtsClient() override;

    // As in TlsWish; for the exchanges that begin from now on.
    void setTrustedFile(const std::string& file) { m_trustedFile = file; }

    // Goes on with the keys and cookies that are kept there, and keeps them there from now on. No cookie is sent that
    // lies in the file: it is taken away before the first is used, and what is written while we run are cookies that are
    // set aside until it is written again. The folder outlives this.
    void keepIn(const StateDirectory& directory);
    // What the run before us left for sources that were not asked yet and are none any more is forgotten.
    void keepOnly(const std::function<bool(const KeptSession&)>& isWanted);
    // The end: all that is left is kept, and nothing is sent any more.
    void keepAll();

    enum class Readiness : std::uint8_t {
        Ready,   // there are keys and a cookie: session() and server() say with what to ask
        Working, // keys are being exchanged: prepared() or failed() follows
        NotYet,  // it failed, and it is too soon to try again
    };
    Readiness prepare(sync::SourceId source, const KeyHost& server, const DateRule& dates);

    // Of a source that is Ready.
    std::shared_ptr<nts::Session> session(sync::SourceId source) const;
    Endpoint server(sync::SourceId source) const;

    // What became of the query.
    void answered(sync::SourceId source); // authentically
    void refused(sync::SourceId source);  // NTS NAK
    void unanswered(sync::SourceId source);

    // The network is another one now: who could not be reached may be tried again.
    void retry();

    // Its address is another one now: keys and cookies are not for that.
    void addressChanged(sync::SourceId source);
    void forget(sync::SourceId source);

    // Its certificate was believed while our clock may have been wrong, and is not valid at this time: keys and cookies
    // are thrown away. False when nothing is wrong.
    bool distrust(sync::SourceId source, RealTime now);

    // Empty for a source that was never prepared.
    std::optional<NtsFacts> facts(sync::SourceId source) const;

Q_SIGNALS:
    void prepared(foliot::sync::SourceId source);
    void failed(foliot::sync::SourceId source, foliot::daemon::KeyServerFault fault, const QString& why);

private:
    using Steady = std::chrono::steady_clock::time_point;

    // After a refusal the next query decides: only when it is of no use either are the keys thrown away.
    enum class Doubt : std::uint8_t { None, Refused, Useless };

    struct Association {
        KeyHost keyHost;
        std::unique_ptr<KeyExchange> exchange; // while it runs
        std::shared_ptr<nts::Session> session; // null before the first keys
        std::optional<nts::SessionKeys> compliantKeys;
        Endpoint server;
        Doubt doubt = Doubt::None;
        int attempts = 0; // since the last authentic answer
        Steady notBefore{};
        bool wasUnreachable = false;       // the last time
        std::vector<nts::Cookie> setAside; // they lie in the file
        Steady setAsideAt{};
        std::set<Endpoint> tried; // addresses that were tried since then
        std::string awaitedName;  // of the time server, while it is looked up
        std::uint16_t awaitedPort = 0;
        NtsFacts facts;
    };

    bool resume(sync::SourceId source, Association& association);
    void setAside(Association& association);
    void dropKeys(Association& association);
    void writeSetAside();
    static KeptSession keptFrom(
        sync::SourceId source, const Association& association, std::vector<nts::Cookie> cookies);
    bool mayExchange(const Association& association, const Endpoint& endpoint) const;
    void exchange(sync::SourceId source, Association& association, const DateRule& dates);
    void exchanged(sync::SourceId source, RealTime now, KeyExchange::Outcome outcome);
    void found(sync::SourceId source, Association& association, const QHostAddress& address);
    void fail(sync::SourceId source, Association& association, KeyServerFault fault, const QString& why);
    void resolved(const QString& name, const QList<QHostAddress>& addresses);
    void unresolvable(const QString& name, const QString& why);
    static bool isUsable(const Association& association);

    std::unique_ptr<Resolver> m_resolver;
    const NtsTimes m_times;
    std::string m_trustedFile;
    SessionFile m_file;
    QTimer m_writeSoon; // exchanges mostly come several at once
    std::map<sync::SourceId, Association> m_associations;
};

} // namespace foliot::daemon
