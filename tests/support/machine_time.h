// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The machine's own time, by which MadeAuthority dates its certificates.

#include "ntp/time.h"

#include <chrono>

namespace foliot::tests {

inline RealTime machineTime()
{
    return RealTime{std::chrono::system_clock::now().time_since_epoch()};
}

} // namespace foliot::tests
