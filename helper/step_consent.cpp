// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "helper/step_consent.h"

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QMap>

#include <limits>

namespace foliot::helper {

// polkit's "(sa{sv})".
struct Subject {
    QString kind;
    QVariantMap details;
};
// polkit's "(bba{ss})".
struct Authorization {
    bool isAuthorized = false;
    bool isChallenge = false;
    QMap<QString, QString> details;
};

static QDBusArgument& operator<<(QDBusArgument& argument, const Subject& subject)
{
    argument.beginStructure();
    argument << subject.kind << subject.details;
    argument.endStructure();
    return argument;
}

static const QDBusArgument& operator>>(const QDBusArgument& argument, Subject& subject)
{
    argument.beginStructure();
    argument >> subject.kind >> subject.details;
    argument.endStructure();
    return argument;
}

static QDBusArgument& operator<<(QDBusArgument& argument, const Authorization& authorization)
{
    argument.beginStructure();
    argument << authorization.isAuthorized << authorization.isChallenge << authorization.details;
    argument.endStructure();
    return argument;
}

static const QDBusArgument& operator>>(const QDBusArgument& argument, Authorization& authorization)
{
    argument.beginStructure();
    argument >> authorization.isAuthorized >> authorization.isChallenge >> authorization.details;
    argument.endStructure();
    return argument;
}

} // namespace foliot::helper

Q_DECLARE_METATYPE(foliot::helper::Subject)
Q_DECLARE_METATYPE(foliot::helper::Authorization)

namespace foliot::helper {

namespace {

constexpr uint allowUserInteraction = 1;

QDBusMessage authorityCall(const char* method)
{
    return QDBusMessage::createMethodCall("org.freedesktop.PolicyKit1", "/org/freedesktop/PolicyKit1/Authority",
        "org.freedesktop.PolicyKit1.Authority", QLatin1StringView(method));
}

QString inWords(qint64 ns)
{
    const qint64 seconds = ns / 1'000'000'000 + 1;
    if (seconds < 7200)
        return QStringLiteral("%1 seconds").arg(seconds);
    const qint64 hours = seconds / 3600 + 1;
    return hours < 48 ? QStringLiteral("%1 hours").arg(hours) : QStringLiteral("%1 days").arg(hours / 24 + 1);
}

} // namespace

StepConsent::StepConsent()
{
    connect(&m_watcher, &QDBusServiceWatcher::serviceUnregistered, this, &StepConsent::programGone);
}

bool StepConsent::ask(const QString& person, bool mayInteract, qint64 limitNs)
{
    if (m_isAsking)
        return false;
    m_isAsking = true;
    m_watcher.setWatchedServices({person});
    // polkit says yes to whatever root's programs ask, and there is always one on the bus: root is nobody's word here.
    auto call = QDBusMessage::createMethodCall(
        "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "GetConnectionUnixUser");
    call << person;
    auto* watcher = new QDBusPendingCallWatcher(QDBusConnection::systemBus().asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, person, mayInteract, limitNs] {
        watcher->deleteLater();
        const QDBusPendingReply<uint> user = *watcher;
        if (user.isError() || user.value() == 0)
            decide(false);
        else
            askPolkit(person, mayInteract, limitNs);
    });
    return true;
}

void StepConsent::askPolkit(const QString& person, bool mayInteract, qint64 limitNs)
{
    qDBusRegisterMetaType<Subject>();
    qDBusRegisterMetaType<Authorization>();
    qDBusRegisterMetaType<QMap<QString, QString>>();
    m_question = QStringLiteral("foliot-%1").arg(++m_questions);
    auto call = authorityCall("CheckAuthorization");
    call << QVariant::fromValue(Subject{"system-bus-name", {{"name", person}}})
         << QStringLiteral("org.foliot.clock.step-beyond-limits")
         << QVariant::fromValue(QMap<QString, QString>{{"foliot.step", inWords(limitNs)}})
         << (mayInteract ? allowUserInteraction : 0U) << m_question;
    const auto answer = QDBusConnection::systemBus().asyncCall(call, std::numeric_limits<int>::max());
    auto* watcher = new QDBusPendingCallWatcher(answer, this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        const QDBusPendingReply<Authorization> reply = *watcher;
        decide(!reply.isError() && reply.value().isAuthorized);
    });
}

// Nobody waits for the step any more: closes the dialog, so that others can be asked.
void StepConsent::programGone()
{
    if (m_question.isEmpty())
        return; // the bus is still asked whose program it was, and will say so itself
    auto call = authorityCall("CancelCheckAuthorization");
    call << m_question;
    QDBusConnection::systemBus().asyncCall(call);
}

void StepConsent::decide(bool granted)
{
    m_isAsking = false;
    m_question.clear();
    m_watcher.setWatchedServices({});
    Q_EMIT decided(granted);
}

} // namespace foliot::helper
