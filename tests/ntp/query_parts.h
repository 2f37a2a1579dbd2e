// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A query of ours and what a good server says to it, for tests that change one thing or another.

#include "octet_text.h"

#include "ntp/exchange.h"
#include "ntp/packet.h"

#include <QByteArray>

namespace foliot::ntp {

using namespace std::chrono_literals;

inline constexpr std::uint64_t transmitBits = 0x1122'3344'5566'7788;
inline constexpr RealTime realStart{1'780'000'000s}; // 2026-05-28
inline constexpr RawTime rawStart{5'000s};
inline constexpr RealTime buildTime{1'767'225'600s}; // 2026-01-01

inline LocalStamp stamp(Nanoseconds afterStart, StampOrigin origin = StampOrigin::Kernel)
{
    return {.raw = rawStart + afterStart, .real = realStart + afterStart, .origin = origin, .error = 1us};
}

// What a server says to the request: it is 80 ms ahead, the path takes 10 ms each way, the server thinks for 1 ms.
inline Header validReply()
{
    return {
        .leap = LeapIndicator::None,
        .version = 4,
        .mode = Mode::Server,
        .stratum = 2,
        .poll = 6,
        .precision = -23,
        .rootDelay = ShortInterval{0x0000'0800},      // 1/32 s
        .rootDispersion = ShortInterval{0x0000'0400}, // 1/64 s
        .referenceId = 0xc000'0201,
        .reference = toTimestamp(realStart - 100s),
        .origin = Timestamp{transmitBits},
        .receive = toTimestamp(realStart + 90ms),
        .transmit = toTimestamp(realStart + 91ms),
    };
}

inline Octets octetsOf(const Header& header)
{
    const auto octets = serializeHeader(header);
    return {octets.begin(), octets.end()};
}

inline Exchange startedExchange(std::uint8_t version = 4)
{
    Exchange exchange{version};
    exchange.request(transmitBits);
    exchange.transmitted(stamp(0ms));
    return exchange;
}

inline std::expected<Exchange::Answer, Rejection> answerTo(Exchange& exchange, const Octets& packet)
{
    return exchange.reply(packet, stamp(21ms), buildTime);
}

inline QByteArray verdict(const std::expected<Exchange::Answer, Rejection>& answer)
{
    if (!answer) {
        const auto word = rejectionWord(answer.error());
        return {word.data(), static_cast<qsizetype>(word.size())};
    }
    return std::holds_alternative<Measurement>(*answer) ? "measurement" : "kiss";
}

inline Measurement measurementOf(const std::expected<Exchange::Answer, Rejection>& answer)
{
    return std::get<Measurement>(answer.value());
}

} // namespace foliot::ntp
