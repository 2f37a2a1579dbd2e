// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// NTS-KE records: what client and server say to each other inside TLS. Octets arrive in pieces of any size;
// MessageReader gathers one message, bounded, and takeRecord() walks it. What the records mean is for
// key_exchange.h. RFC 8915 section 4.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace foliot::nts {

enum class RecordType : std::uint16_t {
    EndOfMessage = 0,
    NextProtocol = 1,
    Error = 2,
    Warning = 3,
    AeadAlgorithm = 4,
    NewCookie = 5,
    Server = 6,
    Port = 7,
    // Empty; from both sides it means that the exporter's context names AEAD_AES_128_GCM_SIV as RFC 8915 wants it.
    CompliantGcmSivContext = 1024,
};

struct Record {
    bool critical = false;
    std::uint16_t type = 0;
    std::span<const std::byte> body;

    bool is(RecordType wanted) const { return type == static_cast<std::uint16_t>(wanted); }
};

inline constexpr std::size_t recordHeaderLength = 4;
inline constexpr std::size_t maxResponseLength = 65'536; // that a client takes, section 4
inline constexpr std::size_t maxRequestLength = 4'096;   // that a server takes; section 4 wants 1024 at least

// Takes the record off the front of octets. Empty when they end before it does.
std::optional<Record> takeRecord(std::span<const std::byte>& octets);

void appendRecord(std::vector<std::byte>& message, RecordType type, bool critical, std::span<const std::byte> body);
// A body of 16-bit numbers.
void appendRecord(
    std::vector<std::byte>& message, RecordType type, bool critical, std::span<const std::uint16_t> numbers);

// Gathers a message up to its End of Message record. What comes after that is not looked at.
class MessageReader {
public:
    enum class Progress : std::uint8_t { Incomplete, Complete, TooLong };

    explicit MessageReader(std::size_t maxLength)
        : m_maxLength(maxLength)
    {}

    // TooLong as soon as a record is seen to end beyond the limit. Once it is Complete or TooLong it stays so.
    Progress add(std::span<const std::byte> octets);
    Progress progress() const { return m_progress; }

    // The whole message when it is Complete, its last record included.
    std::span<const std::byte> message() const { return std::span{m_octets}.first(m_scanned); }

private:
    void scan();

    std::size_t m_maxLength;
    std::size_t m_scanned = 0; // whole records
    std::vector<std::byte> m_octets;
    Progress m_progress = Progress::Incomplete;
};

} // namespace foliot::nts
