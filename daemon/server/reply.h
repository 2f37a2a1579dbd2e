// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A reply on its way out: its octets, and what is still to be done about it when it leaves.

#include "daemon/server/interleave_store.h"
#include "keys/mac_computer.h"
#include "ntp/server_reply.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace foliot::daemon {

struct Reply {
    static constexpr std::size_t keyIdLength = 4;

    std::array<std::byte, ntp::headerLength + keyIdLength + keys::longestDigest> octets{};
    std::size_t length = ntp::headerLength;
    std::uint8_t version = 4;
    bool isInterleaved = false;                    // says when an earlier one left
    std::optional<InterleaveStore::Ticket> ticket; // when it leaves is to be remembered
    const keys::Key* key = nullptr;                // it is to be authenticated with; good until the next batch

    std::span<std::byte, ntp::headerLength> header() { return std::span(octets).first<ntp::headerLength>(); }
    std::span<const std::byte> content() const { return std::span(octets).first(length); }
};

} // namespace foliot::daemon
