// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Between the core's words and those of the clock's keeper, in the helper or in this process.

#include "clock/contract.h"
#include "sync/action.h"
#include "sync/clock_command.h"

namespace foliot::daemon {

clock::Request requestFor(const sync::ClockCommand& command);
clock::Request requestFor(const sync::StepClock& step);
clock::Request requestFor(const sync::DeclaredStatus& status);

sync::ClockFault faultOf(clock::Fault fault);
sync::ClockReport reportOf(const clock::Reply& reply);

} // namespace foliot::daemon
