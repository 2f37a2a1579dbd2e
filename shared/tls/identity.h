// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A chain of certificates and its private key, ready for TLS 1.3 connections of one protocol: the exchange of keys for NTS.
// Never changed, so that threads share it.

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <vector>

struct foliot_tls_identity;

namespace foliot::tls {

class Identity {
public:
    // chain: certificates in DER, the server's own first, and not empty. key: PKCS #8 in DER, of P-256, P-384, Ed25519, or RSA
    // of 2048, 3072 or 4096 bits and an exponent from 65537 on; nothing when it is of another kind, or without memory. That they belong together is not asked.
    static std::optional<Identity> make(
        const std::vector<std::vector<std::byte>>& chain, std::span<const std::byte> key);

    const foliot_tls_identity* get() const { return m_identity.get(); }

private:
    explicit Identity(foliot_tls_identity* identity);

    std::shared_ptr<const foliot_tls_identity> m_identity;
};

} // namespace foliot::tls
