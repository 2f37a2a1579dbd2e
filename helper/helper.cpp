// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "helper/helper.h"

#include "helper/request_server.h"

#include <KAuth/HelperSupport>

#include <QCoreApplication>
#include <QDBusUnixFileDescriptor>

#include <unistd.h>

namespace foliot::helper {

using namespace std::chrono_literals;

namespace {

constexpr int longestAuthorizing = 3; // s; polkit has no person to ask for this action
constexpr int exitWhenWedged = 3;

// The codes of KAuth's replies; the sentence beside them is for people.
enum Refusal { NoSocket = 1, ClockOutOfReach = 2 };

KAuth::ActionReply refusal(Refusal error, const char* sentence)
{
    KAuth::ActionReply reply = KAuth::ActionReply::HelperErrorReply(error);
    reply.setErrorDescription(QString::fromLatin1(sentence));
    return reply;
}

} // namespace

Helper::Helper(clock::Keeper& keeper, clock::StepLimits& limits)
    : m_keeper(keeper)
    , m_limits(limits)
{
    connect(&m_watchdog, &QTimer::timeout, this, &Helper::endWhenWedged);
    // Once there is an event loop.
    QMetaObject::invokeMethod(this, [this] { m_watchdog.start(1s); }, Qt::QueuedConnection);
}

// KAuth asks polkit in a nested event loop without a time limit and refuses everything else meanwhile: an action that
// polkit does not know, or no polkit, would keep the helper for ever. It stops its shutdown timer while an action runs.
void Helper::endWhenWedged()
{
    const auto* shutdown = property("__KAuth_Helper_Shutdown_Timer").value<QTimer*>();
    m_secondsAuthorizing = shutdown != nullptr && !shutdown->isActive() ? m_secondsAuthorizing + 1 : 0;
    if (m_secondsAuthorizing > longestAuthorizing)
        ::_exit(exitWhenWedged); // the next call starts a new helper
}

KAuth::ActionReply Helper::steer(const QVariantMap& arguments)
{
    const QVariant argument = arguments.value("socket");
    const auto socket = argument.value<QDBusUnixFileDescriptor>();
    if (arguments.size() != 1 || argument.metaType() != QMetaType::fromType<QDBusUnixFileDescriptor>() ||
        !socket.isValid() || !RequestServer::isUsable(socket.fileDescriptor()))
        return refusal(NoSocket, "The argument is not one connected sequenced-packet socket.");
    if (!m_keeper.takeOver())
        return refusal(ClockOutOfReach, "The kernel does not let the helper set the clock.");
    m_watchdog.stop();
    RequestServer server(socket.fileDescriptor(), m_keeper, m_limits);
    KAuth::HelperSupport::progressStep(QVariantMap{{"ready", true}});
    server.serve();
    m_keeper.endExtraRate();
    // The next daemon gets a helper of its own.
    QMetaObject::invokeMethod(qApp, &QCoreApplication::quit, Qt::QueuedConnection);
    return KAuth::ActionReply::SuccessReply();
}

} // namespace foliot::helper
