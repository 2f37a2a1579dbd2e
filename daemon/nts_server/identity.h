// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Who the server is to its clients: a certificate, those that it was signed by, and its private key. Read by the event loop;
// made whole and never changed, so that threads share it.

#include "daemon/nts/tls_facts.h"
#include "daemon/nts/trusted_certificates.h"
#include "tls/identity.h"

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
    bool isFor(const std::string& name) const;
    const Certificate& certificate() const { return m_certificate; }
    // Why clients refuse the certificate at this time, a sentence's end; empty when they do not.
    std::string_view dateProblem(RealTime now) const;
    const tls::Identity& tls() const { return m_tls; }

private:
    using Chain = std::shared_ptr<const TrustedCertificates>;

    Identity(tls::Identity tls, Chain chain);

    tls::Identity m_tls;
    Chain m_chain;
    Certificate m_certificate; // the chain's facts
};

// All that a server has.
class Identities {
public:
    Identities() = default;
    explicit Identities(std::vector<Identity> identities)
        : m_identities(std::move(identities))
    {}

    bool isEmpty() const { return m_identities.empty(); }
    const std::vector<Identity>& all() const { return m_identities; }

    // Whom a client that asks for this name gets: the first that is for it, or else the first. There has to be one.
    const Identity& shownTo(const std::string& name) const;

private:
    std::vector<Identity> m_identities;
};

} // namespace foliot::daemon
