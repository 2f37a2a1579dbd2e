// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A socket of the load generator: some requests outstanding, each from a source address of its own where wanted. Has every
// reply checked.

#include "requests.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <memory>
#include <vector>

#include <netinet/in.h>
#include <sys/socket.h>

namespace foliot::bench {

struct Tally {
    std::uint64_t sent = 0;
    std::uint64_t answered = 0;
    std::uint64_t wrong = 0; // replies with another mode or origin than ours
    std::uint64_t lost = 0;  // unanswered for a while and given up
    std::uint64_t late = 0;  // answered after that
    std::vector<std::int64_t> latenciesNs;
    std::vector<std::int64_t> stampErrorsNs; // when the kernel had the reply, minus when it says that it left
};

struct LoadOptions {
    sockaddr_in server{};
    std::uint32_t sourceAddresses = 1; // from 127.16.0.1 on when more than one
    std::uint32_t firstSource = 0;
    bool judgesStamps = false; // fills stampErrorsNs
    std::size_t slotCount = 8; // requests outstanding at once
};

std::int64_t nowNs(); // CLOCK_MONOTONIC

class LoadSocket {
public:
    LoadSocket(const LoadOptions& options, std::unique_ptr<Requests> requests);
    ~LoadSocket();
    LoadSocket(const LoadSocket&) = delete;
    LoadSocket& operator=(const LoadSocket&) = delete;

    int descriptor() const { return m_descriptor; }

    // Sends a request from each free slot, `most` at most.
    void fill(Tally& tally, std::size_t most);
    // Takes the replies that are there, and returns how many slots they freed.
    std::size_t drain(Tally& tally);
    // Frees the slots that have waited for longer than this.
    void giveUp(Tally& tally, std::int64_t patienceNs);

private:
    static constexpr std::size_t batch = 32;

    struct Slot {
        bool isBusy = false;
        std::int64_t sentNs = 0;
    };
    void prepare(std::size_t place, std::size_t slot);
    void judgeStamp(Tally& tally, std::size_t place) const;

    const LoadOptions m_options;
    const std::unique_ptr<Requests> m_requests;
    int m_descriptor = -1;
    std::uint32_t m_nextSource;
    std::vector<Slot> m_slots;
    std::size_t m_nextSlot = 0; // where the search for a free one begins
    std::array<mmsghdr, batch> m_out{};
    std::array<iovec, batch> m_outParts{};
    alignas(cmsghdr) std::array<std::array<std::byte, CMSG_SPACE(sizeof(in_pktinfo))>, batch> m_control{};
    std::array<mmsghdr, batch> m_in{};
    std::array<iovec, batch> m_inParts{};
    std::array<std::array<std::byte, 2048>, batch> m_replies{};
    alignas(cmsghdr) std::array<std::array<std::byte, CMSG_SPACE(sizeof(timespec))>, batch> m_inControl{};
};

} // namespace foliot::bench
