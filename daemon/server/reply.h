// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A reply on its way out: its octets, and what is still to be done about it when it leaves.

#include "daemon/server/interleave_store.h"
#include "ntp/server_reply.h"

#include <optional>

namespace foliot::daemon {

struct Reply {
    ntp::PlainReply octets{};
    bool isInterleaved = false;                    // says when an earlier one left
    std::optional<InterleaveStore::Ticket> ticket; // when it leaves is to be remembered
};

} // namespace foliot::daemon
