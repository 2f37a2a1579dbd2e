// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bus/silence.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QDeadlineTimer>
#include <QList>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <iterator>

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace foliot::bus {

namespace {

QByteArray addressOf(const BusChoice& choice)
{
    if (!choice.address.isEmpty())
        return choice.address.toUtf8();
    if (choice.kind == BusKind::Session)
        return qgetenv("DBUS_SESSION_BUS_ADDRESS");
    const QByteArray address = qgetenv("DBUS_SYSTEM_BUS_ADDRESS");
    return address.isEmpty() ? QByteArray("unix:path=/run/dbus/system_bus_socket") : address;
}

// D-Bus Specification, "Server Addresses": of a list the first, when it is a socket of this machine.
std::optional<QByteArray> socketName(const QByteArray& addresses)
{
    QByteArray address = addresses.split(';').first();
    constexpr QByteArrayView transport("unix:");
    if (!address.startsWith(transport))
        return {};
    address.remove(0, transport.size());
    const QList<QByteArray> pairs = address.split(',');
    for (const QByteArray& pair : pairs) {
        const auto equals = pair.indexOf('=');
        const QByteArray key = pair.first(std::max<qsizetype>(equals, 0));
        const QByteArray value = QByteArray::fromPercentEncoding(pair.sliced(equals + 1));
        if (key == "path")
            return value;
        if (key == "abstract")
            return '\0' + value;
    }
    return {};
}

// Whether what was sent is answered, be it by the end of the connection.
bool hears(int descriptor, std::chrono::milliseconds patience)
{
    const QDeadlineTimer end(patience);
    pollfd answer{.fd = descriptor, .events = POLLIN, .revents = 0};
    for (;;) {
        const int count = ::poll(&answer, 1, static_cast<int>(end.remainingTime()));
        if (count >= 0 || errno != EINTR)
            return count != 0;
    }
}

} // namespace

std::optional<QString> whySilent(const BusChoice& choice, std::chrono::milliseconds patience)
{
    const auto name = socketName(addressOf(choice));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (!name || name->isEmpty() || static_cast<std::size_t>(name->size()) >= sizeof address.sun_path)
        return {};
    std::copy(name->begin(), name->end(), std::begin(address.sun_path));
    const auto length =
        static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + static_cast<std::size_t>(name->size()));

    const int descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (descriptor < 0)
        return {};
    // Any bus answers to this with the ways of authentication that it has.
    constexpr QByteArrayView question("\0AUTH\r\n", 7);
    bool isSilent = false;
    if (::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), length) != 0)
        isSilent = errno == EAGAIN; // nobody takes connections any more
    else if (::send(descriptor, question.data(), static_cast<std::size_t>(question.size()), MSG_NOSIGNAL) > 0)
        isSilent = !hears(descriptor, patience);
    ::close(descriptor);
    return isSilent ? std::optional(QStringLiteral("It takes connections and does not answer.")) : std::nullopt;
}

} // namespace foliot::bus
