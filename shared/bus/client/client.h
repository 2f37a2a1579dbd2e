// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The daemon as seen from outside: follows it on the bus and keeps its clock and sources as values. Asynchronous
// throughout; nothing here waits for the daemon. Used by the window and by foliotctl.

#include "bus/bus_probe.h"
#include "bus/client/data.h"
#include "bus/connection.h"

#include <QDBusPendingReply>
#include <QObject>
#include <QTimer>

#include <map>
#include <memory>

class QDBusMessage;
class QDBusServiceWatcher;

namespace foliot::bus {

enum class Availability : quint8 {
    Asking,       // started, no answer yet
    NoBus,        // the bus itself cannot be reached; tried again with growing pauses
    Absent,       // the daemon is not on the bus; noticed at once when it comes
    NotAnswering, // the daemon is there and does not answer, or refuses; problem() says which; tried again
    Present,      // clock() and sources() hold
};

class Client : public QObject {
    Q_OBJECT
public:
    explicit Client(const BusChoice& choice = choiceFromEnvironment(), QObject* parent = nullptr);
    ~Client() override;

    // Connects and begins to follow. Signals come from the event loop, except that availabilityChanged may come from
    // here when there is no bus.
    void start();

    Availability availability() const { return m_availability; }
    bool isAvailable() const { return m_availability == Availability::Present; }
    // What is wrong, from the bus, for people who look closer; empty when Present or Absent.
    QString problem() const { return m_problem; }

    // Empty values unless Present: nothing stale is ever shown.
    const ClockData& clock() const { return m_clock.data; }
    const ServerData& server() const { return m_server.data; }
    const NtsServerData& ntsServer() const { return m_ntsServer.data; }
    std::map<quint32, SourceData> sources() const;
    const SourceData* source(quint32 id) const; // null when there is none; valid until the event loop runs

    // The same as received, by the property's name on the bus, including what this version does not know.
    const QVariantMap& clockProperties() const { return m_clock.properties; }
    QVariantMap sourceProperties(quint32 id) const;
    const QVariantMap& serverProperties() const { return m_server.properties; } // of org.foliot.Server1
    const QVariantMap& ntsServerProperties() const { return m_ntsServer.properties; }

    // Requests. The daemon may ask for a password first when this is allowed; the reply then takes as long as the
    // person takes. Without a daemon the reply is an error at once.
    void setInteractive(bool isAllowed) { m_isInteractive = isAllowed; }
    QDBusPendingReply<QDBusObjectPath> addSource(const QString& address, const QVariantMap& options);
    QDBusPendingReply<> removeSource(quint32 id);
    QDBusPendingReply<> refresh();
    QDBusPendingReply<> stepClock(double limitSeconds);
    QDBusPendingReply<QStringList> setServing(bool isServing, bool keep); // returns the addresses
    QDBusPendingReply<ServedClients> servedClients(quint32 most);
    QDBusPendingReply<ClockSamples> history(double seconds, quint32 points);
    // A sign of life: answered at once by a daemon whose event loop runs, an error after five seconds by one that hangs.
    QDBusPendingReply<QDBusVariant> ping();

Q_SIGNALS:
    // Sources appear and disappear with their own signals too, before this one.
    void availabilityChanged(foliot::bus::Availability availability);
    void clockChanged();
    void serverChanged(); // server() or ntsServer()
    void sourceAdded(quint32 id);
    void sourceChanged(quint32 id);
    void sourceRemoved(quint32 id); // already gone from sources()

private Q_SLOTS:
    void onPropertiesChanged(const QString& interface, const QVariantMap& changed, const QStringList& invalidated,
        const QDBusMessage& message);
    void onInterfacesAdded(const QDBusObjectPath& object, const foliot::bus::InterfaceProperties& interfaces);
    void onInterfacesRemoved(const QDBusObjectPath& object, const QStringList& interfaces);
    void onDisconnected();

private:
    template<typename Data>
    struct Followed {
        QVariantMap properties;
        Data data;
    };

    void connectUnless(const std::optional<QString>& silence);
    void dropConnection();
    void loseBus(const QString& problem);
    void ownerChanged(const QString& owner);
    void fetch();
    void applyAll(const ManagedObjects& objects);
    void mergeClock(const QVariantMap& properties);
    void mergeServer(const QVariantMap& properties);
    void mergeNtsServer(const QVariantMap& properties);
    void mergeSource(quint32 id, const QVariantMap& properties);
    void removeSourceObject(quint32 id);
    void clear();
    void become(Availability availability, const QString& problem = {});
    template<typename Proxy, typename Call>
    auto request(QLatin1StringView path, Call call) const;

    BusChoice m_choice;
    QDBusConnection m_connection;
    std::unique_ptr<QDBusServiceWatcher> m_watcher;
    QTimer m_retry;
    BusProbe m_probe;
    int m_reconnectMs = 0;
    unsigned m_fetch = 0; // counts fetches: the answer to an older one is stale
    Availability m_availability = Availability::Asking;
    QString m_problem;
    bool m_isInteractive = true;
    Followed<ClockData> m_clock;
    std::map<quint32, Followed<SourceData>> m_sources;
    Followed<ServerData> m_server;
    Followed<NtsServerData> m_ntsServer;
};

} // namespace foliot::bus
