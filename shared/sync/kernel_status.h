// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the kernel is to tell other programs of the clock, and when it has to be told again. Fed by System with what is
// said of the clock.

#include "sync/clock_command.h"
#include "sync/state.h"

#include <optional>

namespace foliot::sync {

class KernelStatus {
public:
    // mayGoBack: the kernel may insert a leap second. taiMinusUtc: in seconds, where it is known. Present when it says
    // something else than last time, or for so long the same that the kernel's own doubt would grow beyond it.
    std::optional<DeclaredStatus> due(
        const SystemEstimate& estimate, bool mayGoBack, std::optional<int> taiMinusUtc, RawTime now);

private:
    std::optional<DeclaredStatus> m_told;
    RawTime m_toldAt;
};

} // namespace foliot::sync
