// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The client's side of one query: makes the request, recognizes its answer among whatever arrives, and turns it into a
// Measurement. One per source; fed by the daemon's client or the simulator with octets and stamps. RFC 5905 section 8.
//
// In interleaved mode (RFC 9769) an answer tells when the answer before it really left, and the Measurement is of the
// exchange before: a poll interval late, without the error of a transmit timestamp that the server had to foretell. Of the
// two sets of timestamps that section 2 offers it is the one of a single exchange, because the filters weigh by delay.

#include "ntp/kiss.h"
#include "ntp/measurement.h"
#include "ntp/packet.h"
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
    // interleaved: another random number asks for interleaved mode, unless there is no exchange before whose end could be
    // told, or it was asked for in vain several times. It is the receive timestamp of the request then, and the origin is
    // the server's receive timestamp of that exchange. The server may answer in either mode.
    std::vector<std::byte> request(std::uint64_t random, std::uint64_t interleaved = 0);

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

    // The server is another one, or we are: the next request is in basic mode and tells nothing of what was before.
    void forgetBefore();

    bool isOutstanding() const;

    // False when reply() is sure to reject a packet with this origin.
    bool expects(Timestamp origin) const;

private:
    // What an answer to the open query may have for its origin; 0: none.
    struct Origins {
        std::uint64_t basic = 0;
        std::uint64_t interleaved = 0;

        bool contains(Timestamp origin) const { return origin.bits() == basic || origin.bits() == interleaved; }
    };
    // An exchange, all but when the server's answer left.
    struct Ends {
        LocalStamp transmitted;
        Timestamp serverReceive;
        LocalStamp received;
    };

    static Measurement measurementFrom(const Ends& ends, const Header& header, RealTime notBefore);
    std::optional<Rejection> rejectOrigin(Timestamp origin) const;
    void finish();

    std::uint8_t m_version;
    Origins m_expected;
    Origins m_answered; // tells a duplicate from a bogus packet
    std::optional<LocalStamp> m_transmitted;
    std::optional<Ends> m_before; // the last exchange
    int m_triesForBefore = 0;     // requests that asked for its end
};

} // namespace foliot::ntp
