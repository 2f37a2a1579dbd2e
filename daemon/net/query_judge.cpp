// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/net/query_judge.h"

#include "ntp/packet.h"

#include <utility>

namespace foliot::daemon {

std::vector<std::byte> QueryJudge::request(std::uint64_t random, std::uint64_t interleaved)
{
    m_hasStamp = false;
    m_held.reset();
    return m_exchange.request(random, interleaved);
}

void QueryJudge::sent(const LocalStamp& stamp)
{
    m_exchange.transmitted(stamp);
}

std::optional<QueryJudge::Outcome> QueryJudge::stamped(const LocalStamp& stamp)
{
    if (!isOutstanding())
        return std::nullopt;
    m_hasStamp = true;
    m_exchange.transmitted(stamp);
    return release();
}

std::optional<QueryJudge::Outcome> QueryJudge::stampIsMissing()
{
    return release();
}

bool QueryJudge::mayBeAnswer(std::span<const std::byte> packet) const
{
    const auto header = ntp::parseHeader(packet);
    return header && m_exchange.expects(header->origin);
}

QueryJudge::Outcome QueryJudge::received(std::span<const std::byte> packet, const LocalStamp& stamp, RealTime notBefore)
{
    if (!isOutstanding() || m_hasStamp)
        return judge(packet, stamp, notBefore);

    // A copy finds out whether this is the answer; the query itself stays open until the stamp is there.
    ntp::Exchange trial = m_exchange;
    const auto answer = trial.reply(packet, stamp, notBefore);
    if (!answer)
        return answer.error();
    if (!std::holds_alternative<ntp::Measurement>(*answer))
        return judge(packet, stamp, notBefore);
    if (m_held)
        return ntp::Rejection::Duplicate;
    m_held = Held{.packet = {packet.begin(), packet.end()}, .stamp = stamp, .notBefore = notBefore};
    return AwaitsStamp{};
}

void QueryJudge::giveUp()
{
    m_held.reset();
    m_exchange.giveUp();
}

QueryJudge::Outcome QueryJudge::judge(std::span<const std::byte> packet, const LocalStamp& stamp, RealTime notBefore)
{
    const auto answer = m_exchange.reply(packet, stamp, notBefore);
    if (!answer)
        return answer.error();
    m_held.reset();
    return std::visit([](const auto& content) -> Outcome { return content; }, *answer);
}

std::optional<QueryJudge::Outcome> QueryJudge::release()
{
    if (!m_held)
        return std::nullopt;
    const Held held = *std::exchange(m_held, std::nullopt);
    return judge(held.packet, held.stamp, held.notBefore);
}

} // namespace foliot::daemon
