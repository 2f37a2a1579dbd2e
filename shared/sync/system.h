// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The timekeeping core: takes events, says what to do. Pure: opens no socket, reads no clock, draws no random number,
// takes no lock, logs nothing; the same events give the same actions. Driven by the daemon's engine and by the simulator.

#include "sync/action.h"
#include "sync/event.h"
#include "sync/state.h"
#include "sync/system_options.h"

#include <memory>
#include <optional>

namespace foliot::sync {

class System {
public:
    System(const SystemOptions& options, const Now& start);
    ~System();
    System(System&&) noexcept;
    System& operator=(System&&) noexcept;

    // now must not go back on the raw clock.
    Actions handle(const Event& event, const Now& now);

    // When handle() wants a Wakeup at the latest; absent when only an outside event can bring news.
    std::optional<RawTime> nextWakeup() const;

    State snapshot() const;

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace foliot::sync
