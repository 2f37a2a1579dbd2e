// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/daemon.h"

#include "bus/printable.h"
#include "config/setting_values.h"
#include "daemon/clocks/make_clock.h"
#include "daemon/configuration_file.h"
#include "daemon/engine.h"
#include "daemon/leap_file.h"
#include "daemon/log.h"
#include "daemon/notice_text.h"
#include "daemon/other_daemons.h"
#include "daemon/publisher/engine_binding.h"
#include "daemon/serving.h"
#include "daemon/state/drift_file.h"
#include "daemon/state/last_time.h"
#include "daemon/state_keeper.h"

#include <algorithm>
#include <utility>

namespace foliot::daemon {

namespace {

bool changesTheMachine(config::ClockType type)
{
    return type == config::ClockType::Helper || type == config::ClockType::Kernel;
}

QString statusSentence(const sync::State& state)
{
    switch (state.condition) {
    case sync::Condition::Starting:
        return QStringLiteral("Starting: no claim about the time yet.");
    case sync::Condition::Synchronized:
        return QStringLiteral("Synchronized: within %1 of UTC.").arg(loggedDuration(state.estimate.bound));
    case sync::Condition::Holdover:
        return QStringLiteral("No source can be used; the clock runs on by what was learnt.");
    case sync::Condition::NoMajority:
        return QStringLiteral("The sources disagree.");
    case sync::Condition::TooFewSources:
        return QStringLiteral("Too few sources agree.");
    case sync::Condition::Unreachable:
        return QStringLiteral("No source answers.");
    case sync::Condition::NoSources:
        return QStringLiteral("No source is configured.");
    case sync::Condition::StepRefused:
        return QStringLiteral("The clock is far off; a person has to allow a step (foliotctl step).");
    case sync::Condition::ClockFailed:
        return QStringLiteral("The clock cannot be changed; measuring only.");
    }
    return {};
}

} // namespace

Daemon::Daemon(config::Config config, const Options& options, QObject* parent)
    : QObject(parent)
    , m_config(std::move(config))
    , m_started(m_config)
    , m_options(options)
    , m_hadUsualFile(isUsualConfigurationThere())
{
    if (!m_options.useBus)
        m_config.bus.kind = config::BusKind::None;
}

Daemon::~Daemon()
{
    // It writes what is left to write when it goes, and then there is nobody to tell.
    if (m_registry)
        m_registry->tellProblems({});
}

bool Daemon::start()
{
    if (changesTheMachine(m_config.clock.type))
        beginBesideOthers();
    m_facts.version = QStringLiteral(FOLIOT_VERSION);
    m_facts.clockType = m_config.clock.type;
    openState();
    m_clock = makeClock(m_config);
    m_engine = std::make_unique<Engine>(m_config, *m_clock, *m_registry, recall());
    makeServing();
    readKeys();
    connect(m_engine.get(), &Engine::stateChanged, this, &Daemon::showStatus);
    if (m_state)
        keepState();
    connect(m_serving.get(), &Serving::changed, this, &Daemon::showFacts);
    m_serving->configure(m_config.server, m_config.simulation, m_config.ntsServer);
    if (!startBus())
        return false;
    m_engine->start();
    readLeapSeconds();
    m_facts.sourcesLeftOut = m_engine->leftOut();
    showFacts();
    showStatus();
    m_service.ready();
    return true;
}

// What an earlier run left for this one.
EngineStart Daemon::recall() const
{
    EngineStart start;
    start.watchMachine = m_options.useBus;
    const RealTime now = m_clock->now().real;
    TimeFloor floor{.time = buildTime()};
    if (m_state) {
        if (const auto saved = loadTimeFloor(*m_state))
            floor = *saved;
        else
            qCWarning(logDaemon).noquote() << QString::fromStdString(saved.error().message);
        if (const auto drift = loadDrift(*m_state, std::max(now, floor.time)))
            start.drift = *drift;
        else
            qCWarning(logDaemon).noquote() << QString::fromStdString(drift.error().message);
        start.directory = &*m_state;
    }
    if (isBehind(floor, now))
        qCWarning(logClock) << "the clock is behind a time that is known to be past: it is surely wrong";
    start.notBefore = floor.time;
    return start;
}

void Daemon::makeServing()
{
    m_serving = std::make_unique<Serving>(
        *m_clock, Serving::Start{.state = [engine = m_engine.get()]() -> const sync::State& { return engine->state(); },
                      .answeredBy = m_options.useBus ? AnsweredBy::Workers : AnsweredBy::EventLoop,
                      .directory = m_state ? &*m_state : nullptr});
    connect(m_engine.get(), &Engine::stateChanged, m_serving.get(), &Serving::refresh);
}

void Daemon::keepState()
{
    const bool keepsTime = m_config.clock.type != config::ClockType::Simulated;
    m_keeper = std::make_unique<StateKeeper>(*m_engine, *m_state, keepsTime);
    connect(m_keeper.get(), &StateKeeper::saved, this, &Daemon::noteStateProblem);
}

void Daemon::readLeapSeconds()
{
    m_leapFile = std::make_unique<LeapFile>([this] { return m_clock->now().real; });
    connect(m_leapFile.get(), &LeapFile::changed, this, &Daemon::takeLeapSeconds);
    m_leapFile->read(m_config.leap.list);
}

void Daemon::beginBesideOthers()
{
    const QStringList others = otherTimeDaemons();
    if (others.isEmpty())
        return;
    const QString names = others.join(QStringLiteral(", "));
    if (m_options.besideOthers) {
        qCWarning(logClock).noquote() << names +
                                             QStringLiteral(": may keep this clock too; steering it as we were told");
        return;
    }
    qCWarning(logClock).noquote() << names + QStringLiteral(
                                                 ": keeps this clock already; measuring only until foliotd is started "
                                                 "without it");
    m_config.clock.type = config::ClockType::None;
    m_facts.otherClockKeepers = others;
}

void Daemon::openState()
{
    if (!m_config.state.directory.empty()) {
        if (auto opened = StateDirectory::open(m_config.state.directory))
            m_state = std::move(*opened);
        else
            m_facts.stateProblem = QString::fromStdString(opened.error().message);
    }
    if (!m_facts.stateProblem.isEmpty()) {
        qCWarning(logDaemon).noquote() << m_facts.stateProblem +
                                              QStringLiteral("; nothing is remembered for the next start");
        m_config.state.directory.clear();
    }
    m_registry = std::make_unique<SourceRegistry>(m_state ? &*m_state : nullptr);
    for (const std::string& complaint : m_registry->complaints())
        qCWarning(logDaemon).noquote() << QString::fromStdString(complaint);
    m_registry->tellProblems([this](const std::string& problem) { noteStateProblem(QString::fromStdString(problem)); });
}

// Keys that cannot be read leave those from before in force, as a configuration does.
void Daemon::readKeys()
{
    auto keys =
        m_config.keys.file.empty() ? keys::KeyRing{} : keys::readKeyFile(m_config.keys.file, m_config.keys.allowMd5);
    if (!keys) {
        for (const std::string& problem : keys.error())
            m_facts.configurationProblem.append(bus::printable(QString::fromStdString(problem)) + u'\n');
        qCCritical(logDaemon).noquote() << m_facts.configurationProblem.trimmed();
        return;
    }
    m_engine->setKeys(*keys);
    m_serving->setKeys(*keys);
}

bool Daemon::startBus()
{
    const ServerCommands server{
        .serve = [serving = m_serving.get()](bool isServing, bool keep) { return serving->request(isServing, keep); },
        .clients = [serving = m_serving.get()](std::size_t most) { return serving->clients(most); }};
    auto publisher = publishEngine(*m_engine, server, m_config.bus.kind, m_facts);
    if (!publisher) {
        qCCritical(logBus).noquote() << publisher.error();
        return false;
    }
    m_publisher = *std::move(publisher);
    if (m_publisher) {
        m_publisher->setServer([serving = m_serving.get()] { return serving->report(); });
        m_publisher->setNtsServer([serving = m_serving.get()] { return serving->ntsReport(); });
    }
    return true;
}

void Daemon::showStatus()
{
    const sync::State& state = m_engine->state();
    if (m_shownCondition == state.condition)
        return;
    m_shownCondition = state.condition;
    m_service.status(statusSentence(state));
}

void Daemon::reload()
{
    m_service.reloading();
    // One that is gone was moved away, or is just being replaced: that is no wish for the defaults.
    m_hadUsualFile = m_hadUsualFile || isUsualConfigurationThere();
    const Absence absence = m_hadUsualFile ? Absence::IsAProblem : Absence::MeansDefaults;
    if (const auto reading = readConfiguration(m_options.configuration, absence)) {
        logWarnings(*reading);
        take(reading->config);
    } else {
        m_facts.configurationProblem = reading.error();
        qCWarning(logDaemon) << "the configuration stays as it was";
    }
    showFacts();
    m_service.ready();
}

void Daemon::take(const config::Config& config)
{
    m_engine->reconfigure(config);
    m_facts.sourcesLeftOut = m_engine->leftOut();
    m_config.sources = config.sources;
    m_config.selection = config.selection;
    m_config.server = config.server;
    m_config.simulation = config.simulation;
    m_config.ntsServer = config.ntsServer;
    m_serving->configure(config.server, config.simulation, config.ntsServer);
    m_config.leap = config.leap;
    m_leapFile->read(m_config.leap.list);
    m_config.keys = config.keys;
    m_facts.configurationProblem.clear();
    readKeys();
    m_facts.restartNeeded.clear();
    for (const std::string& setting : config::changedAtRestart(m_started, config))
        m_facts.restartNeeded.append(QString::fromStdString(setting));
    qCInfo(logDaemon) << "configuration read again";
    if (!m_facts.restartNeeded.isEmpty())
        qCWarning(logDaemon).noquote() << QStringLiteral("restart needed for ") +
                                              m_facts.restartNeeded.join(QStringLiteral(", "));
}

void Daemon::takeLeapSeconds()
{
    m_engine->setLeapSeconds(m_leapFile->list());
    m_facts.leapListExpires = m_leapFile->list().expires;
    m_facts.leapListProblem = m_leapFile->problem();
    if (!m_facts.leapListProblem.isEmpty())
        qCWarning(logClock).noquote() << m_facts.leapListProblem;
    showFacts();
}

void Daemon::noteStateProblem(const QString& problem)
{
    if (problem == m_facts.stateProblem)
        return;
    m_facts.stateProblem = problem;
    if (!problem.isEmpty())
        qCWarning(logDaemon).noquote() << problem + QStringLiteral("; lost at the next start");
    showFacts();
}

void Daemon::showFacts()
{
    m_facts.serverEnabled = m_serving && m_serving->isWanted();
    if (m_publisher)
        m_publisher->setFacts(m_facts);
}

void Daemon::stop()
{
    m_service.stopping();
    if (!m_engine)
        return;
    m_engine->stop();
    if (m_keeper)
        m_keeper->saveTime();
    m_publisher.reset();
    m_serving.reset();
}

} // namespace foliot::daemon
