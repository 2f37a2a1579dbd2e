// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/engine.h"

#include "config/address.h"
#include "daemon/clocks/clock.h"
#include "daemon/clocks/clock_set_watch.h"
#include "daemon/core_options.h"
#include "daemon/log.h"
#include "daemon/net/network_watch.h"
#include "daemon/net/ntp_client.h"
#include "daemon/net/resolver.h"
#include "daemon/notice_text.h"
#include "daemon/roster.h"
#include "daemon/state/source_registry.h"

#include <QTimer>

#include <algorithm>
#include <chrono>
#include <deque>
#include <set>

namespace foliot::daemon {

using namespace std::chrono_literals;

namespace {

// The timer stands still while the machine sleeps, so a sleep is noticed this late at worst.
constexpr Nanoseconds longestWait = 64s;
constexpr Nanoseconds preciseBelow = 4s; // a coarse timer may be 5 % off

} // namespace

EngineStart::EngineStart() = default;
EngineStart::EngineStart(EngineStart&&) noexcept = default;
EngineStart::~EngineStart() = default;

struct Engine::Parts {
    Parts(Engine& owner, const config::Config& startConfig, Clock& keptClock, SourceRegistry& sourceRegistry,
        EngineStart start)
        : engine(owner)
        , config(startConfig)
        , clock(keptClock)
        , registry(sourceRegistry)
        , drift(start.drift)
        , system(systemOptions(startConfig, keptClock, start.drift), keptClock.now())
        , state(system.snapshot())
        , notBefore(start.notBefore)
        , client(keptClock, start.queryTimes)
        , nts(start.ntsResolver ? std::move(start.ntsResolver) : std::make_unique<SystemResolver>(), start.ntsTimes)
        , roster(sourceRegistry, start.resolver ? std::move(start.resolver) : std::make_unique<SystemResolver>())
    {
        client.setNotBefore(start.notBefore);
        nts.setTrustedFile(startConfig.nts.trustedFile);
        if (start.directory)
            nts.keepIn(*start.directory);
        if (start.watchMachine) {
            network = std::make_unique<NetworkWatch>();
            clockSet = std::make_unique<ClockSetWatch>();
        }
        wakeup.setSingleShot(true);
    }

    // Events that the actions bring about wait until the actions before them are done.
    void handle(const sync::Event& event)
    {
        if (isStopped)
            return;
        waiting.push_back(event);
        if (isHandling)
            return;
        isHandling = true;
        while (!waiting.empty()) {
            const sync::Event next = std::move(waiting.front());
            waiting.pop_front();
            for (const sync::Action& action : system.handle(next, clock.now()))
                std::visit([this](const auto& wanted) { carryOut(wanted); }, action);
        }
        isHandling = false;
        stateIsStale = true;
        reviewCertificates();
        schedule();
        Q_EMIT engine.stateChanged();
    }

    void schedule()
    {
        const auto next = system.nextWakeup();
        const Nanoseconds wait =
            next ? std::clamp<Nanoseconds>(*next - clock.now().raw, 0ns, longestWait) : longestWait;
        wakeup.setTimerType(wait < preciseBelow ? Qt::PreciseTimer : Qt::CoarseTimer);
        wakeup.start(std::chrono::ceil<std::chrono::milliseconds>(wait));
    }

    // --- actions ---

    void carryOut(const sync::Query& query)
    {
        const auto endpoint = roster.endpointOf(query.source);
        if (endpoint) {
            ask(query.source, *endpoint);
        } else if (roster.resolve(query.source)) {
            awaitingAddress.insert(query.source);
        } else {
            handle(sync::QueryFailed{query.source, sync::QueryFault::NameUnresolved});
        }
    }
    void ask(sync::SourceId source, const Endpoint& endpoint)
    {
        const config::Source& settings = roster.sources().at(source).settings;
        if (!settings.nts) {
            if (const auto other = authenticatedAt(endpoint))
                return yieldTo(*other, source);
            if (settings.key != 0)
                return client.askWithKey(source, endpoint, versionOf(source), static_cast<std::uint32_t>(settings.key));
            return client.ask(source, endpoint, versionOf(source));
        }
        switch (nts.prepare(
            source, {.host = settings.address, .endpoint = endpoint, .isOneOfMany = settings.pool}, dateRule())) {
        case NtsClient::Readiness::Ready:
            if (const auto other = authenticatedAt(nts.server(source)); other && *other < source)
                yieldTo(*other, source);
            else
                client.ask(source, nts.server(source), versionOf(source), nts.session(source));
            break;
        case NtsClient::Readiness::Working:
            awaitingKeys.insert(source);
            break;
        case NtsClient::Readiness::NotYet:
            handle(sync::QueryFailed{source, sync::QueryFault::NoKeys});
            break;
        }
        roster.setNts(source, nts.facts(source));
    }

