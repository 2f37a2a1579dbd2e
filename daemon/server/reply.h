// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A reply on its way out: its octets, and what is still to be done about it when it leaves.

#include "daemon/server/interleave_store.h"
#include "keys/mac_computer.h"
#include "ntp/server_reply.h"
#include "nts/server_protection.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace foliot::daemon {

struct Reply {
    static constexpr std::size_t keyIdLength = 4;

    // It is to be authenticated with one of these, once all else is in it.
    const keys::Key* key = nullptr;                // good until the next batch
    std::optional<nts::ProtectedRequest> protects; // good until the next batch

    std::optional<InterleaveStore::Ticket> ticket; // when it leaves is to be remembered
    bool isInterleaved = false;                    // says when an earlier one left
    std::uint8_t version = 4;
    std::size_t length = ntp::headerLength;
    std::array<std::byte, nts::maxProtectedLength> octets{}; // no reply is longer than its request

    bool isAuthenticated() const { return key || protects; } // or will be

    std::span<std::byte, ntp::headerLength> header() { return std::span(octets).first<ntp::headerLength>(); }
    std::span<const std::byte> content() const { return std::span(octets).first(length); }
};

} // namespace foliot::daemon
