// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "memory_client.h"

#include "nts/key_exchange.h"

#include <QtLogging>

#include <openssl/err.h>
#include <openssl/x509v3.h>

#include <array>

namespace foliot::tests {

MemoryClient::MemoryClient(const ClientManners& manners)
    : m_context(SSL_CTX_new(TLS_client_method()))
{
    SSL_CTX_set_verify(m_context.get(), SSL_VERIFY_NONE, nullptr);
    SSL_CTX_set_min_proto_version(m_context.get(), manners.version);
    SSL_CTX_set_max_proto_version(m_context.get(), manners.version);
    if (!manners.suites.isEmpty() && SSL_CTX_set_ciphersuites(m_context.get(), manners.suites.constData()) != 1)
        qFatal("there are no such suites");
    m_connection.reset(SSL_new(m_context.get()));
    SSL* connection = m_connection.get();
    if (!manners.alpn.isEmpty())
        SSL_set_alpn_protos(connection, reinterpret_cast<const unsigned char*>(manners.alpn.constData()),
            static_cast<unsigned>(manners.alpn.size()));
    if (SSL_set1_groups_list(connection, manners.groups.constData()) != 1)
        qFatal("there are no such groups");
    if (!manners.serverName.isEmpty())
        SSL_ctrl(connection, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
            const_cast<char*>(manners.serverName.constData()));
    m_incoming = BIO_new(BIO_s_mem());
    m_outgoing = BIO_new(BIO_s_mem());
    SSL_set_bio(connection, m_incoming, m_outgoing);
    SSL_set_connect_state(connection);
    proceed();
}

Octets MemoryClient::toSend()
{
    Octets octets(BIO_ctrl_pending(m_outgoing));
    std::size_t length = 0;
    if (!octets.empty() && BIO_read_ex(m_outgoing, octets.data(), octets.size(), &length) != 1)
        qFatal("what is there cannot be read");
    return octets;
}

void MemoryClient::received(std::span<const std::byte> octets)
{
    if (!octets.empty())
        BIO_write(m_incoming, octets.data(), static_cast<int>(octets.size()));
    proceed();
}

void MemoryClient::proceed()
{
    ERR_clear_error();
    if (m_hasFailed || m_isClosed)
        return;
    SSL* connection = m_connection.get();
    if (!m_isEstablished) {
        const int result = SSL_do_handshake(connection);
        m_isEstablished = result == 1;
        m_hasFailed = !m_isEstablished && SSL_get_error(connection, result) != SSL_ERROR_WANT_READ;
        if (!m_isEstablished)
            return;
    }
    std::array<std::byte, 4096> piece{};
    std::size_t length = 0;
    while (SSL_read_ex(connection, piece.data(), piece.size(), &length) == 1)
        m_heard.insert(m_heard.end(), piece.begin(), piece.begin() + static_cast<std::ptrdiff_t>(length));
    const int error = SSL_get_error(connection, 0);
    m_isClosed = error == SSL_ERROR_ZERO_RETURN;
    m_hasFailed = !m_isClosed && error != SSL_ERROR_WANT_READ;
}

QByteArray MemoryClient::certificateName() const
{
    const X509* certificate = SSL_get0_peer_certificate(m_connection.get());
    if (!certificate)
        return {};
    const std::unique_ptr<GENERAL_NAMES, decltype(&GENERAL_NAMES_free)> names{
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)),
        GENERAL_NAMES_free};
    const GENERAL_NAME* first = names ? sk_GENERAL_NAME_value(names.get(), 0) : nullptr;
    if (!first || first->type != GEN_DNS)
        return {};
    return {
        reinterpret_cast<const char*>(ASN1_STRING_get0_data(first->d.dNSName)), ASN1_STRING_length(first->d.dNSName)};
}

int MemoryClient::certificates() const
{
    return sk_X509_num(SSL_get_peer_cert_chain(m_connection.get()));
}

QByteArray MemoryClient::suite() const
{
    return SSL_get_cipher_name(m_connection.get());
}

int MemoryClient::group() const
{
    return static_cast<int>(SSL_get_negotiated_group(m_connection.get()));
}

bool MemoryClient::isResumable() const
{
    return SSL_SESSION_is_resumable(SSL_get0_session(m_connection.get())) == 1;
}

void MemoryClient::say(std::span<const std::byte> octets)
{
    std::size_t written = 0;
    if (SSL_write_ex(m_connection.get(), octets.data(), octets.size(), &written) != 1 || written != octets.size())
        qFatal("nothing can be said to the server");
}

void MemoryClient::sayGoodbye()
{
    SSL_shutdown(m_connection.get());
}

void MemoryClient::updateKey()
{
    SSL_key_update(m_connection.get(), SSL_KEY_UPDATE_REQUESTED);
    SSL_do_handshake(m_connection.get());
}

nts::SessionKeys MemoryClient::keys(nts::Algorithm algorithm, bool compliant) const
{
    const auto exported = [&](nts::KeyDirection direction) {
        Octets key(nts::keyLength(algorithm));
        const auto context = nts::exporterContext(algorithm, direction, compliant);
        SSL_export_keying_material(m_connection.get(), reinterpret_cast<unsigned char*>(key.data()), key.size(),
            nts::exporterLabel.data(), nts::exporterLabel.size(),
            reinterpret_cast<const unsigned char*>(context.data()), context.size(), 1);
        return nts::Secret{std::move(key)};
    };
    return {.clientToServer = exported(nts::KeyDirection::ClientToServer),
        .serverToClient = exported(nts::KeyDirection::ServerToClient)};
}

} // namespace foliot::tests