    // The first of those that have keys for this server.
    std::optional<sync::SourceId> authenticatedAt(const Endpoint& server) const
    {
        for (const auto& [source, info] : roster.sources()) {
            const auto facts = info.settings.nts ? nts.facts(source) : std::nullopt;
            if (facts && facts->hasKeys && facts->server == server)
                return source;
        }
        return std::nullopt;
    }

    // Two sources that are one server would count as two opinions, and only one of them is proven.
    void yieldTo(sync::SourceId authenticated, sync::SourceId source)
    {
        roster.setError(
            source, QStringLiteral("Its server is asked already, authenticated, as %1.").arg(describe(authenticated)));
        sayOnce(source);
        handle(sync::QueryFailed{source, sync::QueryFault::NameUnresolved});
        if (roster.sources().at(source).settings.pool)
            roster.replace(source);
    }

    // Once we were synchronized our clock is taken to be right.
    DateRule dateRule() { return {.now = clock.now().real, .notBefore = notBefore, .isClockRight = knowsTime}; }
    void carryOut(const sync::SteerClock& action) { clock.steer(action.command); }
    void carryOut(const sync::StepClock& action)
    {
        commandedStep = true;
        clock.step(action);
    }
    void carryOut(const sync::SetClockStatus& action) { clock.setStatus(action.status); }
    void carryOut(const sync::SaveDrift& action) { Q_EMIT engine.driftLearnt(action); }
    void carryOut(const sync::ReplaceSource& action) { roster.replace(action.source); }
    void carryOut(const sync::Announce& announce)
    {
        const NoticeText notice = noticeText(announce, announce.source ? describe(*announce.source) : QString());
        const auto category = announce.source ? logSource : logClock;
        switch (notice.level) {
        case NoticeLevel::Info:
            qCInfo(category).noquote() << notice.text;
            break;
        case NoticeLevel::Warning:
            qCWarning(category).noquote() << notice.text;
            break;
        }
        Q_EMIT engine.announced(announce);
    }

    // --- sources ---

    // Those of the configuration, then those that were added and are kept.
    void takeSources()
    {
        leftOut.clear();
        for (const LeftOut& one : roster.reconfigure(config.sources))
            leaveOut(one);
        for (const SourceRegistry::Kept& kept : registry.kept()) {
            const auto added = roster.add(kept.settings, SourceOrigin::Kept);
            if (!added && added.error() != SourceError::Duplicate)
                leaveOut({.settings = kept.settings, .reason = added.error()});
        }
    }

    void leaveOut(const LeftOut& source)
    {
        const QString address =
            QString::fromStdString(config::writeAddress(source.settings.address, source.settings.port));
        const QString sentence =
            source.reason == SourceError::Duplicate
                ? QStringLiteral("%1 is not asked as configured: it is a source already, with other settings.")
                      .arg(address)
                : QStringLiteral("%1 is not asked: there are %2 sources already.")
                      .arg(address)
                      .arg(Roster::mostSources);
        leftOut.append(sentence);
        qCWarning(logSource).noquote() << sentence;
    }

    // --- what the parts report ---

    void sourceOpened(sync::SourceId source)
    {
        handle(sync::SourceAdded{
            source, sourceOptions(roster.sources().at(source).settings, config.selection.requireNts)});
        Q_EMIT engine.sourceAdded(source);
    }

    void sourceClosed(sync::SourceId source)
    {
        client.forget(source);
        nts.forget(source);
        awaitingAddress.erase(source);
        awaitingKeys.erase(source);
        saidProblem.erase(source);
        handle(sync::SourceRemoved{source});
        Q_EMIT engine.sourceRemoved(source);
    }

