// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A key exchange, and the protection of packets, when the n-th piece of memory that the cryptographic library asks for
// cannot be had, for every n: an error, and nothing worse. FAULTS row 48.

#include "daemon/nts/tls_client.h"
#include "nts/key_exchange.h"
#include "support/machine_time.h"
#include "support/made_certificates.h"
#include "support/scarce_memory.h"

#include <QTest>

#include <openssl/err.h>

#include <algorithm>
#include <limits>

using namespace foliot;
using namespace foliot::daemon;
using namespace foliot::tests;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

// The other end, which has all the memory that it wants.
class Server {
public:
    explicit Server(const CertificateFiles& files)
        : m_context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free)
    {
        SSL_CTX_set_alpn_select_cb(m_context.get(), chooseAlpn, nullptr);
        SSL_CTX_use_certificate_chain_file(m_context.get(), qPrintable(files.chain));
        SSL_CTX_use_PrivateKey_file(m_context.get(), qPrintable(files.key), SSL_FILETYPE_PEM);
        m_connection.reset(SSL_new(m_context.get()));
        m_incoming = BIO_new(BIO_s_mem());
        m_outgoing = BIO_new(BIO_s_mem());
        SSL_set_bio(m_connection.get(), m_incoming, m_outgoing);
        SSL_set_accept_state(m_connection.get());
    }

    QByteArray answer(const QByteArray& octets)
    {
        if (!octets.isEmpty())
            BIO_write(m_incoming, octets.constData(), static_cast<int>(octets.size()));
        std::array<char, 4096> said{};
        std::size_t length = 0;
        while (SSL_read_ex(m_connection.get(), said.data(), said.size(), &length) == 1) {}
        ERR_clear_error();
        QByteArray reply(static_cast<qsizetype>(BIO_ctrl_pending(m_outgoing)), Qt::Uninitialized);
        if (!reply.isEmpty())
            BIO_read(m_outgoing, reply.data(), static_cast<int>(reply.size()));
        return reply;
    }

private:
    static int chooseAlpn(
        SSL*, const unsigned char** chosen, unsigned char* length, const unsigned char*, unsigned int, void*)
    {
        *chosen = reinterpret_cast<const unsigned char*>(nts::alpnName.data());
        *length = static_cast<unsigned char>(nts::alpnName.size());
        return SSL_TLSEXT_ERR_OK;
    }

    std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> m_context;
    std::unique_ptr<SSL, decltype(&SSL_free)> m_connection{nullptr, SSL_free};
    BIO* m_incoming = nullptr;
    BIO* m_outgoing = nullptr;
};

} // namespace

class TestTlsMemory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keyExchangeSurvivesWithoutMemory();
    void packetsSurviveWithoutMemory();

private:
    // All that a key exchange does with TLS, with so many pieces of memory. True when it got its keys.
    bool exchange(long pieces);

    MadeAuthority m_authority;
    CertificateFiles m_files = m_authority.sign({.names = {u"nts.test"_s}});
};

bool TestTlsMemory::exchange(long pieces)
{
    Server server(m_files);
    const RealTime now = machineTime();
    const TlsWish wish{.host = "nts.test",
        .trustedFile = m_authority.trustedFile().toStdString(),
        .dates = {.now = now, .notBefore = now - 24h, .isClockRight = true}};
    std::unique_ptr<TlsClient> client;
    QByteArray toServer;
    {
        const Scarcity scarcity(pieces);
        auto opened = TlsClient::open(wish);
        if (!opened)
            return false;
        client = *std::move(opened);
        toServer = client->toSend();
        pieces = scarcity.left();
    }
    for (int flight = 0; flight < 4; ++flight) {
        const QByteArray toClient = server.answer(toServer);
        const Scarcity scarcity(pieces);
        const auto state = client->received(toClient);
        toServer = client->toSend();
        if (!state)
            return false;
        if (*state) {
            const auto request = nts::keyExchangeRequest(nts::allAlgorithms);
            const auto context = nts::exporterContext(nts::Algorithm::SivCmac256, nts::KeyDirection::ClientToServer);
            const bool isWritten = client->write(request);
            const auto key = client->exportKey(context, 32);
            const TlsFacts facts = client->facts();
            client->close();
            return isWritten && key && facts.version == u"TLSv1.3"_s && scarcity.left() > 0;
        }
        pieces = scarcity.left();
    }
    return false;
}

void TestTlsMemory::keyExchangeSurvivesWithoutMemory()
{
    QVERIFY(exchange(std::numeric_limits<long>::max()));
    long pieces = 0;
    while (!exchange(pieces))
        ++pieces;
    QVERIFY(pieces > 300);
    QVERIFY(exchange(std::numeric_limits<long>::max())); // nothing is left of it
}

void TestTlsMemory::packetsSurviveWithoutMemory()
{
    const std::vector<std::byte> associated(48);
    const std::vector<std::byte> plaintext(100, std::byte{5});
    for (const nts::Algorithm algorithm : nts::allAlgorithms) {
        const std::vector<std::byte> key(keyLength(algorithm));
        const std::vector<std::byte> nonce(nonceLength(algorithm));
        const auto good = nts::seal(algorithm, key, nonce, associated, plaintext);
        QVERIFY(good);
        for (long pieces = 0;; ++pieces) {
            const Scarcity scarcity(pieces);
            const auto sealed = nts::seal(algorithm, key, nonce, associated, plaintext);
            const auto opened = nts::open(algorithm, key, nonce, associated, *good);
            QVERIFY(!sealed || sealed == good); // never half a packet
            QVERIFY(!opened || opened == plaintext);
            if (sealed && opened)
                break;
        }
    }
}

int main(int argumentCount, char** arguments)
{
    // Before the library asks for its first piece.
    if (!watchMemory())
        return 1;
    QCoreApplication application(argumentCount, arguments);
    TestTlsMemory test;
    return QTest::qExec(&test, argumentCount, arguments);
}
#include "test_tls_memory.moc"
