// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What interleaved mode needs to be remembered: when earlier replies really left, found again by the receive timestamp that
// the reply carried and the client's address, and used once. A table of fixed size, one for each answering thread, which
// forgets the oldest. RFC 9769 section 2.

#include "daemon/server/network_address.h"
#include "daemon/server/siphash.h"
#include "ntp/timestamp.h"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace foliot::daemon {

class InterleaveStore {
public:
    // Where a reply is remembered; the place may belong to another one by the time it is used.
    struct Ticket {
        std::uint32_t place = 0;
        std::uint64_t tag = 0;

        friend bool operator==(const Ticket&, const Ticket&) = default;
    };

    // entries: replies that are remembered, rounded up to a power of two; 0: none.
    InterleaveStore(std::size_t entries, const SipKey& key);

    // Remembers that a reply with this receive timestamp goes to the client. Empty when there is no room for any.
    std::optional<Ticket> remember(const NetworkAddress& client, ntp::Timestamp receive);

    // When it left: first the forecast, then what the kernel says.
    void left(const Ticket& ticket, ntp::Timestamp transmit);

    // When the reply that carried this receive timestamp left, and forgets it.
    std::optional<ntp::Timestamp> take(const NetworkAddress& client, ntp::Timestamp receive);

    // After a step of the clock what is remembered would be told beside timestamps of the other side.
    void forgetAll();

private:
    struct Entry {
        std::uint64_t tag = 0; // hash of address and receive timestamp; 0: free
        std::uint64_t transmit = 0;
        std::uint64_t age = 0; // counts up: the smallest is the oldest
    };
    static constexpr std::size_t entriesPerLine = 4;

    std::uint64_t tagOf(const NetworkAddress& client, ntp::Timestamp receive) const;
    std::size_t firstOf(std::uint64_t tag) const;

    const SipKey m_key;
    std::uint64_t m_count = 0;
    std::vector<Entry> m_entries;
};

} // namespace foliot::daemon