    void sourceAddressed(sync::SourceId source)
    {
        qCInfo(logSource).noquote() << describe(source) + QStringLiteral(": asked from now on");
        saidProblem.erase(source);
        if (awaitingAddress.erase(source) != 0) {
            ask(source, *roster.endpointOf(source));
            return;
        }
        client.forget(source);
        nts.addressChanged(source);
        awaitingKeys.erase(source);
        handle(sync::SourceReplaced{source});
    }

    void sourceUnresolved(sync::SourceId source)
    {
        sayOnce(source);
        if (awaitingAddress.erase(source) != 0)
            handle(sync::QueryFailed{source, sync::QueryFault::NameUnresolved});
        else
            Q_EMIT engine.stateChanged();
    }

    // The retries between are not worth a line each.
    void sayOnce(sync::SourceId source)
    {
        QString& said = saidProblem[source];
        if (const QString& error = roster.sources().at(source).lastError; error != said) {
            said = error;
            qCWarning(logSource).noquote() << error;
        }
    }

    void keysPrepared(sync::SourceId source)
    {
        const NtsFacts facts = *nts.facts(source);
        qCInfo(logSource).noquote() << describe(source) + QStringLiteral(": keys exchanged, ") + facts.tls.version +
                                           QStringLiteral(", ") + facts.algorithm +
                                           QStringLiteral(", %1 cookies").arg(facts.cookies);
        if (facts.tls.areDatesExcused)
            qCWarning(logSource).noquote()
                << describe(source) + QStringLiteral(": its certificate is not valid by our clock, which may be wrong; "
                                                     "it is judged again once the time is known");
        roster.setError(source, {});
        saidProblem.erase(source);
        if (awaitingKeys.erase(source) != 0)
            ask(source, *roster.endpointOf(source));
        else
            Q_EMIT engine.stateChanged();
    }

    void keysFailed(sync::SourceId source, KeyExchangeFault fault, const QString& why)
    {
        roster.setError(source, why);
        roster.setNts(source, nts.facts(source));
        sayOnce(source);
        if (awaitingKeys.erase(source) != 0)
            handle(sync::QueryFailed{source, sync::QueryFault::NoKeys});
        else
            Q_EMIT engine.stateChanged();
        if (fault == KeyExchangeFault::Network)
            roster.replace(source);
    }

    // Certificates that were believed by a clock that might have been wrong.
    void reviewCertificates()
    {
        if (knowsTime || engine.state().condition != sync::Condition::Synchronized)
            return;
        knowsTime = true;
        const RealTime now = clock.now().real;
        for (const auto& [source, info] : roster.sources()) {
            if (!nts.distrust(source, now))
                continue;
            client.forget(source);
            handle(sync::SourceReplaced{source}); // what it told does not count
        }
    }

    void queryHappened(const sync::Event& event)
    {
        if (const auto* measured = std::get_if<sync::MeasurementReceived>(&event)) {
            nts.answered(measured->source);
            worksAgain(measured->source);
            logMeasurement(*measured);
        }
        if (const auto* kissed = std::get_if<sync::KissReceived>(&event)) {
            if (kissed->kiss.code == ntp::KissCode::NtsNak)
                nts.refused(kissed->source);
            worksAgain(kissed->source);
        }
        if (const auto* silent = std::get_if<sync::QueryTimedOut>(&event)) {
            nts.unanswered(silent->source);
            roster.setNts(silent->source, nts.facts(silent->source));
        }
        handle(event);
    }

    void worksAgain(sync::SourceId source)
    {
        roster.works(source);
        roster.setNts(source, nts.facts(source));
    }

    void logMeasurement(const sync::MeasurementReceived& event) const
    {
        const ntp::Measurement& m = event.measurement;
        qCDebug(logSource).noquote() << describe(event.source) << "offset" << durationText(ntp::offset(m)) << "delay"
                                     << durationText(ntp::delay(m)) << "stamps"
                                     << (m.localTransmit.origin == StampOrigin::UserSpace ? "user space" : "kernel")
                                     << durationText(m.localTransmit.error)
                                     << (m.localReceive.origin == StampOrigin::UserSpace ? "user space" : "kernel")
                                     << durationText(m.localReceive.error) << "stratum" << m.stratum << "dispersion"
                                     << durationText(m.rootDispersion);
    }

