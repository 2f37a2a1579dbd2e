// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/nts_server/identity.h"

#include "daemon/nts/certificate.h"
#include "daemon/nts/trusted_certificates.h"
#include "files/regular_file.h"
#include "files/wiped.h"
#include "nts/key_exchange.h"
#include "nts/secret.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <format>
#include <span>

namespace foliot::daemon {

namespace {

using Problem = std::unexpected<std::string>;

constexpr std::size_t mostMebibytes = 1;

struct FreePem {
    void operator()(BIO* input) const { BIO_free(input); }
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
using PrivateKey = std::unique_ptr<EVP_PKEY, FreePem>;

// Without one of ours, OpenSSL asks for it on the terminal.
int noPassword(char*, int, int, void*)
{
    return -1;
}

Problem problem(const std::filesystem::path& file, std::string_view what)
{
    ERR_clear_error();
    return std::unexpected(std::format("{}: {}", file.string(), what));
}

std::expected<PrivateKey, std::string> readPrivateKey(const std::filesystem::path& file)
{
    auto content = files::readRegularFile(file, mostMebibytes);
    if (!content)
        return problem(file, content.error());
    const std::span text(content->text);
    const files::Wiped wiped(text);
    using std::filesystem::perms;
    if ((content->permissions & (perms::group_write | perms::others_all)) != perms::none)
        return problem(file, "others can read or change it, so the key is no secret: chmod 640 or 600");
    const std::unique_ptr<BIO, FreePem> input{BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))};
    PrivateKey key{input ? PEM_read_bio_PrivateKey(input.get(), nullptr, noPassword, nullptr) : nullptr};
    if (!key)
        return problem(file, "no private key in it that can be read; it has to be in PEM, without a password");
    return key;
}

// What no certificate is shown for: whoever does not say that it wants NTS wants something else.
int refuseOthers(SSL* connection, int* alert, void*)
{
    const unsigned char* list = nullptr;
    std::size_t length = 0;
    if (SSL_client_hello_get0_ext(connection, TLSEXT_TYPE_application_layer_protocol_negotiation, &list, &length) == 1)
        return SSL_CLIENT_HELLO_SUCCESS;
    *alert = SSL_AD_NO_APPLICATION_PROTOCOL;
    return SSL_CLIENT_HELLO_ERROR;
}

int chooseProtocol(SSL*, const unsigned char** chosen, unsigned char* chosenLength, const unsigned char* offered,
    unsigned int length, void*)
{
    const std::span list(offered, length);
    for (std::size_t at = 0; at < list.size();) {
        const std::size_t nameLength = list[at];
        const auto rest = list.subspan(at + 1);
        if (nameLength > rest.size())
            break;
        const auto name = rest.first(nameLength);
        if (std::ranges::equal(name, nts::alpnName, {}, {}, [](char c) { return static_cast<unsigned char>(c); })) {
            *chosen = name.data();
            *chosenLength = static_cast<unsigned char>(name.size());
            return SSL_TLSEXT_ERR_OK;
        }
        at += 1 + nameLength;
    }
    return SSL_TLSEXT_ERR_ALERT_FATAL;
}

int chooseIdentity(SSL* connection, int*, void*)
{
    const auto* identities = static_cast<const Identities*>(SSL_get_ex_data(connection, 0));
    const char* name = SSL_get_servername(connection, TLSEXT_NAMETYPE_host_name);
    const Identity* found = name && identities ? identities->find(name) : nullptr;
    if (!found)
        return SSL_TLSEXT_ERR_NOACK;
    return SSL_set_SSL_CTX(connection, found->context()) ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

bool setUp(SSL_CTX* context)
{
    // The cheapest of equally good ones: a cookie is no safer than AES-128 either.
    constexpr auto* suites = "TLS_AES_128_GCM_SHA256:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_256_GCM_SHA384";
    if (SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION) != 1 ||
        SSL_CTX_set1_groups_list(context, "X25519:P-256:P-384") != 1 || SSL_CTX_set_ciphersuites(context, suites) != 1)
        return false;
    SSL_CTX_set_options(context, SSL_OP_NO_TICKET | SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
    // Who comes again has cookies, or wants a whole exchange.
    SSL_CTX_set_num_tickets(context, 0);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    // The chain is the file's. OpenSSL would look for one in its store anew for each client.
    SSL_CTX_set_mode(context, SSL_MODE_NO_AUTO_CHAIN);
    SSL_CTX_set_client_hello_cb(context, refuseOthers, nullptr);
    SSL_CTX_set_alpn_select_cb(context, chooseProtocol, nullptr);
    // OpenSSL's macro for it casts in the old style.
    SSL_CTX_callback_ctrl(context, SSL_CTRL_SET_TLSEXT_SERVERNAME_CB, reinterpret_cast<void (*)()>(chooseIdentity));
    return true;
}

// A key of P-256 signs in one way, RFC 8446 section 4.2.3. OpenSSL compares, for each client, all ways that it knows with all
// that the client knows, and looks each up.
bool signAsThisKeyCan(SSL_CTX* context, const EVP_PKEY* key)
{
    std::array<char, 32> group{};
    const bool isP256 = EVP_PKEY_is_a(key, "EC") == 1 &&
                        EVP_PKEY_get_group_name(key, group.data(), group.size(), nullptr) == 1 &&
                        std::string_view(group.data()) == SN_X9_62_prime256v1;
    return !isP256 || SSL_CTX_set1_sigalgs_list(context, "ECDSA+SHA256") == 1;
}

Certificate factsOf(const TrustedCertificates& chain)
{
    std::vector<const X509*> certificates;
    for (const auto& certificate : chain)
        certificates.push_back(certificate.get());
    return certificateOf(certificates);
}

} // namespace

std::expected<Identity, IdentityError> Identity::read(const IdentityFiles& files)
{
    using enum IdentityError::Part;
    const auto chain = readTrustedCertificates(files.chain.string());
    if (!chain)
        return std::unexpected(IdentityError{Chain, chain.error()});
    const auto key = readPrivateKey(files.key);
    if (!key)
        return std::unexpected(IdentityError{Key, key.error()});
    const auto problemOfChain = [&](std::string_view what) {
        return std::unexpected(IdentityError{Chain, problem(files.chain, what).error()});
    };
    const Context context{SSL_CTX_new(TLS_server_method()), SSL_CTX_free};
    if (!context || !setUp(context.get()))
        return problemOfChain("TLS 1.3 is not available");
    if (SSL_CTX_use_certificate(context.get(), chain->front().get()) != 1)
        return problemOfChain("its first certificate cannot be used");
    for (const auto& signer : std::span(*chain).subspan(1))
        if (SSL_CTX_add1_chain_cert(context.get(), signer.get()) != 1)
            return problemOfChain("there is no memory");
    if (SSL_CTX_use_PrivateKey(context.get(), key->get()) != 1 || SSL_CTX_check_private_key(context.get()) != 1)
        return std::unexpected(IdentityError{
            Key, problem(files.key, std::format("not the key of the certificate in {}; name two that belong together",
                                        files.chain.string()))
                     .error()});
    if (!signAsThisKeyCan(context.get(), key->get()))
        return std::unexpected(IdentityError{Key, problem(files.key, "a key of P-256 cannot sign").error()});
    return Identity(context, factsOf(*chain));
}

std::string_view Identity::dateProblem(RealTime now) const
{
    if (m_certificate.isValidAt(now))
        return {};
    return now > m_certificate.expires ? "has expired, so that clients refuse it"
                                       : "is not valid yet, so that clients refuse it";
}

bool Identity::isFor(const char* name) const
{
    X509* certificate = SSL_CTX_get0_certificate(m_context.get());
    return X509_check_host(certificate, name, 0, X509_CHECK_FLAG_NEVER_CHECK_SUBJECT, nullptr) == 1;
}

ServerConnection Identities::open() const
{
    if (m_identities.empty())
        return {};
    ServerConnection connection{SSL_new(m_identities.front().context())};
    // It is only read.
    auto* self = const_cast<Identities*>(this);
    if (!connection || SSL_set_ex_data(connection.get(), 0, self) != 1)
        return {};
    SSL_set_accept_state(connection.get());
    return connection;
}

const Identity* Identities::find(const char* name) const
{
    if (m_identities.size() < 2)
        return nullptr; // there is nothing to choose
    for (const Identity& identity : m_identities)
        if (identity.isFor(name))
            return &identity;
    return nullptr;
}

} // namespace foliot::daemon
