// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "nts/aead.h"

#include "nts/few.h"

#include <openssl/evp.h>

#include <algorithm>
#include <cassert>
#include <limits>
#include <memory>
#include <ranges>

namespace foliot::nts {

namespace {

using Octets = std::span<const std::byte>;

struct FreeCipher {
    void operator()(EVP_CIPHER* cipher) const { EVP_CIPHER_free(cipher); }
};
struct FreeContext {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Cipher = std::unique_ptr<EVP_CIPHER, FreeCipher>;
using Context = std::unique_ptr<EVP_CIPHER_CTX, FreeContext>;

// Looking a cipher up by its name costs more than using it once.
EVP_CIPHER* gcmCipher()
{
    static const Cipher cipher{EVP_CIPHER_fetch(nullptr, "AES-128-GCM-SIV", nullptr)};
    return cipher.get();
}

bool isNonceRight(Algorithm algorithm, Octets nonce)
{
    return isSiv(algorithm) ? !nonce.empty() : nonce.size() == nonceLength(algorithm);
}

// OpenSSL takes a null pointer for "no more of this kind", so empty input still needs an address.
const unsigned char* inputOf(Octets octets)
{
    static constexpr unsigned char nothing = 0;
    return octets.empty() ? &nothing : reinterpret_cast<const unsigned char*>(octets.data());
}

unsigned char* outputOf(std::span<std::byte> octets)
{
    return reinterpret_cast<unsigned char*>(octets.data());
}

int lengthOf(Octets octets)
{
    assert(octets.size() <= std::numeric_limits<int>::max());
    return static_cast<int>(octets.size());
}

enum class Direction : int { Open = 0, Seal = 1 };

// From input to output, which has room for as much. The tag is written, or read.
bool convertGcm(Direction direction, Octets key, Octets nonce, Octets associated, Octets input,
    std::span<std::byte> output, std::array<std::byte, tagLength>& tag)
{
    // OpenSSL keeps the associated data of a context when the context begins anew, so each message has its own.
    const Context context{EVP_CIPHER_CTX_new()};
    EVP_CIPHER* const cipher = gcmCipher();
    if (!context || !cipher ||
        EVP_CipherInit_ex2(context.get(), cipher, inputOf(key), inputOf(nonce), static_cast<int>(direction), nullptr) !=
            1) {
        return false;
    }
    if (direction == Direction::Open &&
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, lengthOf(tag), tag.data()) != 1) {
        return false;
    }
    // Where nothing is written an address is wanted all the same.
    std::array<std::byte, tagLength> unused{};
    unsigned char* const target = outputOf(output.empty() ? std::span<std::byte>{unused} : output);
    int written = 0;
    int rest = 0;
    if (EVP_CipherUpdate(context.get(), nullptr, &written, inputOf(associated), lengthOf(associated)) != 1 ||
        EVP_CipherUpdate(context.get(), target, &written, inputOf(input), lengthOf(input)) != 1 ||
        EVP_CipherFinal_ex(context.get(), outputOf(unused), &rest) != 1 || rest != 0 ||
        written != static_cast<int>(output.size())) {
        return false;
    }
    return direction == Direction::Open ||
           EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, lengthOf(tag), tag.data()) == 1;
}

} // namespace

std::string_view algorithmName(Algorithm algorithm)
{
    switch (algorithm) {
    case Algorithm::SivCmac256:
        return "AES-SIV-CMAC-256";
    case Algorithm::SivCmac384:
        return "AES-SIV-CMAC-384";
    case Algorithm::SivCmac512:
        return "AES-SIV-CMAC-512";
    case Algorithm::Gcm128Siv:
        return "AES-128-GCM-SIV";
    }
    return {};
}

bool isAvailable(Algorithm algorithm)
{
    const std::array<std::byte, 64> key{};
    return KeyedAead{}.setKey(algorithm, Octets{key}.first(keyLength(algorithm)));
}

KeyedAead& KeyedAead::operator=(KeyedAead&& other) noexcept
{
    if (this != &other) {
        m_algorithm = other.m_algorithm;
        m_siv = std::move(other.m_siv);
        m_gcmKey = other.m_gcmKey;
        other.forget();
    }
    return *this;
}

bool KeyedAead::setKey(Algorithm algorithm, Octets key)
{
    Keying keying{.aead = this, .algorithm = algorithm, .key = key};
    setKeys(std::span{&keying, 1});
    return keying.isSet;
}

void KeyedAead::setKeys(std::span<Keying> each)
{
    for (; !each.empty(); each = each.subspan(std::min(Siv::sideBySide, each.size()))) {
        const auto group = each.first(std::min(Siv::sideBySide, each.size()));
        Few<Siv*, Siv::sideBySide> sivs;
        Few<Octets, Siv::sideBySide> keys;
        for (Keying& keying : group) {
            KeyedAead& aead = *keying.aead;
            aead.m_algorithm.reset();
            keying.isSet = keying.key.size() == keyLength(keying.algorithm) && (isSiv(keying.algorithm) || gcmCipher());
            if (keying.isSet && isSiv(keying.algorithm)) {
                sivs.add() = &aead.m_siv;
                keys.add() = keying.key;
            } else if (keying.isSet) {
                std::ranges::copy(keying.key, aead.m_gcmKey.begin());
            }
        }
        Siv::setKeys(sivs.all(), keys.all());
        for (Keying& keying : group) {
            keying.isSet = keying.isSet && (!isSiv(keying.algorithm) || keying.aead->m_siv.hasKey());
            if (keying.isSet) {
                keying.aead->m_algorithm = keying.algorithm;
            }
        }
    }
}