    void queryCannotBeSent(sync::SourceId source, const QString& why)
    {
        const auto endpoint = roster.endpointOf(source);
        roster.setError(
            source, QStringLiteral("%1 cannot be asked: %2.").arg(endpoint ? endpointText(*endpoint) : QString(), why));
        qCDebug(logSource).noquote() << roster.sources().at(source).lastError;
    }

    void networkChanged(bool isOnline)
    {
        const bool cameBack = isOnline && wasOffline;
        wasOffline = !isOnline;
        const auto& sources = engine.state().sources;
        const bool anyIsSilent =
            std::ranges::any_of(sources, [](const auto& source) { return (source.reach & 1U) == 0; });
        if (isOnline && (cameBack || anyIsSilent)) {
            roster.retry(clock.now().raw);
            nts.retry();
            handle(sync::NetworkChanged{.online = true});
        } else if (!isOnline && usesNetwork()) {
            handle(sync::NetworkChanged{.online = false});
        } else {
            handle(sync::Wakeup{}); // the machine may have slept
        }
    }

    bool usesNetwork() const
    {
        return std::ranges::any_of(
            roster.sources(), [](const auto& entry) { return !entry.second.address.isLoopback(); });
    }

    std::uint8_t versionOf(sync::SourceId source) const
    {
        return static_cast<std::uint8_t>(roster.sources().at(source).settings.version);
    }

    // "ntp.example.org (192.0.2.1:123)"
    QString describe(sync::SourceId source) const
    {
        const auto at = roster.sources().find(source);
        if (at == roster.sources().end())
            return QStringLiteral("source %1").arg(source.value);
        const auto endpoint = roster.endpointOf(source);
        return endpoint ? QStringLiteral("%1 (%2)").arg(at->second.name, endpointText(*endpoint)) : at->second.name;
    }

