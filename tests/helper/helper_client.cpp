// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Talks to the helper as the user it is run as: as the daemon does, through the plugin, or as somebody who means harm,
// past KAuth's client. One command a line on standard input, one event a line on standard output. Ends with its input.
//
//   name                        name NAME                    its unique name on the bus
//   call                        ready MS | ended WHY         the daemon's way
//   perform ACTION ARGUMENT     performed TYPE CODE | error NAME  raw; ARGUMENT: see argument()
//   stop ACTION                 error NAME | stopped         KAuth's request to end an action
//   flood ACTION                flooding                     raw calls one after the other until the end,
//   refused                     refused N of M               how many of them the bus did not let through
//   query | steer BASE EXTRA NS | step NS | status SYNC [TAI] | permit NAME NS | hex OCTETS
//                               reply KIND FAULT BASE EXTRA STEPPED WIDTH
//   time N                      median US                    N queries
//   close                       closed

#include "clock/contract.h"
#include "daemon/clocks/helper_caller.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusPendingCallWatcher>
#include <QDBusUnixFileDescriptor>
#include <QElapsedTimer>
#include <QIODevice>
#include <QMap>
#include <QSocketNotifier>
#include <QTextStream>
#include <QVariantMap>

#include <algorithm>
#include <array>
#include <vector>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace foliot;

using Descriptors = QMap<QString, QDBusUnixFileDescriptor>;
Q_DECLARE_METATYPE(Descriptors)

namespace {

void say(const QString& line)
{
    QTextStream(stdout) << line << Qt::endl;
}

QDBusUnixFileDescriptor owned(int descriptor)
{
    QDBusUnixFileDescriptor result;
    result.giveFileDescriptor(descriptor);
    return result;
}

QDBusUnixFileDescriptor socketOf(int domain, int type, bool connected = true)
{
    std::array<int, 2> ends{-1, -1};
    if (!connected)
        return owned(::socket(domain, type, 0));
    ::socketpair(domain, type, 0, ends.data());
    ::close(ends[1]);
    return owned(ends[0]);
}

QByteArray written(const QVariantMap& arguments)
{
    QByteArray octets;
    QDataStream stream(&octets, QIODevice::WriteOnly);
    stream << arguments;
    return octets;
}

// A map of one entry whose value is of a type that only Qt Gui knows how to read.
QByteArray guiVariant(quint32 type)
{
    QByteArray octets;
    QDataStream stream(&octets, QIODevice::WriteOnly);
    stream << quint32{1} << u"socket"_s << type << quint8{0} << QByteArray(64, '\x7f');
    return octets;
}

struct Argument {
    QByteArray octets = written({});
    Descriptors descriptors{};
};

Argument argument(const QString& kind)
{
    const auto alone = [](const QDBusUnixFileDescriptor& socket) {
        return Argument{.descriptors = {{u"socket"_s, socket}}};
    };
    if (kind == "path"_L1)
        return {.octets = written({{u"socket"_s, u"/etc/passwd"_s}})};
    if (kind == "number"_L1)
        return {.octets = written({{u"socket"_s, 3}})};
    if (kind == "image"_L1)
        return {.octets = guiVariant(QMetaType::QImage)};
    if (kind == "icon"_L1)
        return {.octets = guiVariant(QMetaType::QIcon)};
    if (kind == "garbage"_L1)
        return {.octets = QByteArray(4096, '\xff')};
    if (kind == "stream"_L1)
        return alone(socketOf(AF_UNIX, SOCK_STREAM));
    if (kind == "datagram"_L1)
        return alone(socketOf(AF_UNIX, SOCK_DGRAM));
    if (kind == "inet"_L1)
        return alone(socketOf(AF_INET, SOCK_STREAM, false));
    if (kind == "lonely"_L1)
        return alone(socketOf(AF_UNIX, SOCK_SEQPACKET, false));
    if (kind == "file"_L1)
        return alone(owned(::open("/etc/passwd", O_RDONLY | O_CLOEXEC)));
    if (kind == "two"_L1)
        return {.descriptors = {
                    {u"socket"_s, socketOf(AF_UNIX, SOCK_SEQPACKET)}, {u"other"_s, socketOf(AF_UNIX, SOCK_SEQPACKET)}}};
    if (kind == "good"_L1)
        return alone(socketOf(AF_UNIX, SOCK_SEQPACKET));
    return {}; // "none"
}

class Client : public QObject {
public:
    Client()
    {
        qDBusRegisterMetaType<Descriptors>();
        connect(&m_input, &QSocketNotifier::activated, this, &Client::readCommands);
    }

private:
    void readCommands();
    void obey(const QStringList& words);
    void call();
    void perform(const QString& action, const QString& kind);
    void flood(const QString& action);
    QDBusPendingCallWatcher* send(const QString& action, const QString& kind);
    void ask(const void* octets, std::size_t length);
    void ask(const clock::Request& request) { ask(&request, sizeof request); }
    void readReply();
    void measure(int count);

