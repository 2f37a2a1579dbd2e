// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/service.h"

#include "daemon/net/file_descriptor.h"

#include <QCoreApplication>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstring>
#include <ctime>

#include <sys/socket.h>
#include <sys/un.h>

namespace foliot::daemon {

using namespace std::chrono_literals;

namespace {

constexpr auto retryAfter = 100ms;
constexpr qsizetype mostWaiting = 16;

} // namespace

Service::Service(QObject* parent)
    : QObject(parent)
    , m_socket(qgetenv("NOTIFY_SOCKET"))
{
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &Service::sendWaiting);
    connect(&m_watchdog, &QTimer::timeout, this, [this] {
        // One of these is as good as many.
        if (m_waiting.isEmpty())
            notify("WATCHDOG=1");
    });
    const auto forUs = qEnvironmentVariable("WATCHDOG_PID");
    if (!forUs.isEmpty() && forUs.toLongLong() != QCoreApplication::applicationPid())
        return;
    // Half the allowed time, as sd_watchdog_enabled(3) advises. The timer only fires while the event loop turns, which is
    // what the watchdog is to watch.
    const auto microseconds = qEnvironmentVariable("WATCHDOG_USEC").toLongLong();
    if (microseconds > 0) {
        m_watchdog.setTimerType(Qt::VeryCoarseTimer);
        m_watchdog.start(std::chrono::milliseconds(std::max(microseconds / 2000, 1LL)));
    }
}

void Service::ready()
{
    notify("READY=1");
}

void Service::reloading()
{
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    const auto microseconds = qint64(now.tv_sec) * 1'000'000 + now.tv_nsec / 1000;
    notify("RELOADING=1\nMONOTONIC_USEC=" + QByteArray::number(microseconds));
}

void Service::stopping()
{
    notify("STOPPING=1");
}

void Service::status(const QString& sentence)
{
    if (sentence == m_lastStatus)
        return;
    m_lastStatus = sentence;
    notify("STATUS=" + sentence.toUtf8().replace('\n', ' '));
}

void Service::notify(const QByteArray& message)
{
    if (m_socket.isEmpty())
        return;
    if (m_waiting.size() < mostWaiting)
        m_waiting.append(message);
    sendWaiting();
}

void Service::sendWaiting()
{
    while (!m_waiting.isEmpty()) {
        if (!send(m_waiting.first())) {
            m_retry.start(retryAfter);
            return;
        }
        m_waiting.removeFirst();
    }
}

bool Service::send(const QByteArray& message) const
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (static_cast<std::size_t>(m_socket.size()) >= sizeof address.sun_path)
        return true; // no such socket can be
    std::copy(m_socket.begin(), m_socket.end(), std::begin(address.sun_path));
    if (address.sun_path[0] == '@')
        address.sun_path[0] = '\0'; // abstract
    const auto length =
        static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + static_cast<std::size_t>(m_socket.size()));
    const FileDescriptor descriptor(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    if (!descriptor.isValid())
        return true;
    const auto sent = ::sendto(descriptor.get(), message.constData(), static_cast<std::size_t>(message.size()),
        MSG_NOSIGNAL | MSG_DONTWAIT, reinterpret_cast<const sockaddr*>(&address), length);
    return sent >= 0 || errno != EAGAIN;
}

} // namespace foliot::daemon
