// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the core, the daemon and the bus call a source. Given out by the daemon's SourceRegistry.

#include <compare>
#include <cstdint>

namespace foliot::sync {

// Names a source for as long as it is known, across restarts too. Never 0.
struct SourceId {
    std::uint32_t value = 0;

    friend auto operator<=>(const SourceId&, const SourceId&) = default;
};

} // namespace foliot::sync