    QSocketNotifier m_input{0, QSocketNotifier::Read};
    QByteArray m_line;
    daemon::HelperCaller* m_caller = nullptr;
    QElapsedTimer m_elapsed;
    int m_socket = -1;
    QSocketNotifier* m_replies = nullptr;
    qint64 m_sent = 0;
    qint64 m_refused = 0;
};

void Client::readCommands()
{
    std::array<char, 4096> octets{};
    const ssize_t length = ::read(0, octets.data(), octets.size());
    if (length <= 0)
        return QCoreApplication::quit();
    m_line.append(octets.data(), length);
    for (qsizetype end = m_line.indexOf('\n'); end >= 0; end = m_line.indexOf('\n')) {
        obey(QString::fromUtf8(m_line.first(end)).split(u' '));
        m_line.remove(0, end + 1);
    }
}

void Client::obey(const QStringList& words)
{
    using clock::RequestKind;
    const QString& verb = words.first();
    if (verb == "name"_L1)
        return say(u"name "_s + QDBusConnection::systemBus().baseService());
    if (verb == "call"_L1)
        return call();
    if (verb == "perform"_L1)
        return perform(words.at(1), words.at(2));
    if (verb == "stop"_L1) {
        auto message =
            QDBusMessage::createMethodCall(u"org.foliot.clock"_s, u"/"_s, u"org.kde.kf6auth"_s, u"stopAction"_s);
        message << words.at(1);
        const QDBusMessage answer = QDBusConnection::systemBus().call(message);
        return say(answer.type() == QDBusMessage::ErrorMessage ? u"error "_s + answer.errorName() : u"stopped"_s);
    }
    if (verb == "flood"_L1) {
        say(u"flooding"_s);
        return flood(words.at(1));
    }
    if (verb == "refused"_L1)
        return say(u"refused %1 of %2"_s.arg(m_refused).arg(m_sent));
    if (verb == "query"_L1)
        return ask({.kind = RequestKind::Query});
    if (verb == "steer"_L1)
        return ask({.kind = RequestKind::Steer,
            .baseFrequencyPpm = words.at(1).toDouble(),
            .extraRatePpm = words.at(2).toDouble(),
            .extraForNs = words.at(3).toLongLong()});
    if (verb == "step"_L1)
        return ask({.kind = RequestKind::Step, .stepNs = words.at(1).toLongLong()});
    if (verb == "status"_L1)
        return ask({.kind = RequestKind::Status,
            .synchronized = words.at(1).toUShort(),
            .taiMinusUtc = words.value(2).toUShort(),
            .maxErrorNs = 16'000'000'000});
    if (verb == "permit"_L1) {
        clock::Request request{.kind = RequestKind::Permit, .stepNs = words.at(2).toLongLong()};
        std::ranges::copy(words.at(1).toLatin1(), request.person.begin());
        return ask(request);
    }
    if (verb == "hex"_L1) {
        const QByteArray octets = QByteArray::fromHex(words.value(1).toLatin1());
        return ask(octets.data(), static_cast<std::size_t>(octets.size()));
    }
    if (verb == "time"_L1)
        return measure(words.at(1).toInt());
    if (verb == "close"_L1) {
        delete std::exchange(m_replies, nullptr);
        ::close(std::exchange(m_socket, -1));
        return say(u"closed"_s);
    }
    say(u"what? "_s + verb);
}

void Client::call()
{
    QString problem;
    if (m_caller == nullptr)
        m_caller = daemon::loadHelperCaller(&problem);
    if (m_caller == nullptr)
        return say(u"ended "_s + problem);
    std::array<int, 2> ends{-1, -1};
    ::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data());
    delete m_replies;
    ::close(m_socket);
    m_socket = ends[0];
    m_replies = new QSocketNotifier(m_socket, QSocketNotifier::Read, this);
    connect(m_replies, &QSocketNotifier::activated, this, &Client::readReply);
    m_elapsed.start();
    m_caller->call(ends[1], this,
        {.ready = [this] { say(u"ready %1"_s.arg(static_cast<double>(m_elapsed.nsecsElapsed()) / 1e6)); },
            .ended = [](const QString& why) { say(u"ended "_s + why); }});
    ::close(ends[1]);
}

QDBusPendingCallWatcher* Client::send(const QString& action, const QString& kind)
{
    const Argument sent = argument(kind);
    auto message =
        QDBusMessage::createMethodCall(u"org.foliot.clock"_s, u"/"_s, u"org.kde.kf6auth"_s, u"performAction"_s);
    message << action << QDBusConnection::systemBus().baseService().toUtf8() << QVariantMap{} << sent.octets
            << QVariant::fromValue(sent.descriptors);
    return new QDBusPendingCallWatcher(QDBusConnection::systemBus().asyncCall(message, 20'000), this);
}

void Client::perform(const QString& action, const QString& kind)
{
    auto* const watcher = send(action, kind);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [watcher] {
        watcher->deleteLater();
        const QDBusMessage answer = watcher->reply();
        if (answer.type() == QDBusMessage::ErrorMessage)
            return say(u"error "_s + answer.errorName());
        QDataStream stream(answer.arguments().value(0).toByteArray());
        QVariantMap data;
        quint32 error = 0;
        quint32 type = 0;
        stream >> data >> error >> type;
        say(u"performed %1 %2"_s.arg(type).arg(error));
    });
}

void Client::flood(const QString& action)
{
    auto* const watcher = send(action, u"none"_s);
    ++m_sent;
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, action] {
        watcher->deleteLater();
        m_refused += watcher->reply().errorName() == "org.freedesktop.DBus.Error.AccessDenied"_L1;
        flood(action);
    });
}

void Client::ask(const void* octets, std::size_t length)
{
    if (::send(m_socket, octets, length, MSG_NOSIGNAL) != static_cast<ssize_t>(length))
        say(u"error send"_s);
}

void Client::readReply()
{
    clock::Reply reply;
    const ssize_t length = ::recv(m_socket, &reply, sizeof reply, MSG_DONTWAIT);
    if (length <= 0) {
        delete std::exchange(m_replies, nullptr);
        return say(u"gone"_s);
    }
    say(u"reply %1 %2 %3 %4 %5 %6"_s.arg(static_cast<uint>(reply.kind))
            .arg(static_cast<uint>(reply.fault))
            .arg(reply.baseFrequencyPpm, 0, 'f', 9)
            .arg(reply.extraRatePpm, 0, 'f', 9)
            .arg(reply.steppedNs)
            .arg(std::max(reply.before.widthNs, reply.after.widthNs)));
}

void Client::measure(int count)
{
    std::vector<double> microseconds;
    clock::Reply reply;
    for (int i = 0; i < count; ++i) {
        QElapsedTimer elapsed;
        elapsed.start();
        ask({.kind = clock::RequestKind::Query});
        if (::recv(m_socket, &reply, sizeof reply, 0) != sizeof reply)
            return say(u"gone"_s);
        microseconds.push_back(static_cast<double>(elapsed.nsecsElapsed()) / 1e3);
    }
    std::ranges::sort(microseconds);
    say(u"median %1"_s.arg(microseconds[microseconds.size() / 2]));
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    Client client;
    return application.exec();
}
