// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a socket of the load generator asks, and what it takes for an answer. Each slot has one request outstanding at a time.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace foliot::bench {

// Where the timestamps are that a proof travels in, RFC 5905 figure 8.
inline constexpr std::size_t originOffset = 24;
inline constexpr std::size_t transmitOffset = 40;

class Requests {
public:
    virtual ~Requests() = default;

    // Another request of this slot. Good until its next one.
    virtual std::span<const std::byte> next(std::size_t slot) = 0;

    enum class Kind : std::uint8_t { Answer, Late, Wrong };
    struct Verdict {
        Kind kind = Kind::Wrong;
        std::size_t slot = 0; // of an answer
    };
    // Late: to a request before the slot's last one.
    virtual Verdict judge(std::span<const std::byte> reply) const = 0;
};

// Plain ones of 48 octets, each with a number in its transmit timestamp that its reply has to bring back.
class PlainRequests : public Requests {
public:
    // isEcho: replies are the requests themselves. seed: of the proofs.
    PlainRequests(std::size_t slotCount, int version, bool isEcho, std::uint64_t seed);

    std::span<const std::byte> next(std::size_t slot) override;
    Verdict judge(std::span<const std::byte> reply) const override;

private:
    static constexpr std::size_t length = 48;

    std::uint64_t numberOf(std::uint32_t count) const;

    const int m_version;
    const bool m_isEcho;
    const std::uint64_t m_seed;
    std::uint32_t m_count = 0;
    std::vector<std::array<std::byte, length>> m_requests; // of each slot
    std::vector<std::uint64_t> m_numbers;                  // in each slot's last one
};

} // namespace foliot::bench
