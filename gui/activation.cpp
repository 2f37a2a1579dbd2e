// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/activation.h"

#include "bus/names.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QTimer>

#include <utility>

namespace foliot::gui {

namespace {

const QString applicationName = QStringLiteral("org.foliot.Foliot");
const QString applicationPath = QStringLiteral("/org/foliot/Foliot");
const QString applicationInterface = QStringLiteral("org.freedesktop.Application");
constexpr int answerWithinMs = 1'000;
constexpr uint doNotQueue = 4; // DBUS_NAME_FLAG_DO_NOT_QUEUE
constexpr uint nameExists = 3; // DBUS_REQUEST_NAME_REPLY_EXISTS
constexpr const char* tokenVariable = "XDG_ACTIVATION_TOKEN";
constexpr const char* startupVariable = "DESKTOP_STARTUP_ID";

} // namespace

Activation::Activation(const QDBusConnection& session, QObject* parent)
    : QObject(parent)
    , m_session(session)
{}

void Activation::claim()
{
    if (!m_session.isConnected())
        return answer(true);
    // The object is there before the name is, so that nobody finds an empty application.
    m_session.registerObject(applicationPath, this, QDBusConnection::ExportScriptableSlots);
    QDBusMessage request =
        QDBusMessage::createMethodCall(bus::busName, bus::busPath, bus::busInterface, QStringLiteral("RequestName"));
    request << applicationName << doNotQueue;
    auto* call = new QDBusPendingCallWatcher(m_session.asyncCall(request), this);
    connect(call, &QDBusPendingCallWatcher::finished, this, [this, call] {
        call->deleteLater();
        const QDBusPendingReply<uint> reply = *call;
        if (reply.isValid() && reply.value() == nameExists && !m_isAnswered)
            handOver();
        else
            answer(true);
    });
    QTimer::singleShot(answerWithinMs, this, [this] { answer(true); });
}

void Activation::answer(bool isFirst)
{
    if (std::exchange(m_isAnswered, true))
        return;
    if (isFirst)
        Q_EMIT becameFirst();
    else
        Q_EMIT handedOver();
}

void Activation::handOver()
{
    QVariantMap platformData;
    if (const QString token = qEnvironmentVariable(tokenVariable); !token.isEmpty())
        platformData.insert(QStringLiteral("activation-token"), token);
    if (const QString id = qEnvironmentVariable(startupVariable); !id.isEmpty())
        platformData.insert(QStringLiteral("desktop-startup-id"), id);
    QDBusMessage request = QDBusMessage::createMethodCall(
        applicationName, applicationPath, applicationInterface, QStringLiteral("Activate"));
    request << platformData;
    auto* call = new QDBusPendingCallWatcher(m_session.asyncCall(request), this);
    connect(call, &QDBusPendingCallWatcher::finished, this, [this, call] {
        call->deleteLater();
        // One that cannot show itself is no reason to show nothing.
        answer(call->isError());
    });
}

void Activation::adoptToken(const QVariantMap& platformData)
{
    const QByteArray token = platformData.value(QStringLiteral("activation-token")).toString().toUtf8();
    if (!token.isEmpty())
        qputenv(tokenVariable, token);
}

void Activation::Activate(const QVariantMap& platformData)
{
    adoptToken(platformData);
    Q_EMIT activated();
}

void Activation::Open(const QStringList& uris, const QVariantMap& platformData)
{
    Q_UNUSED(uris) // Foliot opens no files
    Activate(platformData);
}

void Activation::ActivateAction(const QString& action, const QVariantList& parameter, const QVariantMap& platformData)
{
    Q_UNUSED(parameter) // none of the actions takes one
    adoptToken(platformData);
    if (action == QLatin1String("refresh"))
        Q_EMIT refreshWanted();
    else
        Q_EMIT activated();
}

} // namespace foliot::gui
