// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The base of the publisher's tests: the publisher on a real bus, seen and heard by a stranger.

#include "daemon/publisher/published_test.h"

#include <QDBusConnectionInterface>

namespace foliot::tests {

using namespace Qt::StringLiterals;
using daemon::Publisher;

inline constexpr auto propertiesInterface = "org.freedesktop.DBus.Properties"_L1;
inline constexpr auto objectManagerInterface = "org.freedesktop.DBus.ObjectManager"_L1;

struct Change {
    QString path;
    QString interface;
    QVariantMap changed;
    QStringList invalidated;
};

// Hears what the publisher says to everybody.
class Listener : public QObject {
    Q_OBJECT
public:
    explicit Listener(QDBusConnection connection)
    {
        connection.connect(bus::serviceName, {}, propertiesInterface, u"PropertiesChanged"_s, this,
            SLOT(onChanged(QString, QVariantMap, QStringList, QDBusMessage)));
        connection.connect(bus::serviceName, bus::rootPath, objectManagerInterface, u"InterfacesAdded"_s, this,
            SLOT(onAdded(QDBusObjectPath, foliot::bus::InterfaceProperties)));
        connection.connect(bus::serviceName, bus::rootPath, objectManagerInterface, u"InterfacesRemoved"_s, this,
            SLOT(onRemoved(QDBusObjectPath, QStringList)));
    }

    qsizetype countOf(const QString& path) const { return std::ranges::count(changes, path, &Change::path); }

    QList<Change> changes;
    QStringList story; // "+path", "~path", "-path"
    QMap<QString, bus::InterfaceProperties> added;

private Q_SLOTS:
    void onChanged(const QString& interface, const QVariantMap& changed, const QStringList& invalidated,
        const QDBusMessage& message)
    {
        changes.append({message.path(), interface, changed, invalidated});
        story.append(u'~' + message.path());
    }
    void onAdded(const QDBusObjectPath& path, const foliot::bus::InterfaceProperties& interfaces)
    {
        added.insert(path.path(), interfaces);
        story.append(u'+' + path.path());
    }
    void onRemoved(const QDBusObjectPath& path, const QStringList& interfaces)
    {
        QCOMPARE(interfaces, QStringList{bus::sourceInterface});
        story.append(u'-' + path.path());
    }
};

class PublisherTest : public PublishedTest {
    Q_OBJECT
protected Q_SLOTS:
    void init()
    {
        PublishedTest::init();
        m_stranger = bus::openConnection(m_choice);
        m_listener = std::make_unique<Listener>(m_stranger);
    }
    void cleanup()
    {
        m_listener.reset();
        QDBusConnection::disconnectFromBus(m_stranger.name());
        m_stranger = QDBusConnection(QString());
        PublishedTest::cleanup();
    }

protected:
    void publishSample()
    {
        publish(sampleState());
        QTRY_COMPARE(properties(bus::rootPath, bus::clockInterface).value(u"StepCount"_s), 1U);
        m_listener->changes.clear();
        m_listener->story.clear();
    }

    QVariantMap properties(const QString& path, const QString& interface)
    {
        const QDBusMessage reply = callFrom(m_stranger, path, propertiesInterface, u"GetAll"_s, {interface});
        return reply.type() == QDBusMessage::ReplyMessage ? qdbus_cast<QVariantMap>(reply.arguments().first())
                                                          : QVariantMap();
    }

    QDBusConnection m_stranger{QString()};
    std::unique_ptr<Listener> m_listener;
};

} // namespace foliot::tests
