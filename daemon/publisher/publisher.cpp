// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/publisher/publisher.h"

#include "bus/names.h"
#include "daemon/log.h"
#include "nts_server_adaptor.h"
#include "source_adaptor.h"

#include <QDBusConnectionInterface>

#include <algorithm>
#include <malloc.h>
#include <vector>

namespace foliot::daemon {

using namespace Qt::StringLiterals;
using SteadyClock = std::chrono::steady_clock;

namespace {

constexpr int mostDoublings = 5;

QString lostBus()
{
    return u"The connection to the bus was lost."_s;
}

QString unreachable(const QString& why)
{
    return u"The bus cannot be reached: "_s + why;
}

QVariantMap emptyClock(const DaemonFacts& facts)
{
    return clockProperties({}, {}, facts, {}, {});
}

} // namespace

Publisher::Publisher(const DaemonFacts& facts, Commands commands, std::unique_ptr<Authorizer> authorizer,
    const bus::BusChoice& choice, const Timing& timing, QObject* parent)
    : QObject(parent)
    , m_facts(facts)
    , m_authorizer(std::move(authorizer))
    , m_choice(choice)
    , m_timing(timing)
    , m_connection(QString())
    , m_budget(timing.calls)
{
    bus::registerTypes();
    publishBeforeAnswers(commands);
    m_serverObject = std::make_unique<ServerObject>(serverProperties({}), std::move(commands.server), *m_authorizer);
    m_ntsServerObject =
        std::make_unique<PublishedObject>(bus::ntsServerPath, bus::ntsServerInterface, ntsServerProperties({}, {}));
    new NtsServerAdaptor(m_ntsServerObject.get());
    m_clock = std::make_unique<ClockObject>(emptyClock(facts), std::move(commands), *m_authorizer, m_history);
    m_clock->setObjects([this] { return managedObjects(); });
    // Calls that waited took memory, which the allocator keeps when they are gone. Giving it back takes some 0.1 s for
    // 100 MiB, so it is done when nobody calls any more.
    connect(&m_budget, &CallBudget::floodEnded, this, [] { ::malloc_trim(0); });
    m_clock->limitCalls(m_budget);
    m_serverObject->limitCalls(m_budget);
    m_ntsServerObject->limitCalls(m_budget);

    m_flushTimer.setSingleShot(true);
    m_flushTimer.setTimerType(Qt::PreciseTimer); // a coarse one may come early, and the interval is a promise
    m_retryTimer.setSingleShot(true);
    connect(&m_flushTimer, &QTimer::timeout, this, &Publisher::flush);
    connect(&m_counterTimer, &QTimer::timeout, this, &Publisher::schedule);
    // The timekeeping goes on while a bus that hangs is asked whether it still does.
    connect(&m_retryTimer, &QTimer::timeout, this, [this] { m_probe.ask(m_choice); });
    connect(&m_probe, &bus::BusProbe::answered, this, &Publisher::reconnect);
}

// What an answer says was done is published before it, so that whoever reads next finds it.
void Publisher::publishBeforeAnswers(Commands& commands)
{
    commands.server.serve = [this, serve = std::move(commands.server.serve)](bool isServing, bool keep) {
        auto served = serve(isServing, keep);
        publishAll();
        return served;
    };
    commands.step = [this, step = std::move(commands.step)](
                        Nanoseconds limit, const Person& person, std::function<void(StepOutcome)> done) {
        step(limit, person, [this, done = std::move(done)](StepOutcome outcome) {
            publishAll();
            done(outcome);
        });
    };
}

Publisher::~Publisher()
{
    leaveBus();
}

std::expected<void, QString> Publisher::start()
{
    switch (whenNotSilent()) {
    case Arrival::OnBus:
        return {};
    case Arrival::NoName:
        leaveBus();
        return std::unexpected(m_problem);
    case Arrival::NoBus:
        qCWarning(logBus, "%s Trying again.", qUtf8Printable(m_problem));
        retryLater();
        return {};
    }
    Q_UNREACHABLE_RETURN({});
}

Publisher::Arrival Publisher::whenNotSilent()
{
    if (const auto silence = bus::whyNotAnswering(m_choice)) {
        m_problem = unreachable(*silence);
        return Arrival::NoBus;
    }
    return connectToBus();
}

Publisher::Arrival Publisher::connectToBus()
{
    m_connection = bus::openConnection(m_choice);
    if (!m_connection.isConnected()) {
        m_problem = unreachable(m_connection.lastError().message() + u'.');
        return Arrival::NoBus;
    }
    m_connection.connect({}, bus::localPath, bus::localInterface, u"Disconnected"_s, this, SLOT(onDisconnected()));
    publishAll();
    // Everything is in place before the name is: whoever sees the name finds it all.
    bool isRegistered = m_clock->registerOn(m_connection) && m_serverObject->registerOn(m_connection) &&
                        m_ntsServerObject->registerOn(m_connection);
    for (const auto& [id, source] : m_sources)
        isRegistered = source->registerOn(m_connection) && isRegistered;
    Q_ASSERT(isRegistered); // nobody else registers objects on this connection

    QDBusConnectionInterface* const busItself = m_connection.interface();
    if (!busItself) { // lost since it was opened
        m_problem = lostBus();
        return Arrival::NoBus;
    }
    const auto reply = busItself->registerService(
        bus::serviceName, QDBusConnectionInterface::DontQueueService, QDBusConnectionInterface::DontAllowReplacement);
    if (!m_connection.isConnected() || reply.error().type() == QDBusError::Disconnected) {
        m_problem = lostBus();
        return Arrival::NoBus;
    }
    m_hasName = reply.isValid() && reply.value() == QDBusConnectionInterface::ServiceRegistered;
    if (m_hasName)
        return Arrival::OnBus;
    if (reply.isValid()) {
        const uint owner = busItself->servicePid(bus::serviceName);
        m_problem =
            u"%1 is taken on the bus by process %2: another foliotd is running."_s.arg(bus::serviceName).arg(owner);
    } else {
        m_problem = u"The bus does not let this user be %1: %2"_s.arg(bus::serviceName, reply.error().message());
    }
    return Arrival::NoName;
}

void Publisher::leaveBus()
{
    m_hasName = false;
    const QString name = m_connection.name();
    if (name.isEmpty())
        return;
    m_clock->unregisterFrom(m_connection);
    m_serverObject->unregisterFrom(m_connection);
    m_ntsServerObject->unregisterFrom(m_connection);
    for (const auto& [id, source] : m_sources)
        source->unregisterFrom(m_connection);
    m_connection = QDBusConnection(QString());
    QDBusConnection::disconnectFromBus(name);
}

void Publisher::onDisconnected()
{
    qCWarning(logBus, "The connection to the bus was lost. Timekeeping goes on; trying to connect again.");
    leaveBus();
    retryLater();
}

void Publisher::retryLater()
{
    m_retryTimer.start(m_timing.reconnect * (1 << std::min(m_retries++, mostDoublings)));
}

void Publisher::reconnect(const std::optional<QString>& silence)
{
    const QString problemBefore = m_problem;
    if (silence) {
        m_problem = unreachable(*silence);
    } else if (connectToBus() == Arrival::OnBus) {
        qCInfo(logBus, "Back on the bus.");
        m_retries = 0;
        m_problem.clear();
        return;
    }
    if (m_problem != problemBefore)
        qCWarning(logBus, "%s Trying again.", qUtf8Printable(m_problem));
    leaveBus();
    retryLater();
}

void Publisher::update(const sync::State& state, const SourceInfos& sources)
{
    m_state = state;
    m_infos = sources;
    if (const auto newest = newestUsedAnswer(state))
        m_lastUpdate = std::max(newest, m_lastUpdate);
    publishSources();
    m_clock->setState(state, m_facts.clockType != config::ClockType::None);
    schedule();
}

void Publisher::publishSources()
{
    bool haveChanged = false;
    for (auto source = m_sources.begin(); source != m_sources.end();) {
        if (m_infos.contains(source->first)) {
            ++source;
            continue;
        }
        haveChanged = true;
        const QDBusObjectPath path(source->second->path());
        if (m_connection.isConnected())
            source->second->unregisterFrom(m_connection);
        source = m_sources.erase(source);
        m_clock->announceRemoved(path, {bus::sourceInterface});
    }
    for (const auto& [id, info] : m_infos) {
        if (m_sources.contains(id))
            continue;
        haveChanged = true;
        const QVariantMap properties = sourceProperties(info, stateOf(id));
        auto source = std::make_unique<PublishedObject>(sourceObjectPath(id).path(), bus::sourceInterface, properties);
        new SourceAdaptor(source.get());
        source->limitCalls(m_budget);
        if (m_connection.isConnected() && !source->registerOn(m_connection))
            qCWarning(logBus, "%s cannot be published.", qUtf8Printable(source->path()));
        m_sources.emplace(id, std::move(source));
        m_clock->announceAdded(sourceObjectPath(id), {{bus::sourceInterface, properties}});
    }
    if (haveChanged)
        publishList();
}

// What names sources keeps up with them, so that nobody reads of one that is gone, or misses the one just added.
void Publisher::publishList()
{
    const QVariantMap now = clockProperties(m_state, m_infos, m_facts, {}, {});
    QVariantMap properties = m_clock->properties();
    for (const QString& name : {u"Sources"_s, u"SelectedSource"_s})
        properties.insert(name, now.value(name));
    if (const auto signal = m_clock->take(properties))
        m_connection.send(*signal);
}

const sync::SourceState* Publisher::stateOf(sync::SourceId id) const
{
    const auto found = std::ranges::find(m_state.sources, id, &sync::SourceState::source);
    return found == m_state.sources.end() ? nullptr : &*found;
}

void Publisher::setFacts(const DaemonFacts& facts)
{
    m_facts = facts;
    schedule();
}

void Publisher::setServer(std::function<ServerReport()> report)
{
    m_server = std::move(report);
    // Requests come without any event here, so their counters are looked at from time to time.
    if (m_server)
        m_counterTimer.start(m_timing.counters);
    else
        m_counterTimer.stop();
}

void Publisher::schedule()
{
    if (m_flushTimer.isActive())
        return;
    auto wait = m_timing.gather;
    if (m_flushedAt) {
        const auto due = *m_flushedAt + m_timing.interval;
        wait = std::max(wait, std::chrono::ceil<std::chrono::milliseconds>(due - SteadyClock::now()));
    }
    m_flushTimer.start(wait);
}

void Publisher::flush()
{
    m_flushedAt = SteadyClock::now();
    publishAll();
    if (const auto sample = historySample(m_state))
        m_history.record(*sample);
}

void Publisher::publishAll()
{
    const ServerReport server = m_server ? m_server() : ServerReport{};
    std::vector<QDBusMessage> signalsToSend;
    const auto take = [&signalsToSend](PublishedObject& object, const QVariantMap& properties) {
        if (auto signal = object.take(properties))
            signalsToSend.push_back(std::move(*signal));
    };
    take(*m_clock, clockProperties(m_state, m_infos, m_facts, server.counters, m_lastUpdate));
    take(*m_serverObject, serverProperties(server));
    take(*m_ntsServerObject, ntsServerProperties(m_ntsServer ? m_ntsServer() : NtsServerReport{}, server.counters));
    for (const auto& [id, source] : m_sources)
        take(*source, sourceProperties(m_infos.at(id), stateOf(id)));
    // Together: Qt sends from a thread of its own, which falls asleep between messages that come one by one.
    for (const QDBusMessage& signal : signalsToSend)
        m_connection.send(signal);
}

bus::ManagedObjects Publisher::managedObjects() const
{
    bus::ManagedObjects objects;
    objects.insert(QDBusObjectPath(m_clock->path()), {{bus::clockInterface, m_clock->properties()}});
    objects.insert(QDBusObjectPath(m_serverObject->path()), {{bus::serverInterface, m_serverObject->properties()}});
    objects.insert(
        QDBusObjectPath(m_ntsServerObject->path()), {{bus::ntsServerInterface, m_ntsServerObject->properties()}});
    for (const auto& [id, source] : m_sources)
        objects.insert(QDBusObjectPath(source->path()), {{bus::sourceInterface, source->properties()}});
    return objects;
}

} // namespace foliot::daemon
