// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A bus that takes connections and says nothing, because it hangs or is not up yet. Opening a connection waits for its
// first answer without end, and with it everything in the thread; so it is looked at before.

#include "bus/connection.h"

#include <chrono>
#include <optional>

namespace foliot::bus {

// Why a connection to this bus should not be opened now; a sentence. None when the bus answers within the patience, for
// which this thread waits, and when it cannot be looked at: what else is wrong, opening the connection says at once.
std::optional<QString> whySilent(
    const BusChoice& choice, std::chrono::milliseconds patience = std::chrono::milliseconds(2'000));

} // namespace foliot::bus
