// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bus/client/client.h"

#include "bus/client/call_error.h"
#include "bus/clock_proxy.h"
#include "bus/names.h"
#include "bus/server_proxy.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusServiceWatcher>

#include <algorithm>
#include <utility>
#include <vector>

namespace foliot::bus {

using namespace Qt::StringLiterals;

namespace {

constexpr int fetchTimeoutMs = 5'000;
constexpr int fetchRetryMs = 2'000;
constexpr int firstReconnectMs = 500;
constexpr int longestReconnectMs = 30'000;
constexpr int requestTimeoutMs = 30'000;
constexpr int interactiveTimeoutMs = 10 * 60'000; // a person looks for a password

} // namespace

Client::Client(const BusChoice& choice, QObject* parent)
    : QObject(parent)
    , m_choice(choice)
    , m_connection(QString())
{
    registerTypes();
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, [this] { m_connection.isConnected() ? fetch() : m_probe.ask(m_choice); });
    connect(&m_probe, &BusProbe::answered, this, &Client::connectUnless);
}

Client::~Client()
{
    dropConnection();
}

void Client::start()
{
    connectUnless(whyNotAnswering(m_choice));
}

void Client::connectUnless(const std::optional<QString>& silence)
{
    dropConnection();
    if (silence) {
        loseBus(*silence);
        return;
    }
    m_connection = openConnection(m_choice);
    if (!m_connection.isConnected()) {
        loseBus(m_connection.lastError().message());
        return;
    }
    m_reconnectMs = 0;
    m_connection.connect({}, localPath, localInterface, u"Disconnected"_s, this, SLOT(onDisconnected()));
    // Matches stand before the first question, so nothing falls between its answer and the first change.
    m_connection.connect(serviceName, {}, propertiesInterface, u"PropertiesChanged"_s, this,
        SLOT(onPropertiesChanged(QString, QVariantMap, QStringList, QDBusMessage)));
    m_connection.connect(serviceName, rootPath, objectManagerInterface, u"InterfacesAdded"_s, this,
        SLOT(onInterfacesAdded(QDBusObjectPath, foliot::bus::InterfaceProperties)));
    m_connection.connect(serviceName, rootPath, objectManagerInterface, u"InterfacesRemoved"_s, this,
        SLOT(onInterfacesRemoved(QDBusObjectPath, QStringList)));
    m_watcher = std::make_unique<QDBusServiceWatcher>(serviceName, m_connection);
    connect(m_watcher.get(), &QDBusServiceWatcher::serviceOwnerChanged, this,
        [this](const QString&, const QString&, const QString& owner) { ownerChanged(owner); });
    fetch();
}

void Client::dropConnection()
{
    ++m_fetch;
    m_retry.stop();
    m_probe.forget();
    m_watcher.reset();
    const QString name = m_connection.name();
    m_connection = QDBusConnection(QString());
    if (!name.isEmpty())
        QDBusConnection::disconnectFromBus(name);
}

void Client::loseBus(const QString& problem)
{
    dropConnection();
    clear();
    m_reconnectMs = std::clamp(m_reconnectMs * 2, firstReconnectMs, longestReconnectMs);
    m_retry.start(m_reconnectMs);
    become(Availability::NoBus, problem);
}

void Client::onDisconnected()
{
    loseBus(u"The connection to the bus was lost."_s);
}

void Client::ownerChanged(const QString& owner)
{
    clear();
    if (owner.isEmpty()) {
        ++m_fetch;
        m_retry.stop();
        become(Availability::Absent);
        return;
    }
    become(Availability::Asking);
    fetch();
}

