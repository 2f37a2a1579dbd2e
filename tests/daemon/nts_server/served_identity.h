// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the tests of the key exchange server have in common: identities that a made authority signed, and keys for cookies.

#include "daemon/nts_server/identity.h"
#include "nts/cookie.h"
#include "support/made_certificates.h"

#include <QtLogging>

#include <memory>

namespace foliot::tests {

inline daemon::IdentityFiles filesOf(const CertificateFiles& files)
{
    return {.chain = files.chain.toStdString(), .key = files.key.toStdString()};
}

inline std::shared_ptr<const daemon::Identities> identitiesFor(MadeAuthority& authority, const QStringList& names)
{
    std::vector<daemon::Identity> identities;
    for (const QString& name : names) {
        auto identity = daemon::Identity::read(filesOf(authority.sign({.names = {name}})));
        if (!identity)
            qFatal("%s", identity.error().text.c_str());
        identities.push_back(*std::move(identity));
    }
    return std::make_shared<const daemon::Identities>(std::move(identities));
}

inline nts::CookieKeys cookieKeysOf(std::uint32_t id)
{
    return nts::CookieKeys{
        {.id = id, .secret = nts::Secret{std::vector<std::byte>(nts::cookieKeyLength, static_cast<std::byte>(id))}}};
}

} // namespace foliot::tests
