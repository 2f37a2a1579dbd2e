// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/engine.h"

#include "config/address.h"
#include "daemon/clocks/clock.h"
#include "daemon/clocks/clock_set_watch.h"
#include "daemon/core_options.h"
#include "daemon/log.h"
#include "daemon/net/network_watch.h"
#include "daemon/net/random.h"
#include "daemon/net/resolver.h"
#include "daemon/notice_text.h"
#include "daemon/questioner.h"
#include "daemon/returning_servers.h"
#include "daemon/roster.h"
#include "daemon/state/source_registry.h"
#include "daemon/vector_registers.h"

#include <QTimer>

#include <algorithm>
#include <chrono>
#include <deque>

namespace foliot::daemon {

using namespace std::chrono_literals;

namespace {

// The timer stands still while the machine sleeps, so a sleep is noticed this late at worst.
constexpr Nanoseconds longestWait = 64s;
constexpr Nanoseconds preciseBelow = 4s; // a coarse timer may be 5 % off

std::unique_ptr<Resolver> orSystem(std::unique_ptr<Resolver> resolver)
{
    return resolver ? std::move(resolver) : std::make_unique<SystemResolver>();
}

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
        , roster(sourceRegistry, orSystem(std::move(start.resolver)))
        , questioner(keptClock, roster,
              {.notBefore = start.notBefore,
                  .queryTimes = start.queryTimes,
                  .ntsTimes = start.ntsTimes,
                  .ntsResolver = orSystem(std::move(start.ntsResolver)),
                  .trustedFile = startConfig.nts.trustedFile,
                  .directory = start.directory})
    {
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
        releaseVectorRegisters(); // a sample takes thousands of exponentials
        while (!waiting.empty()) {
            const sync::Event next = std::move(waiting.front());
            waiting.pop_front();
            for (const sync::Action& action : system.handle(next, clock.now()))
                std::visit([this](const auto& wanted) { carryOut(wanted); }, action);
        }
        isHandling = false;
        stateIsStale = true;
        if (!questioner.knowsTime() && engine.state().condition == sync::Condition::Synchronized)
            questioner.learnTime();
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

    void carryOut(const sync::Query& query) { questioner.ask(query.source); }
    void carryOut(const sync::SteerClock& action) { clock.steer(action.command); }
    void carryOut(const sync::StepClock& action)
    {
        commandedStep = action.offset;
        clock.step(action);
    }
    void carryOut(const sync::DeclareStatus& action) { clock.setStatus(action.status); }
    void carryOut(const sync::SaveDrift& action) { Q_EMIT engine.driftLearnt(action.drift); }
    void carryOut(const sync::ReplaceSource& action) { roster.replace(action.source); }
    void carryOut(const sync::Announce& announce)
    {
        const NoticeText notice = noticeText(announce, announce.source ? roster.describe(*announce.source) : QString());
        const auto category = announce.source ? logSource : logClock;
        switch (notice.level) {
        case NoticeLevel::Info:
            qCInfo(category).noquote() << notice.text;
            break;
        case NoticeLevel::Warning:
            qCWarning(category).noquote() << notice.text;
            break;
        }
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
        questioner.forgetKeysOfOthers();
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
        const config::Source& settings = roster.sources().at(source).settings;
        handle(sync::SourceAdded{source, sourceOptions(settings, config.selection.requireNts, phase),
            returning.opened(source, settings, clock.now().raw)});
        Q_EMIT engine.sourceAdded(source);
    }

    void sourceClosed(sync::SourceId source)
    {
        questioner.forget(source);
        returning.closed(source, clock.now().raw);
        handle(sync::SourceRemoved{source});
        Q_EMIT engine.sourceRemoved(source);
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
            questioner.networkChanged();
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

    Engine& engine;
    config::Config config;
    const std::uint64_t phase = randomTransmitTimestamp(); // of the queries
    Clock& clock;
    SourceRegistry& registry;
    const std::optional<sync::Drift> drift;
    sync::System system;
    sync::State state; // as last asked for
    bool stateIsStale = false;
    Roster roster;
    Questioner questioner;
    ReturningServers returning;
    std::unique_ptr<NetworkWatch> network;
    std::unique_ptr<ClockSetWatch> clockSet;
    QTimer wakeup;
    std::deque<sync::Event> waiting;
    bool isHandling = false;
    bool isStopped = false;
    bool wasOffline = false;
    std::optional<Nanoseconds> commandedStep; // since it was last asked for
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
        &parts->questioner, &Questioner::happened, this, [parts](const sync::Event& event) { parts->handle(event); });
    connect(&parts->questioner, &Questioner::changed, this, &Engine::stateChanged);
    connect(&parts->roster, &Roster::opened, this, [parts](sync::SourceId source) { parts->sourceOpened(source); });
    connect(&parts->roster, &Roster::closed, this, [parts](sync::SourceId source) { parts->sourceClosed(source); });
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
    m_parts->questioner.keepKeys();
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
    if (source.key != 0 && !m_parts->questioner.hasKey(static_cast<std::uint32_t>(source.key)))
        return std::unexpected(SourceError::NoSuchKey);
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

std::optional<Nanoseconds> Engine::step(Nanoseconds limit)
{
    m_parts->commandedStep.reset();
    m_parts->handle(sync::StepRequested{limit == 0ns ? Nanoseconds::max() : limit});
    return m_parts->commandedStep;
}

void Engine::setKeys(keys::KeyRing keys)
{
    m_parts->questioner.setKeys(std::move(keys));
}

void Engine::setLeapSeconds(const ntp::LeapSeconds& list)
{
    m_parts->handle(sync::LeapSecondsListed{list});
}

void Engine::reconfigure(const config::Config& config)
{
    m_parts->config.sources = config.sources;
    m_parts->takeSources();
    const bool isSame = config.selection == m_parts->config.selection && config.clock == m_parts->config.clock &&
                        config.server == m_parts->config.server;
    m_parts->config.selection = config.selection;
    m_parts->config.clock = config.clock;
    m_parts->config.server = config.server;
    if (!isSame)
        m_parts->handle(sync::SettingsChanged{systemOptions(config, m_parts->clock, m_parts->drift)});
}

} // namespace foliot::daemon
