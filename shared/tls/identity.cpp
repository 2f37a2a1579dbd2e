// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tls/identity.h"

#include "tls/foliot_tls.h"

namespace foliot::tls {

std::optional<Identity> Identity::make(const std::vector<std::vector<std::byte>>& chain, std::span<const std::byte> key)
{
    std::vector<foliot_tls_octets> certificates;
    certificates.reserve(chain.size());
    for (const auto& certificate : chain)
        certificates.push_back(octetsOf(certificate));
    auto* identity = foliot_tls_identity_new(certificates.data(), certificates.size(), octetsOf(key));
    return identity ? std::optional(Identity(identity)) : std::nullopt;
}

Identity::Identity(foliot_tls_identity* identity)
    : m_identity(identity, foliot_tls_identity_free)
{}

} // namespace foliot::tls
