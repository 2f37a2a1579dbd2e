// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a cookie says of its client: the keys that client and server agreed on.

#include "nts/aead.h"
#include "nts/secret.h"
#include "nts/session.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

namespace foliot::nts {

struct CookieContent {
    Algorithm algorithm = Algorithm::SivCmac256;
    SessionKeys keys;
};

// The same, laid out as it is sealed. What a server has of a client while it answers: its cookie is opened into this, and the
// next ones are sealed from it, so that no key is copied on the way. Wiped when it is replaced and when it goes.
class CookieText {
public:
    static constexpr std::size_t keysAt = 4; // behind the algorithm and two octets of zero: key c2s, key s2c
    static constexpr std::size_t longest = keysAt + 2 * Secret::mostOctets;
    static constexpr std::size_t lengthFor(Algorithm algorithm) { return keysAt + 2 * keyLength(algorithm); }

    CookieText() noexcept {} // empty: what it has room for is not touched
    explicit CookieText(const CookieContent& content);
    CookieText(CookieText&& other) noexcept { *this = std::move(other); }
    CookieText& operator=(CookieText&& other) noexcept;
    ~CookieText() { clear(); }

    bool isEmpty() const { return m_length == 0; }

    // Not of an empty one.
    Algorithm algorithm() const { return m_algorithm; }
    std::span<const std::byte> clientToServer() const { return octets().subspan(keysAt, keyLength(m_algorithm)); }
    std::span<const std::byte> serverToClient() const { return octets().last(keyLength(m_algorithm)); }
    CookieContent content() const;

    std::span<const std::byte> octets() const { return std::span{m_octets}.first(m_length); }

    // To be filled, with `keysAt` octets at least, and then taken for what it is. False when it is none: it is empty then.
    std::span<std::byte> room(std::size_t length) { return std::span{m_octets}.first(length); }
    bool accept(std::size_t length);

    void clear()
    {
        if (m_length != 0) {
            wipe(room(m_length));
            m_length = 0;
        }
    }

private:
    std::array<std::byte, longest> m_octets; // as many as are counted
    std::size_t m_length = 0;
    Algorithm m_algorithm = Algorithm::SivCmac256;
};

} // namespace foliot::nts
