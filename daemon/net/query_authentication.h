// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How one source's query is authenticated: by a session of Network Time Security, by a symmetric key, or not at all. Completes
// the request, and judges what comes back. Used by QuerySocket.

#include "keys/key.h"
#include "keys/mac_computer.h"
#include "ntp/exchange.h"
#include "nts/session.h"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace foliot::daemon {

class QueryAuthentication {
public:
    QueryAuthentication(std::uint8_t version, keys::MacComputer& macs)
        : m_version(version)
        , m_macs(macs)
    {}

    // For the queries from now on. The session, which has a cookie, may be null: then they are plain.
    void use(std::shared_ptr<nts::Session> session);
    void use(const keys::Key& key);
    bool isUsed() const { return m_session || m_key; }

    // Puts into the request what proves it ours. Error: the number of the system's error that says it best.
    std::expected<void, int> complete(std::vector<std::byte>& request);

    // What of a reply tells the time. mayBeAnswer: it is worth the computing of a digest. Error: it is not authentic.
    std::expected<std::span<const std::byte>, ntp::Rejection> judge(std::span<const std::byte> reply, bool mayBeAnswer);

private:
    bool protect(std::vector<std::byte>& request);
    bool addDigest(std::vector<std::byte>& request);
    bool hasDigest(std::span<const std::byte> reply);

    const std::uint8_t m_version;
    keys::MacComputer& m_macs;
    std::shared_ptr<nts::Session> m_session; // at most one of the two
    std::optional<keys::Key> m_key;
};

} // namespace foliot::daemon
