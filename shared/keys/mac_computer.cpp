// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "keys/mac_computer.h"

#include <algorithm>
#include <utility>

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>

namespace foliot::keys {

namespace {

constexpr std::size_t longestDigestFrom4 = 20;

template<auto free>
struct Freed {
    void operator()(auto* object) const { free(object); }
};
template<typename Object, auto free>
using Owned = std::unique_ptr<Object, Freed<free>>;

using DigestContext = Owned<EVP_MD_CTX, &EVP_MD_CTX_free>;
using DigestMethod = Owned<EVP_MD, &EVP_MD_free>;
using Mac = Owned<EVP_MAC, &EVP_MAC_free>;
using MacContext = Owned<EVP_MAC_CTX, &EVP_MAC_CTX_free>;

const char* hashName(Digest digest)
{
    switch (digest) {
    case Digest::Md5:
        return "MD5";
    case Digest::Sha1:
        return "SHA1";
    case Digest::Sha256:
        return "SHA256";
    case Digest::Sha384:
        return "SHA384";
    case Digest::Sha512:
        return "SHA512";
    case Digest::AesCmac128:
    case Digest::AesCmac256:
        return nullptr;
    }
    return nullptr;
}

const unsigned char* octets(std::span<const std::byte> span)
{
    return reinterpret_cast<const unsigned char*>(span.data());
}

unsigned char* octets(std::span<std::byte> span)
{
    return reinterpret_cast<unsigned char*>(span.data());
}

MacContext cmacContext(EVP_MAC* mac, const Key& key)
{
    MacContext context{EVP_MAC_CTX_new(mac)};
    std::string cipher = key.digest == Digest::AesCmac256 ? "AES-256-CBC" : "AES-128-CBC";
    const std::array parameters{
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_CIPHER, cipher.data(), 0), OSSL_PARAM_construct_end()};
    if (!context ||
        EVP_MAC_init(context.get(), octets(key.secret.octets()), key.secret.octets().size(), parameters.data()) != 1)
        return nullptr;
    return context;
}

} // namespace

struct MacComputer::Parts {
    std::size_t hash(const Key& key, std::span<const std::byte> message, std::span<std::byte, longestDigest> digest)
    {
        auto& method = methods[static_cast<std::size_t>(key.digest)];
        if (!method)
            method.reset(EVP_MD_fetch(nullptr, hashName(key.digest), nullptr));
        unsigned int length = 0;
        const bool isDone =
            method && EVP_DigestInit_ex2(context.get(), method.get(), nullptr) == 1 &&
            EVP_DigestUpdate(context.get(), key.secret.octets().data(), key.secret.octets().size()) == 1 &&
            EVP_DigestUpdate(context.get(), message.data(), message.size()) == 1 &&
            EVP_DigestFinal_ex(context.get(), octets(std::span<std::byte>(digest)), &length) == 1;
        return isDone ? length : 0;
    }

    std::size_t cmac(const Key& key, std::span<const std::byte> message, std::span<std::byte, longestDigest> digest)
    {
        auto& prepared = ciphers[key.id];
        // A key of the same number may have become another one.
        if (!prepared.second || prepared.first != key)
            prepared = {key.copy(), cmacContext(mac.get(), key)};
        std::size_t length = 0;
        EVP_MAC_CTX* const cipher = prepared.second.get();
        const bool isDone = cipher && EVP_MAC_init(cipher, nullptr, 0, nullptr) == 1 &&
                            EVP_MAC_update(cipher, octets(message), message.size()) == 1 &&
                            EVP_MAC_final(cipher, octets(std::span<std::byte>(digest)), &length, digest.size()) == 1;
        return isDone ? length : 0;
    }

    DigestContext context{EVP_MD_CTX_new()};
    Mac mac{EVP_MAC_fetch(nullptr, "CMAC", nullptr)};
    std::array<DigestMethod, 5> methods; // by Digest
    std::map<std::uint32_t, std::pair<Key, MacContext>> ciphers;
};

MacComputer::MacComputer() = default;
MacComputer::~MacComputer() = default;
MacComputer::MacComputer(MacComputer&&) noexcept = default;
MacComputer& MacComputer::operator=(MacComputer&&) noexcept = default;

std::size_t MacComputer::compute(const Key& key, std::span<const std::byte> message, std::uint8_t version,
    std::span<std::byte, longestDigest> digest)
{
    // Only where there are keys: the library takes a megabyte for its algorithms.
    if (!m_parts)
        m_parts = std::make_unique<Parts>();
    const auto length =
        hashName(key.digest) ? m_parts->hash(key, message, digest) : m_parts->cmac(key, message, digest);
    return version >= 4 ? std::min(length, longestDigestFrom4) : length;
}

bool MacComputer::verify(
    const Key& key, std::span<const std::byte> message, std::uint8_t version, std::span<const std::byte> digest)
{
    std::array<std::byte, longestDigest> expected{};
    const auto length = compute(key, message, version, expected);
    return length != 0 && length == digest.size() && CRYPTO_memcmp(expected.data(), digest.data(), length) == 0;
}

} // namespace foliot::keys
