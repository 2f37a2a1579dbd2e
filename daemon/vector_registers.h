// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What other code left in the vector registers can slow down all that computes afterwards.

namespace foliot::daemon {

// Marks the upper halves of the vector registers as unused. On x86 code that uses wide registers has to do so when it is
// done, or else each change between instructions of the old and of the new encoding costs a hundred cycles, in the whole
// thread and for good. Qt 6.8's hash of keys over 32 octets, with which every D-Bus signal is looked up, does not; an
// exponential of the mathematical library then takes six times as long. Nothing is done where there is no such thing.
void releaseVectorRegisters();

} // namespace foliot::daemon
