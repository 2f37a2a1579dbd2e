// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "nts/aead.h"

#include <openssl/evp.h>

#include <algorithm>
#include <cassert>
#include <limits>
#include <memory>

namespace foliot::nts {

namespace {

using Octets = std::span<const std::byte>;

struct Properties {
    const char* cipher; // OpenSSL's name
    std::string_view name;
    std::size_t keyLength;
    std::size_t nonceLength;
    bool isSiv; // RFC 5297: the nonce is one more component of the associated data, and the tag comes first
};

const Properties& propertiesOf(Algorithm algorithm)
{
    static constexpr Properties siv256{"AES-128-SIV", "AES-SIV-CMAC-256", 32, 16, true};
    static constexpr Properties siv384{"AES-192-SIV", "AES-SIV-CMAC-384", 48, 16, true};
    static constexpr Properties siv512{"AES-256-SIV", "AES-SIV-CMAC-512", 64, 16, true};
    static constexpr Properties gcm128{"AES-128-GCM-SIV", "AES-128-GCM-SIV", 16, 12, false};
    switch (algorithm) {
    case Algorithm::SivCmac256:
        return siv256;
    case Algorithm::SivCmac384:
        return siv384;
    case Algorithm::SivCmac512:
        return siv512;
    case Algorithm::Gcm128Siv:
        return gcm128;
    }
    return siv256;
}

struct FreeCipher {
    void operator()(EVP_CIPHER* cipher) const { EVP_CIPHER_free(cipher); }
};
struct FreeContext {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Cipher = std::unique_ptr<EVP_CIPHER, FreeCipher>;
using Context = std::unique_ptr<EVP_CIPHER_CTX, FreeContext>;

// Looking a cipher up by its name costs more than using it once.
EVP_CIPHER* cipherOf(Algorithm algorithm)
{
    static const auto fetch = [](Algorithm wanted) {
        return Cipher{EVP_CIPHER_fetch(nullptr, propertiesOf(wanted).cipher, nullptr)};
    };
    static const Cipher siv256 = fetch(Algorithm::SivCmac256);
    static const Cipher siv384 = fetch(Algorithm::SivCmac384);
    static const Cipher siv512 = fetch(Algorithm::SivCmac512);
    static const Cipher gcm128 = fetch(Algorithm::Gcm128Siv);
    switch (algorithm) {
    case Algorithm::SivCmac256:
        return siv256.get();
    case Algorithm::SivCmac384:
        return siv384.get();
    case Algorithm::SivCmac512:
        return siv512.get();
    case Algorithm::Gcm128Siv:
        return gcm128.get();
    }
    return nullptr;
}

// OpenSSL takes a null pointer for "no more of this kind", so empty input still needs an address.
const unsigned char* pointer(Octets octets)
{
    static constexpr unsigned char nothing = 0;
    return octets.empty() ? &nothing : reinterpret_cast<const unsigned char*>(octets.data());
}

unsigned char* pointer(std::span<std::byte> octets)
{
    return reinterpret_cast<unsigned char*>(octets.data());
}

int lengthOf(Octets octets)
{
    assert(octets.size() <= std::numeric_limits<int>::max());
    return static_cast<int>(octets.size());
}

enum class Direction : int { Open = 0, Seal = 1 };

bool areLengthsRight(const Properties& properties, Octets key, Octets nonce)
{
    const bool isNonceRight = properties.isSiv ? !nonce.empty() : nonce.size() == properties.nonceLength;
    return key.size() == properties.keyLength && isNonceRight;
}

// A context that has the key, the nonce and, for opening, the tag; null when the library refuses.
Context begin(Algorithm algorithm, Direction direction, Octets key, Octets nonce, Octets tag)
{
    const Properties& properties = propertiesOf(algorithm);
    EVP_CIPHER* cipher = cipherOf(algorithm);
    Context context{cipher && areLengthsRight(properties, key, nonce) ? EVP_CIPHER_CTX_new() : nullptr};
    if (!context) {
        return {};
    }
    const auto* iv = properties.isSiv ? nullptr : pointer(nonce);
    if (EVP_CipherInit_ex2(context.get(), cipher, pointer(key), iv, static_cast<int>(direction), nullptr) != 1) {
        return {};
    }
    if (!tag.empty()) {
        std::array<std::byte, tagLength> copy{};
        std::ranges::copy(tag, copy.begin());
        if (EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, lengthOf(tag), copy.data()) != 1) {
            return {};
        }
    }
    return context;
}

bool authenticate(EVP_CIPHER_CTX* context, Octets associated)
{
    int written = 0;
    return EVP_CipherUpdate(context, nullptr, &written, pointer(associated), lengthOf(associated)) == 1;
}

// From input to output, which has room for as much, and to the end.
bool convert(EVP_CIPHER_CTX* context, Octets input, std::span<std::byte> output)
{
    // Where nothing is written an address is wanted all the same.
    std::array<std::byte, tagLength> array{};
    const std::span<std::byte> unused{array};
    unsigned char* target = pointer(output.empty() ? unused : output);
    int written = 0;
    int rest = 0;
    return EVP_CipherUpdate(context, target, &written, pointer(input), lengthOf(input)) == 1 &&
           EVP_CipherFinal_ex(context, pointer(unused), &rest) == 1 && rest == 0 &&
           written == static_cast<int>(output.size());
}

} // namespace

std::optional<Algorithm> algorithmOf(std::uint16_t number)
{
    const auto found = std::ranges::find(allAlgorithms, static_cast<Algorithm>(number));
    return found == allAlgorithms.end() ? std::nullopt : std::optional{*found};
}

std::string_view algorithmName(Algorithm algorithm)
{
    return propertiesOf(algorithm).name;
}

std::size_t keyLength(Algorithm algorithm)
{
    return propertiesOf(algorithm).keyLength;
}

std::size_t nonceLength(Algorithm algorithm)
{
    return propertiesOf(algorithm).nonceLength;
}

bool isAvailable(Algorithm algorithm)
{
    return cipherOf(algorithm) != nullptr;
}

std::optional<std::vector<std::byte>> seal(
    Algorithm algorithm, Octets key, Octets nonce, Octets associated, Octets plaintext)
{
    assert(!associated.empty());
    const bool isSiv = propertiesOf(algorithm).isSiv;
    const Context context = begin(algorithm, Direction::Seal, key, nonce, {});
    std::vector<std::byte> sealed(plaintext.size() + tagLength);
    const std::span whole{sealed};
    const auto tag = isSiv ? whole.first(tagLength) : whole.last(tagLength);
    const auto text = isSiv ? whole.subspan(tagLength) : whole.first(plaintext.size());
    if (!context || !authenticate(context.get(), associated) || (isSiv && !authenticate(context.get(), nonce)) ||
        !convert(context.get(), plaintext, text)) {
        return std::nullopt;
    }
    if (EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, lengthOf(tag), tag.data()) != 1) {
        return std::nullopt;
    }
    return sealed;
}

std::optional<std::vector<std::byte>> open(
    Algorithm algorithm, Octets key, Octets nonce, Octets associated, Octets sealed)
{
    assert(!associated.empty());
    if (sealed.size() < tagLength) {
        return std::nullopt;
    }
    const bool isSiv = propertiesOf(algorithm).isSiv;
    const auto tag = isSiv ? sealed.first(tagLength) : sealed.last(tagLength);
    const auto text = isSiv ? sealed.subspan(tagLength) : sealed.first(sealed.size() - tagLength);
    const Context context = begin(algorithm, Direction::Open, key, nonce, tag);
    std::vector<std::byte> plaintext(text.size());
    if (!context || !authenticate(context.get(), associated) || (isSiv && !authenticate(context.get(), nonce)) ||
        !convert(context.get(), text, plaintext)) {
        return std::nullopt;
    }
    return plaintext;
}

} // namespace foliot::nts
