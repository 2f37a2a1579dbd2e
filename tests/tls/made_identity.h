// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A certificate and its key as the server's side of TLS takes them.

#include "support/made_certificates.h"

#include <openssl/pem.h>

#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace foliot::tests {

struct DerIdentity {
    std::vector<std::vector<std::byte>> chain;
    std::vector<std::byte> key; // PKCS #8
    // Of an Ed25519 key, what each signature begins with, RFC 8032 section 5.1.5: half the hash of the private octets.
    std::vector<std::byte> prefix;
};

inline DerIdentity derOf(const CertificateFiles& files)
{
    const auto open = [](const QString& path) {
        return std::unique_ptr<BIO, decltype(&BIO_free)>{BIO_new_file(qPrintable(path), "r"), BIO_free};
    };
    const auto octetsOf = [](unsigned char* data, int length) {
        const auto octets = std::as_bytes(std::span(data, static_cast<std::size_t>(length)));
        return std::vector<std::byte>(octets.begin(), octets.end());
    };
    const std::unique_ptr<X509, decltype(&X509_free)> certificate{
        PEM_read_bio_X509(open(files.chain).get(), nullptr, nullptr, nullptr), X509_free};
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key{
        PEM_read_bio_PrivateKey(open(files.key).get(), nullptr, nullptr, nullptr), EVP_PKEY_free};
    const std::unique_ptr<PKCS8_PRIV_KEY_INFO, decltype(&PKCS8_PRIV_KEY_INFO_free)> info{
        EVP_PKEY2PKCS8(key.get()), PKCS8_PRIV_KEY_INFO_free};
    DerIdentity identity;
    unsigned char* der = nullptr;
    const int certificateLength = i2d_X509(certificate.get(), &der);
    identity.chain.push_back(octetsOf(der, certificateLength));
    OPENSSL_free(der);
    der = nullptr;
    const int keyLength = i2d_PKCS8_PRIV_KEY_INFO(info.get(), &der);
    identity.key = octetsOf(der, keyLength);
    OPENSSL_free(der);
    std::array<unsigned char, 32> seed{};
    std::size_t length = seed.size();
    if (EVP_PKEY_is_a(key.get(), "ED25519") == 1 &&
        EVP_PKEY_get_raw_private_key(key.get(), seed.data(), &length) == 1) {
        std::array<unsigned char, 64> hash{};
        EVP_Digest(seed.data(), seed.size(), hash.data(), nullptr, EVP_sha512(), nullptr);
        identity.prefix = octetsOf(std::span(hash).last(32).data(), 32);
    }
    return identity;
}

} // namespace foliot::tests