void Client::fetch()
{
    m_retry.stop();
    const unsigned thisFetch = ++m_fetch;
    // A message rather than a proxy: looking must not start the daemon.
    QDBusMessage question =
        QDBusMessage::createMethodCall(serviceName, rootPath, objectManagerInterface, u"GetManagedObjects"_s);
    question.setAutoStartService(false);
    auto* call = new QDBusPendingCallWatcher(m_connection.asyncCall(question, fetchTimeoutMs), this);
    connect(call, &QDBusPendingCallWatcher::finished, this, [this, call, thisFetch] {
        call->deleteLater();
        if (thisFetch != m_fetch)
            return;
        const QDBusPendingReply<ManagedObjects> reply = *call;
        if (reply.isValid()) {
            applyAll(reply.value());
        } else if (meansAbsent(reply.error())) {
            become(Availability::Absent);
        } else {
            m_retry.start(fetchRetryMs);
            become(Availability::NotAnswering, errorText(reply.error()));
        }
    });
}

void Client::applyAll(const ManagedObjects& objects)
{
    std::map<quint32, QVariantMap> found;
    for (auto object = objects.cbegin(); object != objects.cend(); ++object) {
        const auto id = sourceIdFromPath(object.key().path());
        if (id && object->contains(sourceInterface))
            found.emplace(*id, object->value(sourceInterface));
    }
    std::vector<quint32> gone;
    for (const auto& [id, source] : m_sources) {
        if (!found.contains(id))
            gone.push_back(id);
    }
    for (const quint32 id : gone)
        removeSourceObject(id);

    m_server = {};
    mergeServer(objects.value(QDBusObjectPath(serverPath)).value(serverInterface));
    m_ntsServer = {};
    mergeNtsServer(objects.value(QDBusObjectPath(ntsServerPath)).value(ntsServerInterface));
    m_clock = {};
    mergeClock(objects.value(QDBusObjectPath(rootPath)).value(clockInterface));
    for (const auto& [id, properties] : found)
        mergeSource(id, properties);
    become(Availability::Present);
}

void Client::mergeClock(const QVariantMap& properties)
{
    m_clock.properties.insert(nativeProperties(properties));
    m_clock.data = clockFromProperties(m_clock.properties);
    Q_EMIT clockChanged();
}

void Client::mergeServer(const QVariantMap& properties)
{
    m_server.properties.insert(nativeProperties(properties));
    m_server.data = serverFromProperties(m_server.properties);
    Q_EMIT serverChanged();
}

void Client::mergeNtsServer(const QVariantMap& properties)
{
    m_ntsServer.properties.insert(nativeProperties(properties));
    m_ntsServer.data = ntsServerFromProperties(m_ntsServer.properties);
    Q_EMIT serverChanged();
}

void Client::mergeSource(quint32 id, const QVariantMap& properties)
{
    const auto [source, isNew] = m_sources.try_emplace(id);
    source->second.properties.insert(nativeProperties(properties));
    source->second.data = sourceFromProperties(source->second.properties);
    source->second.data.id = id;
    if (isNew)
        Q_EMIT sourceAdded(id);
    else
        Q_EMIT sourceChanged(id);
}

void Client::removeSourceObject(quint32 id)
{
    if (m_sources.erase(id) != 0)
        Q_EMIT sourceRemoved(id);
}

void Client::onPropertiesChanged(
    const QString& interface, const QVariantMap& changed, const QStringList& invalidated, const QDBusMessage& message)
{
    if (!isAvailable())
        return; // the answer that is under way holds it already
    if (!invalidated.isEmpty()) {
        fetch();
        return;
    }
    if (interface == clockInterface && message.path() == rootPath) {
        mergeClock(changed);
    } else if (interface == serverInterface && message.path() == serverPath) {
        mergeServer(changed);
    } else if (interface == ntsServerInterface && message.path() == ntsServerPath) {
        mergeNtsServer(changed);
    } else if (interface == sourceInterface) {
        const auto id = sourceIdFromPath(message.path());
        if (id && m_sources.contains(*id))
            mergeSource(*id, changed);
    }
}

void Client::onInterfacesAdded(const QDBusObjectPath& object, const InterfaceProperties& interfaces)
{
    const auto id = sourceIdFromPath(object.path());
    if (isAvailable() && id && interfaces.contains(sourceInterface))
        mergeSource(*id, interfaces.value(sourceInterface));
}

