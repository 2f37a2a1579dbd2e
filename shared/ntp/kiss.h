// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Kiss codes: what a server says in the reference identifier of a stratum 0 reply. RFC 5905 section 7.4, RFC 8915.

#include <cstdint>
#include <string>

namespace foliot::ntp {

enum class KissCode : std::uint8_t {
    Deny,     // DENY: access denied, stop asking
    Restrict, // RSTR: access denied by policy, stop asking
    Rate,     // RATE: asked too often, slow down at once
    NtsNak,   // NTSN: the NTS cookie was not accepted
    Other,    // any other code: the server is not synchronized (INIT, STEP, ...) or the code is unknown
};

struct Kiss {
    KissCode code = KissCode::Other;
    std::uint32_t referenceId = 0; // the four octets as received

    friend bool operator==(const Kiss&, const Kiss&) = default;
};

Kiss kissFromReferenceId(std::uint32_t referenceId);

// The four octets as ASCII, anything unprintable as an escape: safe to log and to show.
std::string kissText(const Kiss& kiss);

} // namespace foliot::ntp
