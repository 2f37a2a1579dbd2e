// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/nts/tls_client.h"

#include "config/address.h"
#include "daemon/nts/certificate.h"
#include "daemon/nts/trusted_certificates.h"
#include "nts/key_exchange.h"

#include <openssl/err.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>

namespace foliot::daemon {

using namespace Qt::StringLiterals;

namespace {

// ALPN's list has each name's length before it.
std::vector<unsigned char> alpnList()
{
    std::vector<unsigned char> list{static_cast<unsigned char>(nts::alpnName.size())};
    list.insert(list.end(), nts::alpnName.begin(), nts::alpnName.end());
    return list;
}

bool isNtsAgreed(const SSL* connection)
{
    const unsigned char* name = nullptr;
    unsigned int length = 0;
    SSL_get0_alpn_selected(connection, &name, &length);
    return std::string_view(reinterpret_cast<const char*>(name), length) == nts::alpnName;
}

QString libraryError()
{
    const unsigned long code = ERR_get_error();
    ERR_clear_error();
    const char* reason = code == 0 ? nullptr : ERR_reason_error_string(code);
    return reason ? QString::fromUtf8(reason) : u"the connection broke"_s;
}

// OpenSSL's macro for it casts the const away too, in the old style.
bool setServerName(SSL* connection, const std::string& name)
{
    return SSL_ctrl(connection, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
               const_cast<char*>(name.c_str())) == 1;
}

std::optional<TlsFailure> ourFault(const QString& why)
{
    ERR_clear_error();
    return TlsFailure{.fault = TlsFault::Ourselves, .why = why};
}

std::optional<TlsFailure> trust(SSL_CTX* context, const std::string& file)
{
    if (file.empty()) {
        if (SSL_CTX_set_default_verify_paths(context) != 1)
            return ourFault(u"the certificates that the system trusts cannot be read"_s);
        return std::nullopt;
    }
    const auto certificates = readTrustedCertificates(file);
    if (!certificates)
        return ourFault(u"trusted-file "_s + QString::fromStdString(certificates.error()));
    for (const auto& certificate : *certificates)
        if (X509_STORE_add_cert(SSL_CTX_get_cert_store(context), certificate.get()) != 1)
            return ourFault(u"there is no memory"_s);
    return std::nullopt;
}

} // namespace

std::expected<std::unique_ptr<TlsClient>, TlsFailure> TlsClient::open(const TlsWish& wish)
{
    std::unique_ptr<TlsClient> client{new TlsClient};
    ERR_clear_error();
    if (auto failure = client->setUp(wish))
        return std::unexpected(*std::move(failure));
    if (auto begun = client->shakeHands(); !begun)
        return std::unexpected(std::move(begun.error()));
    return client;
}

std::optional<TlsFailure> TlsClient::setUp(const TlsWish& wish)
{
    m_dates = wish.dates;
    m_context.reset(SSL_CTX_new(TLS_client_method()));
    SSL_CTX* context = m_context.get();
    if (!context || SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION) != 1)
        return ourFault(u"TLS 1.3 is not available"_s);
    if (auto fault = trust(context, wish.trustedFile))
        return fault;
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, &TlsClient::judgeDates);
    const auto alpn = alpnList();
    m_connection.reset(SSL_new(context));
    SSL* connection = m_connection.get();
    if (!connection || SSL_set_alpn_protos(connection, alpn.data(), static_cast<unsigned int>(alpn.size())) != 0)
        return ourFault(u"there is no memory"_s);

    const auto host = config::parseAddress(wish.host);
    const bool isName = host && host->kind == config::HostKind::Name;
    const std::string name = wish.host.ends_with('.') ? wish.host.substr(0, wish.host.size() - 1) : wish.host;
    SSL_set_hostflags(connection, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
    const bool isNamed = isName ? SSL_set1_host(connection, name.c_str()) == 1 && setServerName(connection, name)
                                : X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(connection), name.c_str()) == 1;
    if (!isNamed)
        return ourFault(u"%1 is nothing that a certificate could be for"_s.arg(QString::fromStdString(name)));
    X509_VERIFY_PARAM_set_time(
        SSL_get0_param(connection), std::chrono::floor<std::chrono::seconds>(m_dates.now.time_since_epoch()).count());

    m_incoming = BIO_new(BIO_s_mem());
    m_outgoing = BIO_new(BIO_s_mem());
    SSL_set_bio(connection, m_incoming, m_outgoing);
    if (!m_incoming || !m_outgoing || SSL_set_ex_data(connection, 0, this) != 1)
        return ourFault(u"there is no memory"_s);
    SSL_set_connect_state(connection);
    return std::nullopt;
}

