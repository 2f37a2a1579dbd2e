// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "helper/request_server.h"

#include <QSocketNotifier>

#include <array>
#include <cerrno>

#include <sys/socket.h>
#include <unistd.h>

namespace foliot::helper {

using namespace clock;

RequestServer::RequestServer(int socket, Keeper& keeper, clock::StepLimits& limits)
    : m_socket(socket)
    , m_keeper(keeper)
    , m_limits(limits)
{
    connect(new QSocketNotifier(m_socket, QSocketNotifier::Read, this), &QSocketNotifier::activated, this,
        &RequestServer::receive);
    connect(new QSocketNotifier(m_keeper.timer(), QSocketNotifier::Read, this), &QSocketNotifier::activated, this,
        &RequestServer::endExtraRate);
    connect(&m_consent, &StepConsent::decided, this, [this](bool granted) {
        if (granted)
            m_limits.permit(m_permissionRequest.stepNs, readClocks());
        send(answerUnchanged(m_permissionRequest, granted ? Fault::None : Fault::StepRefused));
    });
}

bool RequestServer::isUsable(int socket)
{
    const auto option = [socket](int name) {
        int value = -1;
        socklen_t length = sizeof value;
        return ::getsockopt(socket, SOL_SOCKET, name, &value, &length) == 0 ? value : -1;
    };
    sockaddr_storage peer{};
    socklen_t length = sizeof peer;
    return option(SO_DOMAIN) == AF_UNIX && option(SO_TYPE) == SOCK_SEQPACKET &&
           ::getpeername(socket, reinterpret_cast<sockaddr*>(&peer), &length) == 0;
}

void RequestServer::receive()
{
    std::array<std::byte, sizeof(Request) + 1> octets; // one more, to see what is too long
    const ssize_t length = ::recv(m_socket, octets.data(), octets.size(), MSG_DONTWAIT);
    if (length < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (length <= 0)
        return m_loop.quit();
    const auto request = readRequest(std::span(octets).first(static_cast<std::size_t>(length)));
    if (!request)
        return send(answerUnchanged({}, Fault::Malformed));
    if (const Fault fault = check(*request); fault != Fault::None)
        return send(answerUnchanged(*request, fault));
    if (request->kind != RequestKind::Permit)
        return send(carryOut(*request));
    const bool mayInteract = request->mayInteract != 0;
    if (m_consent.ask(QString::fromLatin1(request->person.data()), mayInteract, request->stepNs))
        m_permissionRequest = *request;
    else
        send(answerUnchanged(*request, Fault::StepRefused));
}

void RequestServer::send(const Reply& reply)
{
    // A daemon that does not read its answers is as good as gone.
    if (::send(m_socket, &reply, sizeof reply, MSG_DONTWAIT | MSG_NOSIGNAL) != sizeof reply)
        m_loop.quit();
}

Reply RequestServer::carryOut(const Request& request)
{
    if (request.kind == RequestKind::Step) {
        if (const Fault fault = m_limits.admit(request.stepNs, readClocks()); fault != Fault::None)
            return answerUnchanged(request, fault);
    }
    if (request.kind == RequestKind::Status && request.synchronized != 0 && !m_limits.endFirstOfBoot())
        return answerUnchanged(request, Fault::Failed);
    // Should this process hang, SIGALRM ends the extra rate a little after its time.
    if (request.kind == RequestKind::Steer)
        ::alarm(request.extraForNs == 0 ? 0 : static_cast<unsigned>(request.extraForNs / nsPerSecond) + 3);
    return m_keeper.carryOut(request);
}

Reply RequestServer::answerUnchanged(const Request& request, Fault fault)
{
    Reply reply = m_keeper.carryOut({.kind = RequestKind::Query, .number = request.number});
    reply.kind = request.kind;
    reply.fault = fault;
    return reply;
}

void RequestServer::endExtraRate()
{
    m_keeper.endExtraRate();
    ::alarm(0);
}

} // namespace foliot::helper
