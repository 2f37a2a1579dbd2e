// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "polkit_agent.h"

#include "daemon/publisher/polkit_types.h"

#include <QFile>

#include <unistd.h>

namespace foliot::tests {

using namespace Qt::StringLiterals;

namespace {

QDBusMessage authorityCall(const QString& member)
{
    return QDBusMessage::createMethodCall(u"org.freedesktop.PolicyKit1"_s, u"/org/freedesktop/PolicyKit1/Authority"_s,
        u"org.freedesktop.PolicyKit1.Authority"_s, member);
}

} // namespace

// The bus takes the effective user of whoever connects.
QDBusConnection connectAs(uint user, const bus::BusChoice& choice)
{
    [[maybe_unused]] const int left = seteuid(user);
    const QDBusConnection connection = bus::openConnection(choice);
    [[maybe_unused]] const int back = seteuid(0);
    return connection;
}

PolkitAgent::PolkitAgent(const QDBusConnection& connection)
    : m_connection(connection)
{
    daemon::registerPolkitTypes();
    m_connection.registerVirtualObject(u"/agent"_s, this);
}

PolkitAgent::~PolkitAgent()
{
    tellPolkit(u"UnregisterAuthenticationAgent"_s, {u"/agent"_s});
}

bool PolkitAgent::registerWithPolkit()
{
    return tellPolkit(u"RegisterAuthenticationAgent"_s, {u"C"_s, u"/agent"_s});
}

void PolkitAgent::succeed()
{
    const QDBusMessage asked = m_asked.takeFirst();
    QDBusMessage message = authorityCall(u"AuthenticationAgentResponse2"_s);
    message << uint(0) << asked.arguments().value(4).toString()
            << QVariant::fromValue(daemon::PolkitSubject{.kind = u"unix-user"_s, .details = {{u"uid"_s, 0U}}});
    m_connection.call(message);
    m_connection.send(asked.createReply());
}

QStringList PolkitAgent::actions() const
{
    return argumentOfEach(0);
}

QStringList PolkitAgent::messages() const
{
    return argumentOfEach(1);
}

QStringList PolkitAgent::argumentOfEach(qsizetype index) const
{
    QStringList result;
    for (const QDBusMessage& message : m_asked)
        result.append(message.arguments().value(index).toString());
    return result;
}

bool PolkitAgent::handleMessage(const QDBusMessage& message, const QDBusConnection& connection)
{
    if (message.member() == "BeginAuthentication"_L1) {
        m_asked.append(message);
        message.setDelayedReply(true);
        return true;
    }
    if (message.member() == "CancelAuthentication"_L1) {
        ++m_cancelled;
        const QString cookie = message.arguments().value(0).toString();
        m_asked.removeIf([&](const QDBusMessage& asked) { return asked.arguments().value(4).toString() == cookie; });
        connection.send(message.createReply());
        return true;
    }
    return false;
}

// Calls a method of the authority whose first argument is this process.
bool PolkitAgent::tellPolkit(const QString& member, const QVariantList& arguments)
{
    QFile stat(u"/proc/self/stat"_s);
    if (!stat.open(QIODevice::ReadOnly))
        return false;
    // Field 22 of the line; the second one is in parentheses and may hold anything.
    const QByteArray line = stat.readAll();
    const quint64 startTime = line.mid(line.lastIndexOf(')') + 2).split(' ').value(19).toULongLong();
    const daemon::PolkitSubject self{
        .kind = u"unix-process"_s, .details = {{u"pid"_s, uint(getpid())}, {u"start-time"_s, startTime}}};
    auto message = authorityCall(member);
    message.setArguments(QVariantList{QVariant::fromValue(self)} + arguments);
    const QDBusMessage reply = m_connection.call(message);
    if (reply.type() == QDBusMessage::ErrorMessage)
        qWarning("%s", qPrintable(reply.errorMessage()));
    return reply.type() == QDBusMessage::ReplyMessage;
}

} // namespace foliot::tests
