// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One source's query, without its socket: an Exchange that can wait for the kernel's stamp of the request, which may
// come later than the answer. Fed by QuerySocket; knows no timer, it is told when the waiting is over.

#include "ntp/exchange.h"

#include <cstddef>
#include <optional>
#include <span>
#include <variant>
#include <vector>

namespace foliot::daemon {

class QueryJudge {
public:
    // The answer is there, and only the kernel's stamp is missing: call stamped() or stampIsMissing().
    struct AwaitsStamp {};
    using Outcome = std::variant<ntp::Measurement, ntp::Kiss, ntp::Rejection, AwaitsStamp>;

    explicit QueryJudge(std::uint8_t version)
        : m_exchange(version)
    {}

    // Starts a query and forgets the one before. See Exchange for both numbers.
    std::vector<std::byte> request(std::uint64_t random, std::uint64_t interleaved = 0);

    // See Exchange.
    void forgetBefore() { m_exchange.forgetBefore(); }

    // When the request left as far as we know without the kernel.
    void sent(const LocalStamp& stamp);

    // The kernel's word on it. Gives the outcome of an answer that waited for it.
    std::optional<Outcome> stamped(const LocalStamp& stamp);

    // No stamp will come: an answer that waits is judged by sent().
    std::optional<Outcome> stampIsMissing();

    // False when received() is sure to reject the packet, whatever its stamp.
    bool mayBeAnswer(std::span<const std::byte> packet) const;

    Outcome received(std::span<const std::byte> packet, const LocalStamp& stamp, RealTime notBefore);

    void giveUp();
    bool isOutstanding() const { return m_exchange.isOutstanding(); }
    bool hasStamp() const { return m_hasStamp; }

private:
    struct Held {
        std::vector<std::byte> packet;
        LocalStamp stamp;
        RealTime notBefore;
    };

    Outcome judge(std::span<const std::byte> packet, const LocalStamp& stamp, RealTime notBefore);
    std::optional<Outcome> release();

    ntp::Exchange m_exchange;
    bool m_hasStamp = false;
    std::optional<Held> m_held;
};

} // namespace foliot::daemon
