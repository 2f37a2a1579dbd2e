// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bus/bus_probe.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QDeadlineTimer>
#include <QList>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <iterator>
#include <utility>

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

QString silentSentence()
{
    return QStringLiteral("It takes connections and does not answer.");
}

// What became of a question to the bus.
struct Question {
    int descriptor = -1; // where its answer comes, to be closed; -1: nothing was asked
    bool isTaken = true; // false: nobody takes connections any more
};

Question askBus(const BusChoice& choice)
{
    const auto name = socketName(addressOf(choice));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (!name || name->isEmpty() || static_cast<std::size_t>(name->size()) >= sizeof address.sun_path)
        return {};
    std::copy(name->begin(), name->end(), std::begin(address.sun_path));
    const auto length =
        static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + static_cast<std::size_t>(name->size()));

    Question question{.descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
    if (question.descriptor < 0)
        return {};
    // Any bus answers to this with the ways of authentication that it has.
    constexpr QByteArrayView text("\0AUTH\r\n", 7);
    const bool isConnected = ::connect(question.descriptor, reinterpret_cast<const sockaddr*>(&address), length) == 0;
    question.isTaken = isConnected || errno != EAGAIN;
    if (isConnected &&
        ::send(question.descriptor, text.data(), static_cast<std::size_t>(text.size()), MSG_NOSIGNAL) > 0)
        return question;
    ::close(question.descriptor);
    question.descriptor = -1;
    return question;
}

} // namespace

std::optional<QString> whyNotAnswering(const BusChoice& choice, std::chrono::milliseconds patience)
{
    const Question question = askBus(choice);
    bool isSilent = !question.isTaken;
    if (question.descriptor >= 0) {
        isSilent = !hears(question.descriptor, patience);
        ::close(question.descriptor);
    }
    return isSilent ? std::optional(silentSentence()) : std::nullopt;
}

BusProbe::BusProbe(QObject* parent)
    : QObject(parent)
{
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, [this] { finish(m_without); });
}

BusProbe::~BusProbe()
{
    forget();
}

void BusProbe::ask(const BusChoice& choice, std::chrono::milliseconds patience)
{
    forget();
    const Question question = askBus(choice);
    m_descriptor = question.descriptor;
    const bool wasAsked = m_descriptor >= 0;
    m_without = wasAsked || !question.isTaken ? std::optional(silentSentence()) : std::nullopt;
    m_patience.start(wasAsked ? patience : std::chrono::milliseconds(0));
    if (!wasAsked)
        return;
    m_answer = std::make_unique<QSocketNotifier>(m_descriptor, QSocketNotifier::Read);
    connect(m_answer.get(), &QSocketNotifier::activated, this, [this] { finish(std::nullopt); });
}

void BusProbe::forget()
{
    m_patience.stop();
    if (m_answer) {
        m_answer->setEnabled(false);
        m_answer.release()->deleteLater(); // perhaps it is its own signal that led here
    }
    if (m_descriptor >= 0)
        ::close(std::exchange(m_descriptor, -1));
}

void BusProbe::finish(const std::optional<QString>& silence)
{
    forget();
    Q_EMIT answered(silence);
}

} // namespace foliot::bus
