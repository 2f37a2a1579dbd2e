// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Requests that are protected by Network Time Security, and what is right of their replies. They are sealed once and sent
// again and again: what is measured is the server, and a server keeps nothing of a client.

#include "requests.h"

#include "nts/key_exchange.h"
#include "nts/session.h"

namespace foliot::bench {

class NtsRequests : public Requests {
public:
    // cookiesWanted: that each reply has to bring, 1 to 8. isEcho: replies are the requests themselves.
    NtsRequests(std::size_t slotCount, const nts::Agreement& agreement, const nts::SessionKeys& keys,
        std::size_t cookiesWanted, bool isEcho, std::uint64_t seed);

    std::span<const std::byte> next(std::size_t slot) override;
    Verdict judge(std::span<const std::byte> reply) const override;

private:
    static constexpr std::size_t variants = 4; // of a slot's request, so that a late reply is known for one

    bool isRight(std::span<const std::byte> reply) const;

    const nts::Algorithm m_algorithm;
    const nts::Secret m_serverKey;
    const std::size_t m_cookiesWanted;
    const bool m_isEcho;
    std::vector<std::vector<std::byte>> m_requests; // all variants of the first slot, of the second...
    std::vector<std::size_t> m_last;                // variant that each slot has sent last
    mutable std::size_t m_judged = 0;
};

} // namespace foliot::bench
