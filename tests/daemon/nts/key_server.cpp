// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "key_server.h"

#include "nts/key_exchange.h"
#include "nts/record.h"

#include <QTimer>

#include <openssl/err.h>

namespace foliot::tests {

namespace {

int chooseAlpn(
    SSL*, const unsigned char** chosen, unsigned char* length, const unsigned char*, unsigned int, void* wanted)
{
    const auto* name = static_cast<const QByteArray*>(wanted);
    if (name->isEmpty())
        return SSL_TLSEXT_ERR_NOACK;
    *chosen = reinterpret_cast<const unsigned char*>(name->constData());
    *length = static_cast<unsigned char>(name->size());
    return SSL_TLSEXT_ERR_OK;
}

struct FreeTls {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
    void operator()(SSL* connection) const { SSL_free(connection); }
};

} // namespace

struct KeyServer::Connection {
    std::unique_ptr<QTcpSocket> socket;
    std::unique_ptr<SSL_CTX, FreeTls> context;
    std::unique_ptr<SSL, FreeTls> tls;
    BIO* incoming = nullptr;
    BIO* outgoing = nullptr;
    nts::MessageReader reader{nts::maxRequestLength};
    bool hasAnswered = false;
    Octets answer; // what is left to say
    QTimer drip;

    void flush() const
    {
        QByteArray octets(static_cast<qsizetype>(BIO_ctrl_pending(outgoing)), Qt::Uninitialized);
        if (!octets.isEmpty() && BIO_read(outgoing, octets.data(), static_cast<int>(octets.size())) > 0)
            socket->write(octets);
    }

    nts::SessionKeys keys(nts::Algorithm algorithm, bool compliant) const
    {
        const auto exported = [&](nts::KeyDirection direction) {
            std::vector<std::byte> key(nts::keyLength(algorithm));
            const auto context5 = nts::exporterContext(algorithm, direction, compliant);
            SSL_export_keying_material(tls.get(), reinterpret_cast<unsigned char*>(key.data()), key.size(),
                nts::exporterLabel.data(), nts::exporterLabel.size(),
                reinterpret_cast<const unsigned char*>(context5.data()), context5.size(), 1);
            return nts::Secret{std::move(key)};
        };
        return {.clientToServer = exported(nts::KeyDirection::ClientToServer),
            .serverToClient = exported(nts::KeyDirection::ServerToClient)};
    }
};

KeyServer::KeyServer(Manners wanted, const QString& address, quint16 port)
    : manners(std::move(wanted))
{
    if (!m_server.listen(QHostAddress(address), port))
        qFatal("cannot listen: %s", qPrintable(m_server.errorString()));
    connect(&m_server, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket* socket = m_server.nextPendingConnection())
            take(socket);
    });
}

KeyServer::~KeyServer() = default;

daemon::Endpoint KeyServer::endpoint() const
{
    return {.address = m_server.serverAddress(), .port = m_server.serverPort()};
}

void KeyServer::take(QTcpSocket* socket)
{
    ++m_connections;
    socket->setParent(nullptr);
    auto connection = std::make_unique<Connection>();
    connection->socket.reset(socket);
    if (manners.isFalling) {
        socket->abort();
        return;
    }
    Connection& taken = *m_open.emplace_back(std::move(connection));
    if (manners.isSilent)
        return;
    taken.context.reset(SSL_CTX_new(TLS_server_method()));
    SSL_CTX_set_max_proto_version(taken.context.get(), manners.maxVersion);
    SSL_CTX_set_alpn_select_cb(taken.context.get(), chooseAlpn, &manners.alpn);
    if (SSL_CTX_use_certificate_chain_file(taken.context.get(), qPrintable(manners.certificate.chain)) != 1 ||
        SSL_CTX_use_PrivateKey_file(taken.context.get(), qPrintable(manners.certificate.key), SSL_FILETYPE_PEM) != 1)
        qFatal("cannot read the certificate");
    taken.tls.reset(SSL_new(taken.context.get()));
    taken.incoming = BIO_new(BIO_s_mem());
    taken.outgoing = BIO_new(BIO_s_mem());
    SSL_set_bio(taken.tls.get(), taken.incoming, taken.outgoing);
    SSL_set_accept_state(taken.tls.get());
    connect(socket, &QTcpSocket::readyRead, this, [this, &taken] { serve(taken); });
    serve(taken);
}

void KeyServer::serve(Connection& connection)
{
    const QByteArray octets = connection.socket->readAll();
    if (!octets.isEmpty())
        BIO_write(connection.incoming, octets.constData(), static_cast<int>(octets.size()));
    Octets piece(4096);
    std::size_t length = 0;
    while (SSL_read_ex(connection.tls.get(), piece.data(), piece.size(), &length) == 1)
        connection.reader.add(std::span(piece).first(length));
    ERR_clear_error();
    if (connection.reader.progress() == nts::MessageReader::Progress::Complete && !connection.hasAnswered) {
        connection.hasAnswered = true;
        m_namesAsked.append(QString::fromUtf8(SSL_get_servername(connection.tls.get(), TLSEXT_NAMETYPE_host_name)));
        const Octets request{connection.reader.message().begin(), connection.reader.message().end()};
        connection.answer = manners.answer(
            request, [&](nts::Algorithm algorithm, bool compliant) { return connection.keys(algorithm, compliant); });
        if (manners.isDripping) {
            connect(&connection.drip, &QTimer::timeout, this, [this, &connection] { say(connection); });
            connection.drip.start(20);
        } else {
            while (!connection.answer.empty())
                say(connection);
            SSL_shutdown(connection.tls.get());
        }
    }
    connection.flush();
}

void KeyServer::say(Connection& connection)
{
    Octets& answer = connection.answer;
    const std::size_t piece = manners.piece == 0 ? answer.size() : static_cast<std::size_t>(manners.piece);
    const auto part = std::span(answer).first(std::min(piece, answer.size()));
    std::size_t written = 0;
    SSL_write_ex(connection.tls.get(), part.data(), part.size(), &written);
    answer.erase(answer.begin(), answer.begin() + static_cast<std::ptrdiff_t>(part.size()));
    connection.flush();
}

} // namespace foliot::tests
