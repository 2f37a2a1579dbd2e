// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "requests.h"

#include <cstring>

namespace foliot::bench {

PlainRequests::PlainRequests(std::size_t slotCount, int version, bool isEcho, std::uint64_t seed)
    : m_version(version)
    , m_isEcho(isEcho)
    , m_seed(seed)
    , m_requests(slotCount)
    , m_numbers(slotCount)
{
    for (auto& request : m_requests)
        request[0] = static_cast<std::byte>(version << 3 | 3);
}

// The lower half is the count, whose lowest octet says which slot it is of; the upper half proves that it is ours, however
// late it comes back.
std::uint64_t PlainRequests::numberOf(std::uint32_t count) const
{
    const std::uint64_t mixed = (count ^ m_seed) * 0x9E37'79B9'7F4A'7C15;
    return ((mixed ^ mixed >> 29) | 1) << 32 | count;
}

std::span<const std::byte> PlainRequests::next(std::size_t slot)
{
    m_numbers[slot] = numberOf(m_count++ << 8 | static_cast<std::uint32_t>(slot));
    std::memcpy(m_requests[slot].data() + transmitOffset, &m_numbers[slot], sizeof m_numbers[slot]);
    return m_requests[slot];
}

Requests::Verdict PlainRequests::judge(std::span<const std::byte> reply) const
{
    const auto mode = static_cast<std::byte>(m_version << 3 | (m_isEcho ? 3 : 4));
    constexpr auto versionAndMode = std::byte{0x3f};
    if (reply.size() != length || (reply[0] & versionAndMode) != mode)
        return {};
    std::uint64_t number = 0;
    std::memcpy(&number, reply.data() + (m_isEcho ? transmitOffset : originOffset), sizeof number);
    const std::size_t slot = number & 0xff;
    if (slot >= m_numbers.size() || number != numberOf(static_cast<std::uint32_t>(number)))
        return {};
    return {.kind = m_numbers[slot] == number ? Kind::Answer : Kind::Late, .slot = slot};
}

} // namespace foliot::bench
