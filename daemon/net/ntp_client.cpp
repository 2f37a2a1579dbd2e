// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/net/ntp_client.h"

#include "daemon/net/socket.h"

namespace foliot::daemon {

NtpClient::NtpClient(Clock& clock, const QueryTimes& times, QObject* parent)
    : QObject(parent)
    , m_clock(clock)
    , m_times(times)
    , m_stamping(keepKernelStamping())
{}

NtpClient::~NtpClient() = default;

QuerySocket& NtpClient::socketOf(sync::SourceId source, std::uint8_t version)
{
    auto& socket = m_sockets[source];
    if (!socket || socket->version() != version) {
        socket = std::make_unique<QuerySocket>(source, version, m_clock, m_macs, m_times);
        connect(socket.get(), &QuerySocket::happened, this, &NtpClient::happened);
        connect(socket.get(), &QuerySocket::failed, this,
            [this, source](const QString& why) { Q_EMIT failed(source, why); });
    }
    return *socket;
}

void NtpClient::ask(sync::SourceId source, const Endpoint& server, std::uint8_t version,
    std::shared_ptr<nts::Session> session, QueryMode mode)
{
    socketOf(source, version).ask(server, m_notBefore, std::move(session), mode);
}

void NtpClient::askWithKey(
    sync::SourceId source, const Endpoint& server, std::uint8_t version, std::uint32_t key, QueryMode mode)
{
    if (const keys::Key* const found = m_keys.find(key))
        return socketOf(source, version).askWithKey(server, m_notBefore, *found, mode);
    Q_EMIT failed(source, QStringLiteral("key %1 is not in the key file").arg(key));
    Q_EMIT happened(sync::QueryFailed{source, sync::QueryFault::NoKeys});
}

void NtpClient::forgetBefore()
{
    for (const auto& [source, socket] : m_sockets)
        socket->forgetBefore();
}

void NtpClient::forget(sync::SourceId source)
{
    const auto at = m_sockets.find(source);
    if (at == m_sockets.end())
        return;
    at->second->disconnect();
    at->second.release()->deleteLater(); // perhaps it is its own signal that led here
    m_sockets.erase(at);
}

const QuerySocket* NtpClient::socketOf(sync::SourceId source) const
{
    const auto at = m_sockets.find(source);
    return at == m_sockets.end() ? nullptr : at->second.get();
}

} // namespace foliot::daemon
