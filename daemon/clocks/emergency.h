// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The second line for the `kernel` clock: an extra rate ends although the event loop hangs or the process dies of a
// signal that can be caught, the service manager's watchdog included. What cannot be caught is mended at the next start.

#include "ntp/time.h"

namespace foliot::clock {
class Keeper;
}

namespace foliot::daemon {

// From now on signals end this keeper's extra rate; null: no longer. One at a time.
void guard(clock::Keeper* keeper);

// An extra rate should end by itself within so long; a few seconds later it is ended by force. Zero: there is none.
void expectEnd(Nanoseconds within);

// Ends the guarded keeper's extra rate, for who is about to end the process at once. May be called in a signal handler.
void endGuarded();

} // namespace foliot::daemon
