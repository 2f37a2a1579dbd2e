// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/nts_server/identity.h"

#include "daemon/nts/certificate.h"
#include "files/regular_file.h"
#include "files/wiped.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <algorithm>
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

// OpenSSL writes a key of an elliptic curve as its file has it: maybe without the public half, maybe with that compressed, or
// with all that the curve is in place of its name. The library for TLS reads none of these.
void writeInFull(EVP_PKEY* key)
{
    EVP_PKEY_set_int_param(key, OSSL_PKEY_PARAM_EC_INCLUDE_PUBLIC, 1);
    EVP_PKEY_set_utf8_string_param(
        key, OSSL_PKEY_PARAM_EC_POINT_CONVERSION_FORMAT, OSSL_PKEY_EC_POINT_CONVERSION_FORMAT_UNCOMPRESSED);
    EVP_PKEY_set_utf8_string_param(key, OSSL_PKEY_PARAM_EC_ENCODING, OSSL_PKEY_EC_ENCODING_GROUP);
}

// A private key as PKCS #8 in DER, wiped at the end. Empty without memory.
class KeyOctets {
public:
    explicit KeyOctets(EVP_PKEY* key)
    {
        if (EVP_PKEY_is_a(key, "EC") == 1)
            writeInFull(key);
        const std::unique_ptr<PKCS8_PRIV_KEY_INFO, decltype(&PKCS8_PRIV_KEY_INFO_free)> info{
            EVP_PKEY2PKCS8(key), PKCS8_PRIV_KEY_INFO_free};
        m_length = info ? std::max(i2d_PKCS8_PRIV_KEY_INFO(info.get(), &m_octets), 0) : 0;
    }
    ~KeyOctets() { OPENSSL_clear_free(m_octets, static_cast<std::size_t>(m_length)); }
    KeyOctets(const KeyOctets&) = delete;
    KeyOctets& operator=(const KeyOctets&) = delete;

    std::span<const std::byte> get() const
    {
        return std::as_bytes(std::span(m_octets, static_cast<std::size_t>(m_length)));
    }

private:
    unsigned char* m_octets = nullptr;
    int m_length = 0;
};

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

std::vector<std::byte> derOf(const X509* certificate)
{
    const int length = i2d_X509(certificate, nullptr);
    std::vector<std::byte> der(static_cast<std::size_t>(std::max(length, 0)));
    auto* at = reinterpret_cast<unsigned char*>(der.data());
    if (der.empty() || i2d_X509(certificate, &at) != length)
        return {};
    return der;
}

// Empty without memory.
std::vector<std::vector<std::byte>> derOf(const TrustedCertificates& chain)
{
    std::vector<std::vector<std::byte>> all;
    for (const auto& certificate : chain)
        all.push_back(derOf(certificate.get()));
    return std::ranges::contains(all, true, &std::vector<std::byte>::empty) ? decltype(all){} : all;
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
    auto chain = readTrustedCertificates(files.chain.string());
    if (!chain)
        return std::unexpected(IdentityError{Chain, chain.error()});
    const auto key = readPrivateKey(files.key);
    if (!key)
        return std::unexpected(IdentityError{Key, key.error()});
    if (X509_check_private_key(chain->front().get(), key->get()) != 1)
        return std::unexpected(IdentityError{
            Key, problem(files.key, std::format("not the key of the certificate in {}; name two that belong together",
                                        files.chain.string()))
                     .error()});
    const auto certificates = derOf(*chain);
    const KeyOctets octets(key->get());
    if (certificates.empty() || octets.get().empty())
        return std::unexpected(IdentityError{Key, problem(files.key, "there is no memory").error()});
    auto tls = tls::Identity::make(certificates, octets.get());
    if (!tls)
        return std::unexpected(IdentityError{
            Key, problem(files.key,
                     "a key of this kind or size cannot be used; take one of P-256, P-384, Ed25519, or RSA of 2048, "
                     "3072 or 4096 bits, and a certificate for it")
                     .error()});
    return Identity(*std::move(tls), std::make_shared<const TrustedCertificates>(*std::move(chain)));
}

Identity::Identity(tls::Identity tls, Chain chain)
    : m_tls(std::move(tls))
    , m_chain(std::move(chain))
    , m_certificate(factsOf(*m_chain))
{}

std::string_view Identity::dateProblem(RealTime now) const
{
    if (m_certificate.isValidAt(now))
        return {};
    return now > m_certificate.expires ? "has expired, so that clients refuse it"
                                       : "is not valid yet, so that clients refuse it";
}

bool Identity::isFor(const std::string& name) const
{
    X509* certificate = m_chain->front().get();
    return X509_check_host(certificate, name.data(), name.size(), X509_CHECK_FLAG_NEVER_CHECK_SUBJECT, nullptr) == 1;
}

const Identity& Identities::shownTo(const std::string& name) const
{
    if (m_identities.size() < 2 || name.empty())
        return m_identities.front(); // there is nothing to choose
    const auto found =
        std::ranges::find_if(m_identities, [&](const Identity& identity) { return identity.isFor(name); });
    return found == m_identities.end() ? m_identities.front() : *found;
}

} // namespace foliot::daemon