    Engine& engine;
    config::Config config;
    Clock& clock;
    SourceRegistry& registry;
    const std::optional<sync::SaveDrift> drift;
    sync::System system;
    sync::State state; // as last asked for
    bool stateIsStale = false;
    const RealTime notBefore;
    bool knowsTime = false; // we were synchronized
    NtpClient client;
    NtsClient nts;
    Roster roster;
    std::unique_ptr<NetworkWatch> network;
    std::unique_ptr<ClockSetWatch> clockSet;
    QTimer wakeup;
    std::deque<sync::Event> waiting;
    bool isHandling = false;
    bool isStopped = false;
    bool wasOffline = false;
    bool commandedStep = false;                    // since it was last asked for
    std::set<sync::SourceId> awaitingAddress;      // a query waits for the name's address
    std::set<sync::SourceId> awaitingKeys;         // a query waits for a key exchange
    std::map<sync::SourceId, QString> saidProblem; // what the log was told of it
    QStringList leftOut;
};

Engine::Engine(const config::Config& config, Clock& clock, SourceRegistry& registry, EngineStart start, QObject* parent)
    : QObject(parent)
    , m_parts(std::make_unique<Parts>(*this, config, clock, registry, std::move(start)))
{
    Parts* parts = m_parts.get();
    connect(&parts->wakeup, &QTimer::timeout, this, [parts] { parts->handle(sync::Wakeup{}); });
    connect(&parts->clock, &Clock::reported, this,
        [parts](const sync::ClockReport& report) { parts->handle(sync::ClockReported{report}); });
    connect(
        &parts->client, &NtpClient::happened, this, [parts](const sync::Event& event) { parts->queryHappened(event); });
    connect(&parts->client, &NtpClient::failed, this,
        [parts](sync::SourceId source, const QString& why) { parts->queryCannotBeSent(source, why); });
    connect(&parts->nts, &NtsClient::prepared, this, [parts](sync::SourceId source) { parts->keysPrepared(source); });
    connect(&parts->nts, &NtsClient::failed, this,
        [parts](sync::SourceId source, KeyExchangeFault fault, const QString& why) {
            parts->keysFailed(source, fault, why);
        });
    connect(&parts->roster, &Roster::opened, this, [parts](sync::SourceId source) { parts->sourceOpened(source); });
    connect(&parts->roster, &Roster::closed, this, [parts](sync::SourceId source) { parts->sourceClosed(source); });
    connect(
        &parts->roster, &Roster::addressed, this, [parts](sync::SourceId source) { parts->sourceAddressed(source); });
    connect(
        &parts->roster, &Roster::unresolved, this, [parts](sync::SourceId source) { parts->sourceUnresolved(source); });
    if (parts->network) {
        connect(parts->network.get(), &NetworkWatch::changed, this,
            [parts](bool online) { parts->networkChanged(online); });
    }
    if (parts->clockSet) {
        connect(parts->clockSet.get(), &ClockSetWatch::changed, this, [parts] { parts->handle(sync::Wakeup{}); });
    }
}

Engine::~Engine()
{
    // The clock outlives us and may still have something to report.
    disconnect(&m_parts->clock, nullptr, this, nullptr);
}

void Engine::start()
{
    // The clock runs by what was learnt before until there is something newer; and its report says how it runs now.
    if (m_parts->clock.canSteer()) {
        m_parts->clock.steer(
            {.baseFrequencyPpm = m_parts->drift ? m_parts->drift->frequencyPpm : m_parts->clock.baseFrequencyPpm()});
    }
    m_parts->takeSources();
    m_parts->handle(sync::Wakeup{});
}

void Engine::stop()
{
    if (m_parts->isStopped)
        return;
    m_parts->isStopped = true;
    m_parts->wakeup.stop();
    m_parts->nts.keepAll();
    if (m_parts->clock.canSteer())
        m_parts->clock.steer({.baseFrequencyPpm = m_parts->clock.baseFrequencyPpm()});
}

const sync::State& Engine::state() const
{
    if (m_parts->stateIsStale) {
        m_parts->state = m_parts->system.snapshot();
        m_parts->stateIsStale = false;
    }
    return m_parts->state;
}

const std::map<sync::SourceId, SourceInfo>& Engine::sources() const
{
    return m_parts->roster.sources();
}

Clock& Engine::clock() const
{
    return m_parts->clock;
}

std::expected<sync::SourceId, SourceError> Engine::addSource(const config::Source& source, bool keep)
{
    const auto id = m_parts->roster.add(source, keep ? SourceOrigin::Kept : SourceOrigin::Added);
    if (!id || !keep)
        return id;
    if (const auto kept = m_parts->registry.keep(source); !kept) {
        qCWarning(logSource).noquote() << QString::fromStdString(kept.error().message);
        std::ignore = m_parts->roster.remove(*id);
        return std::unexpected(SourceError::NotKept);
    }
    return id;
}

std::expected<void, SourceError> Engine::removeSource(sync::SourceId source)
{
    if (m_parts->roster.sources().contains(source) && m_parts->roster.standsAlone(source)) {
        if (const auto forgotten = m_parts->registry.forget(source); !forgotten) {
            qCWarning(logSource).noquote() << QString::fromStdString(forgotten.error().message);
            return std::unexpected(SourceError::NotKept);
        }
    }
    return m_parts->roster.remove(source);
}

const QStringList& Engine::leftOut() const
{
    return m_parts->leftOut;
}

void Engine::refresh()
{
    m_parts->roster.retry(m_parts->clock.now().raw);
    m_parts->handle(sync::RefreshRequested{});
}

bool Engine::step(Nanoseconds limit)
{
    m_parts->commandedStep = false;
    m_parts->handle(sync::StepRequested{limit == 0ns ? Nanoseconds::max() : limit});
    return m_parts->commandedStep;
}

void Engine::setKeys(keys::KeyRing keys)
{
    m_parts->client.setKeys(std::move(keys));
}

void Engine::reconfigure(const config::Config& config)
{
    m_parts->config.sources = config.sources;
    m_parts->takeSources();
    const bool isSame = config.selection == m_parts->config.selection && config.clock == m_parts->config.clock;
    m_parts->config.selection = config.selection;
    m_parts->config.clock = config.clock;
    if (!isSame)
        m_parts->handle(sync::SettingsChanged{systemOptions(config, m_parts->clock, m_parts->drift)});
}

} // namespace foliot::daemon
