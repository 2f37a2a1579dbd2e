// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "reference_siv.h"

#include <openssl/evp.h>
#include <openssl/params.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>

namespace foliot::nts {

namespace {

using ntp::Octets;
using Block = std::array<std::byte, 16>;
using View = std::span<const std::byte>;

const unsigned char* pointer(View octets)
{
    return reinterpret_cast<const unsigned char*>(octets.data());
}

unsigned char* target(std::span<std::byte> octets)
{
    return reinterpret_cast<unsigned char*>(octets.data());
}

std::string cipherName(std::size_t keyLength, const char* mode)
{
    return "AES-" + std::to_string(8 * keyLength) + '-' + mode;
}

Block cmac(View key, View message)
{
    const std::unique_ptr<EVP_MAC, decltype(&EVP_MAC_free)> mac{EVP_MAC_fetch(nullptr, "CMAC", nullptr), EVP_MAC_free};
    const std::unique_ptr<EVP_MAC_CTX, decltype(&EVP_MAC_CTX_free)> context{
        EVP_MAC_CTX_new(mac.get()), EVP_MAC_CTX_free};
    std::string name = cipherName(key.size(), "CBC");
    const std::array parameters{OSSL_PARAM_construct_utf8_string("cipher", name.data(), 0), OSSL_PARAM_construct_end()};
    Block tag{};
    std::size_t length = 0;
    EVP_MAC_init(context.get(), pointer(key), key.size(), parameters.data());
    EVP_MAC_update(context.get(), pointer(message), message.size());
    EVP_MAC_final(context.get(), target(tag), &length, tag.size());
    return tag;
}

// Multiplication by x in GF(2^128).
Block doubled(const Block& block)
{
    Block result{};
    const bool carries = (block[0] & std::byte{0x80}) != std::byte{0};
    for (std::size_t i = 0; i < block.size(); ++i) {
        result[i] = block[i] << 1 | (i + 1 < block.size() ? block[i + 1] >> 7 : std::byte{0});
    }
    result[15] ^= carries ? std::byte{0x87} : std::byte{0};
    return result;
}

void xorInto(std::span<std::byte> target, const Block& other)
{
    std::ranges::transform(target, other, target.begin(), [](std::byte a, std::byte b) { return a ^ b; });
}

Block s2v(View key, std::span<const Octets> components, View plaintext)
{
    Block d = cmac(key, Block{});
    for (const Octets& component : components) {
        d = doubled(d);
        xorInto(d, cmac(key, component));
    }
    Octets last{plaintext.begin(), plaintext.end()};
    if (last.size() >= d.size()) {
        xorInto(std::span{last}.last(d.size()), d);
        return cmac(key, last);
    }
    last.push_back(std::byte{0x80});
    last.resize(d.size());
    xorInto(last, doubled(d));
    return cmac(key, last);
}

} // namespace

Octets referenceSiv(View key, std::span<const Octets> components, View plaintext)
{
    const View macKey = key.first(key.size() / 2);
    const View textKey = key.last(key.size() / 2);
    const Block tag = s2v(macKey, components, plaintext);
    Block counter = tag;
    counter[8] &= std::byte{0x7f};
    counter[12] &= std::byte{0x7f};

    Octets output{tag.begin(), tag.end()};
    output.resize(tag.size() + plaintext.size());
    const std::unique_ptr<EVP_CIPHER, decltype(&EVP_CIPHER_free)> cipher{
        EVP_CIPHER_fetch(nullptr, cipherName(textKey.size(), "CTR").c_str(), nullptr), EVP_CIPHER_free};
    const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context{
        EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free};
    int length = 0;
    EVP_EncryptInit_ex2(context.get(), cipher.get(), pointer(textKey), pointer(counter), nullptr);
    EVP_EncryptUpdate(context.get(), target(std::span{output}.subspan(tag.size())), &length, pointer(plaintext),
        static_cast<int>(plaintext.size()));
    return output;
}

} // namespace foliot::nts
