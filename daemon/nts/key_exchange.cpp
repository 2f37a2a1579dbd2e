// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/nts/key_exchange.h"

#include <QNetworkProxy>

#include <utility>

namespace foliot::daemon {

using namespace Qt::StringLiterals;

KeyExchange::KeyExchange(KeyExchangeWish wish, std::function<void(Outcome)> done, QObject* parent)
    : QObject(parent)
    , m_wish(std::move(wish))
    , m_done(std::move(done))
{
    m_deadline.setSingleShot(true);
    m_socket.setProxy(QNetworkProxy::NoProxy);
    connect(&m_deadline, &QTimer::timeout, this,
        [this] { refuse(KeyServerFault::Network, u"it did not answer in time"_s); });
    connect(&m_socket, &QTcpSocket::connected, this, [this] {
        m_socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
        flush();
    });
    connect(&m_socket, &QTcpSocket::readyRead, this, &KeyExchange::readable);
    connect(&m_socket, &QTcpSocket::errorOccurred, this, [this](QAbstractSocket::SocketError error) {
        if (error == QAbstractSocket::RemoteHostClosedError)
            readable(); // what it said before it went
        refuse(KeyServerFault::Network, m_socket.errorString());
    });
}

void KeyExchange::start()
{
    m_deadline.start(m_wish.deadline);
    auto tls = TlsClient::open(m_wish.tls);
    if (!tls) {
        // The caller has not yet got what it waits for.
        QTimer::singleShot(0, this, [this, failure = tls.error()] { refuse(failure); });
        return;
    }
    m_tls = *std::move(tls);
    m_socket.connectToHost(m_wish.server.address, m_wish.server.port);
}

void KeyExchange::readable()
{
    if (!m_done || !m_tls)
        return;
    const auto isEstablished = m_tls->received(m_socket.readAll());
    if (isEstablished && *isEstablished && !std::exchange(m_hasAsked, true))
        m_tls->write(nts::keyExchangeRequest(m_wish.offered));
    flush();
    if (!isEstablished)
        return refuse(isEstablished.error());
    if (*isEstablished)
        hear();
}

void KeyExchange::hear()
{
    switch (m_reader.add(m_tls->read())) {
    case nts::MessageReader::Progress::Incomplete:
        if (m_tls->isClosed())
            refuse(KeyServerFault::Refused, u"it closed the connection before it had said all"_s);
        return;
    case nts::MessageReader::Progress::TooLong:
        return refuse(KeyServerFault::Refused, u"its answer is too long"_s);
    case nts::MessageReader::Progress::Complete:
        break;
    }
    auto agreement = nts::parseKeyExchangeResponse(m_reader.message(), m_wish.offered);
    if (!agreement) {
        const auto fault = nts::keyExchangeFaultText(agreement.error());
        return refuse(KeyServerFault::Refused, u"its answer cannot be used: %1"_s.arg(QString::fromUtf8(
                                                   fault.data(), static_cast<qsizetype>(fault.size()))));
    }
    const nts::Algorithm algorithm = agreement->algorithm;
    auto keys = exportKeys(algorithm, agreement->compliantContext);
    auto compliant = agreement->compliantContext ? std::nullopt : exportKeys(algorithm, true);
    if (!keys)
        return refuse(KeyServerFault::Refused, u"no keys can be taken from the connection"_s);
    m_tls->close();
    flush();
    finish(KeyExchangeResult{.agreement = *std::move(agreement),
        .keys = *std::move(keys),
        .compliantKeys = std::move(compliant),
        .tls = m_tls->facts()});
}

std::optional<nts::SessionKeys> KeyExchange::exportKeys(nts::Algorithm algorithm, bool compliant) const
{
    using enum nts::KeyDirection;
    const std::size_t length = nts::keyLength(algorithm);
    auto toServer = m_tls->exportKey(nts::exporterContext(algorithm, ClientToServer, compliant), length);
    auto toClient = m_tls->exportKey(nts::exporterContext(algorithm, ServerToClient, compliant), length);
    if (!toServer || !toClient)
        return std::nullopt;
    return nts::SessionKeys{.clientToServer = *std::move(toServer), .serverToClient = *std::move(toClient)};
}

void KeyExchange::flush()
{
    if (m_tls && m_socket.state() == QAbstractSocket::ConnectedState)
        m_socket.write(m_tls->toSend());
}

void KeyExchange::refuse(const TlsFailure& failure)
{
    refuse(failure.fault == TlsFault::Certificate ? KeyServerFault::Certificate : KeyServerFault::Refused, failure.why);
}

void KeyExchange::refuse(KeyServerFault fault, const QString& why)
{
    finish(std::unexpected(KeyExchangeFailure{.fault = fault, .why = why}));
}

void KeyExchange::finish(Outcome outcome)
{
    m_deadline.stop();
    const auto done = std::exchange(m_done, {});
    if (!done)
        return;
    m_socket.disconnectFromHost(); // once our goodbye is written
    done(std::move(outcome));
}

} // namespace foliot::daemon