void Client::onInterfacesRemoved(const QDBusObjectPath& object, const QStringList& interfaces)
{
    const auto id = sourceIdFromPath(object.path());
    if (isAvailable() && id && interfaces.contains(sourceInterface))
        removeSourceObject(*id);
}

void Client::clear()
{
    m_server = {};
    m_ntsServer = {};
    const bool hadClock = !m_clock.properties.isEmpty();
    m_clock = {};
    for (const auto& [id, source] : std::exchange(m_sources, {}))
        Q_EMIT sourceRemoved(id);
    if (hadClock)
        Q_EMIT clockChanged();
}

void Client::become(Availability availability, const QString& problem)
{
    if (m_availability == availability && m_problem == problem)
        return;
    m_availability = availability;
    m_problem = problem;
    Q_EMIT availabilityChanged(availability);
}

std::map<quint32, SourceData> Client::sources() const
{
    std::map<quint32, SourceData> result;
    for (const auto& [id, source] : m_sources)
        result.emplace(id, source.data);
    return result;
}

const SourceData* Client::source(quint32 id) const
{
    const auto found = m_sources.find(id);
    return found == m_sources.end() ? nullptr : &found->second.data;
}

QVariantMap Client::sourceProperties(quint32 id) const
{
    const auto found = m_sources.find(id);
    return found == m_sources.end() ? QVariantMap() : found->second.properties;
}

template<typename Proxy, typename Call>
auto Client::request(QLatin1StringView path, Call call) const
{
    Proxy proxy(serviceName, path, m_connection);
    using Reply = decltype(call(proxy));
    if (!isAvailable()) {
        return Reply(QDBusPendingCall::fromError(
            QDBusError(QDBusError::ServiceUnknown, u"The Foliot daemon is not on the bus."_s)));
    }
    proxy.setInteractiveAuthorizationAllowed(m_isInteractive);
    proxy.setTimeout(m_isInteractive ? interactiveTimeoutMs : requestTimeoutMs);
    return call(proxy);
}

QDBusPendingReply<QDBusObjectPath> Client::addSource(const QString& address, const QVariantMap& options)
{
    return request<FoliotClockProxy>(
        rootPath, [&](FoliotClockProxy& proxy) { return proxy.AddSource(address, options); });
}

QDBusPendingReply<> Client::removeSource(quint32 id)
{
    return request<FoliotClockProxy>(
        rootPath, [&](FoliotClockProxy& proxy) { return proxy.RemoveSource(sourcePath(id)); });
}

QDBusPendingReply<> Client::refresh()
{
    return request<FoliotClockProxy>(rootPath, [](FoliotClockProxy& proxy) { return proxy.Refresh(); });
}

QDBusPendingReply<> Client::stepClock(double limitSeconds)
{
    return request<FoliotClockProxy>(rootPath, [&](FoliotClockProxy& proxy) { return proxy.StepClock(limitSeconds); });
}

QDBusPendingReply<QStringList> Client::setServing(bool isServing, bool keep)
{
    return request<FoliotServerProxy>(
        serverPath, [&](FoliotServerProxy& proxy) { return proxy.SetServing(isServing, keep); });
}

QDBusPendingReply<ServedClients> Client::servedClients(quint32 most)
{
    return request<FoliotServerProxy>(serverPath, [&](FoliotServerProxy& proxy) { return proxy.Clients(most); });
}

QDBusPendingReply<ClockSamples> Client::history(double seconds, quint32 points)
{
    return request<FoliotClockProxy>(rootPath, [&](FoliotClockProxy& proxy) { return proxy.History(seconds, points); });
}

QDBusPendingReply<QDBusVariant> Client::ping()
{
    QDBusMessage question = QDBusMessage::createMethodCall(serviceName, rootPath, propertiesInterface, u"Get"_s);
    question << QString(clockInterface) << u"Version"_s;
    question.setAutoStartService(false);
    return m_connection.asyncCall(question, fetchTimeoutMs);
}

} // namespace foliot::bus