int TlsClient::judgeDates(int isGood, X509_STORE_CTX* context)
{
    const int error = X509_STORE_CTX_get_error(context);
    if (isGood == 1 || (error != X509_V_ERR_CERT_NOT_YET_VALID && error != X509_V_ERR_CERT_HAS_EXPIRED))
        return isGood;
    const auto* connection =
        static_cast<SSL*>(X509_STORE_CTX_get_ex_data(context, SSL_get_ex_data_X509_STORE_CTX_idx()));
    auto* client = static_cast<TlsClient*>(SSL_get_ex_data(connection, 0));
    const X509* certificate = X509_STORE_CTX_get_current_cert(context);
    if (!client->m_dates.excuses(timeOf(X509_get0_notAfter(certificate))))
        return 0;
    client->m_areDatesExcused = true;
    X509_STORE_CTX_set_error(context, X509_V_OK);
    return 1;
}

std::expected<bool, TlsFailure> TlsClient::received(const QByteArray& octets)
{
    ERR_clear_error();
    if (BIO_write(m_incoming, octets.constData(), static_cast<int>(octets.size())) != octets.size() &&
        !octets.isEmpty())
        return std::unexpected(TlsFailure{.fault = TlsFault::Ourselves, .why = u"there is no memory"_s});
    if (!m_isEstablished) {
        const auto state = shakeHands();
        if (!state || !*state)
            return state;
    }
    std::array<std::byte, 4096> piece{};
    for (;;) {
        std::size_t length = 0;
        if (SSL_read_ex(m_connection.get(), piece.data(), piece.size(), &length) == 1) {
            m_read.insert(m_read.end(), piece.begin(), piece.begin() + static_cast<std::ptrdiff_t>(length));
            continue;
        }
        const int error = SSL_get_error(m_connection.get(), 0);
        if (error == SSL_ERROR_WANT_READ)
            return true;
        if (error != SSL_ERROR_ZERO_RETURN)
            return std::unexpected(failure());
        m_isClosed = true;
        return true;
    }
}

std::expected<bool, TlsFailure> TlsClient::shakeHands()
{
    const int result = SSL_do_handshake(m_connection.get());
    if (result != 1) {
        if (SSL_get_error(m_connection.get(), result) == SSL_ERROR_WANT_READ)
            return false;
        return std::unexpected(failure());
    }
    if (!isNtsAgreed(m_connection.get()))
        return std::unexpected(
            TlsFailure{.fault = TlsFault::Protocol, .why = u"it does not speak NTS key exchange there"_s});
    m_isEstablished = true;
    return true;
}

TlsFailure TlsClient::failure() const
{
    const long verified = SSL_get_verify_result(m_connection.get());
    if (verified == X509_V_OK)
        return {.fault = TlsFault::Protocol, .why = libraryError()};
    ERR_clear_error();
    return {.fault = TlsFault::Certificate,
        .why =
            u"its certificate is not accepted: %1"_s.arg(QString::fromUtf8(X509_verify_cert_error_string(verified)))};
}

QByteArray TlsClient::toSend()
{
    const auto pending = static_cast<qsizetype>(BIO_ctrl_pending(m_outgoing));
    QByteArray octets(pending, Qt::Uninitialized);
    if (pending > 0)
        octets.resize(std::max(BIO_read(m_outgoing, octets.data(), static_cast<int>(pending)), 0));
    return octets;
}

bool TlsClient::write(std::span<const std::byte> octets)
{
    std::size_t written = 0;
    return SSL_write_ex(m_connection.get(), octets.data(), octets.size(), &written) == 1 && written == octets.size();
}

std::vector<std::byte> TlsClient::read()
{
    return std::exchange(m_read, {});
}

void TlsClient::close()
{
    SSL_shutdown(m_connection.get());
    ERR_clear_error();
}

std::optional<nts::Secret> TlsClient::exportKey(std::span<const std::byte> context, std::size_t length) const
{
    std::vector<std::byte> key(length);
    const int exported = SSL_export_keying_material(m_connection.get(), reinterpret_cast<unsigned char*>(key.data()),
        key.size(), nts::exporterLabel.data(), nts::exporterLabel.size(),
        reinterpret_cast<const unsigned char*>(context.data()), context.size(), 1);
    nts::Secret secret{std::move(key)};
    return exported == 1 ? std::optional{std::move(secret)} : std::nullopt;
}

TlsFacts TlsClient::facts() const
{
    return {.certificate = certificateOf(m_connection.get()),
        .version = QString::fromUtf8(SSL_get_version(m_connection.get())),
        .cipher = QString::fromUtf8(SSL_get_cipher_name(m_connection.get())),
        .areDatesExcused = m_areDatesExcused};
}

} // namespace foliot::daemon
