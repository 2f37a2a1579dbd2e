// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the helper may do beside setting the clock: nothing. Called first of all by main().

namespace foliot::helper {

// Gives up every privilege but the one to set the clock, for good: programs started from here would get none either.
// Call before there are other threads. False when the privilege is not there.
[[nodiscard]] bool keepOnlyTheClock();

} // namespace foliot::helper
