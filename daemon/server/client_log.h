// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Who asks, and how much: a table of fixed size, one for each answering thread, off unless it is wished for. A client always
// reaches the same thread, so the tables together name each once. A client that finds its part of the table full has to ask
// more often than the one there that asks least, which then gives way: a flood of invented addresses does not drive out the
// busy ones. Written by the thread that answers, read by any; neither waits for the other. Pure but for the seed.

#include "daemon/server/network_address.h"
#include "daemon/server/seqlock.h"
#include "daemon/server/siphash.h"
#include "daemon/server/worker_choice.h"
#include "ntp/time.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace foliot::daemon {

// What is remembered of a client: of one IPv4 address or IPv6 network, as far as SteeringPrefixes tell them apart.
struct ClientRecord {
    NetworkAddress address;
    int prefixLength = 0;
    RealTime firstSeen; // whole seconds, since it came into the table
    RealTime lastSeen;
    std::uint64_t received = 0;
    std::uint64_t answered = 0;      // with the time
    std::uint64_t limited = 0;       // asked too much: told so, or met with silence
    std::uint32_t authenticated = 0; // of those answered; stays at its largest value
    std::uint8_t version = 0;        // of the protocol, in the last request that could be read; 0: none could

    friend bool operator==(const ClientRecord&, const ClientRecord&) = default;
};

// What became of a datagram.
struct ClientEvent {
    bool isAnswered = false;
    bool isLimited = false;
    bool isAuthenticated = false;
    std::uint8_t version = 0; // 0: not to be read
};

class ClientLog {
public:
    // Of each remembered client; what entries make of memory.
    static constexpr std::size_t octetsPerEntry = 64;

    // entries: clients that are remembered, rounded up to a power of two; 0: none, at no cost.
    ClientLog(std::size_t entries, const SteeringPrefixes& prefixes, const SipKey& key);

    bool isOn() const { return !m_groups.empty(); }

    // By the answering thread. A fixed number of steps.
    void note(const NetworkAddress& client, RealTime at, const ClientEvent& event);

    // By any thread, in no order.
    std::vector<ClientRecord> records() const;

private:
    struct Entry {
        std::uint64_t high = 0;
        std::uint64_t low = 0;
        std::uint64_t received = 0;
        std::uint64_t answered = 0;
        std::uint32_t limited = 0;
        std::uint32_t authenticated = 0;
        std::uint32_t firstSeenS = 0; // seconds since 1970, until 2106
        std::uint32_t lastSeenS = 0;
        std::uint32_t hold = 0; // requests of strangers that it withstands
        std::uint8_t version = 0;
        bool isIpv6 = false;
        bool isUsed = false;

        bool isOf(const NetworkAddress& prefix) const
        {
            return isUsed && high == prefix.high && low == prefix.low && isIpv6 == prefix.isIpv6;
        }
    };
    using Place = Seqlock<Entry>; // by one writer, so its own reading never fails
    static_assert(sizeof(Place) == octetsPerEntry);
    using Group = std::array<Place, 4>;

    static ClientRecord recordOf(const Entry& entry, const SteeringPrefixes& prefixes);
    NetworkAddress prefixOfClient(const NetworkAddress& client) const;

    const SteeringPrefixes m_prefixes;
    const SipKey m_key;
    std::vector<Group> m_groups;
};

// One for each client, of tables that may name it more than once.
std::vector<ClientRecord> merged(std::vector<ClientRecord> records);

// The busiest first, `most` at most.
std::vector<ClientRecord> busiest(std::vector<ClientRecord> records, std::size_t most);

} // namespace foliot::daemon
