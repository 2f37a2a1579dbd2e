// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Who the server is to its clients: a certificate, those that it was signed by, and its private key, ready for TLS 1.3
// connections that exchange keys for NTS. Read by the event loop; made whole and never changed, so that threads share it.

#include "daemon/nts/tls_facts.h"

#include <openssl/ssl.h>

#include <cstdint>
#include <expected>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace foliot::daemon {

struct IdentityFiles {
    std::filesystem::path chain; // PEM, the server's own certificate first
    std::filesystem::path key;   // PEM, without a password

    friend bool operator==(const IdentityFiles&, const IdentityFiles&) = default;
};

struct IdentityError {
    enum class Part : std::uint8_t { Chain, Key };
    Part part = Part::Chain;
    std::string text; // the file and why it cannot be used
};

class Identity {
public:
    // A key that others can read is an error too.
    static std::expected<Identity, IdentityError> read(const IdentityFiles& files);

    // The certificate is for this name.
    bool isFor(const char* name) const;
    const Certificate& certificate() const { return m_certificate; }
    // Why clients refuse the certificate at this time, a sentence's end; empty when they do not.
    std::string_view dateProblem(RealTime now) const;
    SSL_CTX* context() const { return m_context.get(); }

private:
    using Context = std::shared_ptr<SSL_CTX>;

    Identity(Context context, Certificate certificate)
        : m_context(std::move(context))
        , m_certificate(std::move(certificate))
    {}

    Context m_context; // never changed
    Certificate m_certificate;
};

struct FreeConnection {
    void operator()(SSL* connection) const { SSL_free(connection); }
};
using ServerConnection = std::unique_ptr<SSL, FreeConnection>;

// All that a server has. A client gets the first one that is for the name it asks for, or else the first.
class Identities {
public:
    Identities() = default;
    explicit Identities(std::vector<Identity> identities)
        : m_identities(std::move(identities))
    {}

    bool isEmpty() const { return m_identities.empty(); }
    const std::vector<Identity>& all() const { return m_identities; }

    // A connection that a client is to begin; these identities have to outlive it. Null without memory or identity.
    ServerConnection open() const;

    // The one for this name, if any is.
    const Identity* find(const char* name) const;

private:
    std::vector<Identity> m_identities;
};

} // namespace foliot::daemon
