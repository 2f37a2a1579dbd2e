// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "nts/record.h"

#include "ntp/octets.h"

#include <algorithm>
#include <cassert>

namespace foliot::nts {

namespace {

constexpr std::uint16_t criticalBit = 0x8000;

std::size_t recordLength(std::span<const std::byte> header)
{
    return recordHeaderLength + ntp::readBigEndian<std::uint16_t>(header, 2);
}

} // namespace

std::optional<Record> takeRecord(std::span<const std::byte>& octets)
{
    if (octets.size() < recordHeaderLength || octets.size() < recordLength(octets)) {
        return std::nullopt;
    }
    const auto first = ntp::readBigEndian<std::uint16_t>(octets, 0);
    const std::size_t length = recordLength(octets);
    const Record record{
        .critical = (first & criticalBit) != 0,
        .type = static_cast<std::uint16_t>(first & ~criticalBit),
        .body = octets.subspan(recordHeaderLength, length - recordHeaderLength),
    };
    octets = octets.subspan(length);
    return record;
}

void appendRecord(std::vector<std::byte>& message, RecordType type, bool critical, std::span<const std::byte> body)
{
    assert(body.size() <= 0xffff);
    const std::size_t begin = message.size();
    message.resize(begin + recordHeaderLength);
    const auto first = static_cast<std::uint16_t>(static_cast<std::uint16_t>(type) | (critical ? criticalBit : 0));
    ntp::writeBigEndian(std::span{message}, begin, first);
    ntp::writeBigEndian(std::span{message}, begin + 2, static_cast<std::uint16_t>(body.size()));
    message.insert(message.end(), body.begin(), body.end());
}

void appendRecord(
    std::vector<std::byte>& message, RecordType type, bool critical, std::span<const std::uint16_t> numbers)
{
    std::vector<std::byte> body(2 * numbers.size());
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        ntp::writeBigEndian(std::span{body}, 2 * i, numbers[i]);
    }
    appendRecord(message, type, critical, std::span<const std::byte>{body});
}

MessageReader::Progress MessageReader::add(std::span<const std::byte> octets)
{
    if (m_progress != Progress::Incomplete) {
        return m_progress;
    }
    const std::size_t room = m_maxLength - m_octets.size();
    const auto taken = octets.first(std::min(room, octets.size()));
    m_octets.insert(m_octets.end(), taken.begin(), taken.end());
    scan();
    if (m_progress == Progress::Incomplete && taken.size() < octets.size()) {
        m_progress = Progress::TooLong;
    }
    return m_progress;
}

void MessageReader::scan()
{
    std::span<const std::byte> rest = std::span{m_octets}.subspan(m_scanned);
    while (const auto record = takeRecord(rest)) {
        m_scanned = m_octets.size() - rest.size();
        if (record->is(RecordType::EndOfMessage)) {
            m_progress = Progress::Complete;
            return;
        }
    }
    if (rest.size() >= recordHeaderLength && m_scanned + recordLength(rest) > m_maxLength) {
        m_progress = Progress::TooLong;
    }
}

} // namespace foliot::nts