bool KeyedAead::takes(Octets nonce) const
{
    return m_algorithm && isNonceRight(*m_algorithm, nonce);
}

void KeyedAead::seal(std::span<Sealing> messages)
{
    for (; !messages.empty(); messages = messages.subspan(std::min(Siv::sideBySide, messages.size()))) {
        const auto group = messages.first(std::min(Siv::sideBySide, messages.size()));
        Few<Siv::Sealing, Siv::sideBySide> bySiv;
        Few<Sealing*, Siv::sideBySide> sealings;
        for (Sealing& message : group) {
            assert(!message.associated.empty() && message.sealed.size() == message.plaintext.size() + tagLength);
            if (!message.aead->takes(message.nonce)) {
                message.isSealed = false;
            } else if (isSiv(*message.aead->m_algorithm)) {
                sealings.add() = &message;
                Siv::Sealing& sealing = bySiv.add();
                sealing.siv = &message.aead->m_siv;
                sealing.associated = message.associated;
                sealing.nonce = message.nonce;
                sealing.plaintext = message.plaintext;
                sealing.sealed = message.sealed;
            } else {
                std::array<std::byte, tagLength> tag{};
                message.isSealed = convertGcm(Direction::Seal, message.aead->m_gcmKey, message.nonce,
                    message.associated, message.plaintext, message.sealed.first(message.plaintext.size()), tag);
                std::ranges::copy(tag, message.sealed.last(tagLength).begin());
            }
        }
        const bool areSealed = Siv::seal(bySiv.all());
        for (Sealing* const message : sealings.all()) {
            message->isSealed = areSealed;
        }
    }
}

void KeyedAead::open(std::span<Opening> messages)
{
    for (; !messages.empty(); messages = messages.subspan(std::min(Siv::sideBySide, messages.size()))) {
        const auto group = messages.first(std::min(Siv::sideBySide, messages.size()));
        Few<Siv::Opening, Siv::sideBySide> bySiv;
        Few<Opening*, Siv::sideBySide> openings;
        for (Opening& message : group) {
            assert(!message.associated.empty() && message.plaintext.size() + tagLength == message.sealed.size());
            if (!message.aead->takes(message.nonce)) {
                message.isAuthentic = false;
            } else if (isSiv(*message.aead->m_algorithm)) {
                openings.add() = &message;
                Siv::Opening& opening = bySiv.add();
                opening.siv = &message.aead->m_siv;
                opening.associated = message.associated;
                opening.nonce = message.nonce;
                opening.sealed = message.sealed;
                opening.plaintext = message.plaintext;
                continue;
            } else {
                std::array<std::byte, tagLength> tag{};
                std::ranges::copy(message.sealed.last(tagLength), tag.begin());
                message.isAuthentic = convertGcm(Direction::Open, message.aead->m_gcmKey, message.nonce,
                    message.associated, message.sealed.first(message.plaintext.size()), message.plaintext, tag);
            }
            if (!message.isAuthentic) {
                wipe(message.plaintext);
            }
        }
        Siv::open(bySiv.all());
        for (const auto& [message, opened] : std::views::zip(openings.all(), bySiv.all())) {
            message->isAuthentic = opened.isAuthentic;
        }
    }
}

bool KeyedAead::seal(Octets nonce, Octets associated, Octets plaintext, std::span<std::byte> sealed)
{
    Sealing message{.aead = this, .nonce = nonce, .associated = associated, .plaintext = plaintext, .sealed = sealed};
    seal(std::span{&message, 1});
    return message.isSealed;
}

bool KeyedAead::open(Octets nonce, Octets associated, Octets sealed, std::span<std::byte> plaintext)
{
    Opening message{.aead = this, .nonce = nonce, .associated = associated, .sealed = sealed, .plaintext = plaintext};
    open(std::span{&message, 1});
    return message.isAuthentic;
}

void KeyedAead::forget()
{
    m_algorithm.reset();
    m_siv.forget();
    wipe(m_gcmKey);
}

std::optional<std::vector<std::byte>> seal(
    Algorithm algorithm, Octets key, Octets nonce, Octets associated, Octets plaintext)
{
    KeyedAead aead;
    std::vector<std::byte> sealed(plaintext.size() + tagLength);
    if (!aead.setKey(algorithm, key) || !aead.seal(nonce, associated, plaintext, sealed)) {
        return std::nullopt;
    }
    return sealed;
}

std::optional<std::vector<std::byte>> open(
    Algorithm algorithm, Octets key, Octets nonce, Octets associated, Octets sealed)
{
    if (sealed.size() < tagLength) {
        return std::nullopt;
    }
    KeyedAead aead;
    std::vector<std::byte> plaintext(sealed.size() - tagLength);
    if (!aead.setKey(algorithm, key) || !aead.open(nonce, associated, sealed, plaintext)) {
        return std::nullopt;
    }
    return plaintext;
}

} // namespace foliot::nts
