// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The client's side of one query: makes the request, recognizes its answer among whatever arrives, and turns it into a
// Measurement. One per source; fed by the daemon's client or the simulator with octets and stamps. RFC 5905 section 8.

#include "ntp/kiss.h"
#include "ntp/measurement.h"
#include "ntp/rejection.h"
#include "ntp/timestamp.h"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <variant>
#include <vector>

namespace foliot::ntp {

class Exchange {
public:
    using Answer = std::variant<Measurement, Kiss>;

    // version: 3 or 4.
    explicit Exchange(std::uint8_t version = 4);

    // Starts a query and forgets the one before. The transmit timestamp is `random` (never 0), not the time: nobody off
    // the path can guess it, and it tells the server nothing about our clock. All else but version and mode is 0.
    std::vector<std::byte> request(std::uint64_t random);

    // When the request left. A stamp by a better origin (the kernel's, reported late) replaces an earlier one until the
    // answer is in; one by a worse origin is ignored.
    void transmitted(const LocalStamp& stamp);

    // Judges a packet. An Answer ends the query; a rejected packet changes nothing, the true answer may still come.
    // Before transmitted() everything is unsolicited. Extension fields and a MAC have to be well-formed and are
    // ignored, except that a crypto-NAK is rejected. The era of the server's timestamps is the one nearest to
    // `received`, or to `notBefore` when our own clock is older than that (a machine that starts in 1970).
    std::expected<Answer, Rejection> reply(
        std::span<const std::byte> packet, const LocalStamp& received, RealTime notBefore);

    // The query got no answer: what arrives from now on is unsolicited.
    void giveUp();

    bool isOutstanding() const;

private:
    std::optional<Rejection> rejectOrigin(Timestamp origin) const;
    void finish();

    std::uint8_t m_version;
    std::uint64_t m_expectedOrigin = 0;
    std::uint64_t m_answeredOrigin = 0; // tells a duplicate from a bogus packet
    std::optional<LocalStamp> m_transmitted;
};

} // namespace foliot::ntp
