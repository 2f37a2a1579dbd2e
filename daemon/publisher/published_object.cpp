// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/publisher/published_object.h"

#include "bus/names.h"
#include "daemon/publisher/call_budget.h"

#include <QEvent>

#include <chrono>

namespace foliot::daemon {

using namespace Qt::StringLiterals;

PublishedObject::PublishedObject(
    const QString& path, QLatin1StringView interface, const QVariantMap& properties, QObject* parent)
    : QObject(parent)
    , m_path(path)
    , m_interface(interface)
    , m_properties(properties)
{
    for (auto property = properties.cbegin(); property != properties.cend(); ++property)
        setProperty(property.key().toLatin1().constData(), property.value());
}

bool PublishedObject::event(QEvent* event)
{
    if (event->type() != QEvent::MetaCall || !m_budget)
        return QObject::event(event);
    if (m_budget->isSpent()) {
        m_budget->refused();
        return true;
    }
    const auto begin = std::chrono::steady_clock::now();
    const bool isHandled = QObject::event(event);
    m_budget->spend(std::chrono::steady_clock::now() - begin);
    return isHandled;
}

bool PublishedObject::registerOn(QDBusConnection connection)
{
    return connection.registerObject(m_path, this, QDBusConnection::ExportAdaptors);
}

void PublishedObject::unregisterFrom(QDBusConnection connection)
{
    connection.unregisterObject(m_path);
}

std::optional<QDBusMessage> PublishedObject::take(const QVariantMap& properties)
{
    QVariantMap changed;
    for (auto property = properties.cbegin(); property != properties.cend(); ++property) {
        if (m_properties.value(property.key()) == property.value())
            continue;
        changed.insert(property.key(), property.value());
        setProperty(property.key().toLatin1().constData(), property.value());
    }
    if (changed.isEmpty())
        return {};
    m_properties = properties;
    auto signal = QDBusMessage::createSignal(m_path, bus::propertiesInterface, u"PropertiesChanged"_s);
    signal << m_interface << changed << QStringList();
    return signal;
}

} // namespace foliot::daemon
