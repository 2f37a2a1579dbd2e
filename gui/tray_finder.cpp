// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/tray_finder.h"

#include "bus/names.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QSystemTrayIcon>
#include <QTimer>

#include <utility>

namespace foliot::gui {

namespace {

const QString watcherName = QStringLiteral("org.kde.StatusNotifierWatcher");
const QString watcherPath = QStringLiteral("/StatusNotifierWatcher");
constexpr int loginPatienceMs = 5'000;

} // namespace

TrayFinder::TrayFinder(const QDBusConnection& session, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_watcher(watcherName, session, QDBusServiceWatcher::WatchForRegistration)
{
    connect(&m_watcher, &QDBusServiceWatcher::serviceRegistered, this, &TrayFinder::ask);
    // The watcher may be there before the panel that shows the icons.
    m_session.connect(
        watcherName, watcherPath, watcherName, QStringLiteral("StatusNotifierHostRegistered"), this, SLOT(ask()));
}

void TrayFinder::look()
{
    ask();
    QTimer::singleShot(loginPatienceMs, this, [this] {
        if (m_isFound)
            return;
        // An old panel without D-Bus, perhaps.
        if (QSystemTrayIcon::isSystemTrayAvailable())
            conclude();
        else
            Q_EMIT missing();
    });
}

void TrayFinder::ask()
{
    if (m_isFound || !m_session.isConnected())
        return;
    QDBusMessage question =
        QDBusMessage::createMethodCall(watcherName, watcherPath, bus::propertiesInterface, QStringLiteral("Get"));
    question << watcherName << QStringLiteral("IsStatusNotifierHostRegistered");
    question.setAutoStartService(false);
    auto* call = new QDBusPendingCallWatcher(m_session.asyncCall(question), this);
    connect(call, &QDBusPendingCallWatcher::finished, this, [this, call] {
        call->deleteLater();
        const QDBusPendingReply<QDBusVariant> reply = *call;
        if (reply.isValid() && reply.value().variant().toBool())
            conclude();
    });
}

void TrayFinder::conclude()
{
    if (!std::exchange(m_isFound, true))
        Q_EMIT found();
}

} // namespace foliot::gui
