// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The clock that the BoottimeUSec properties are read on.

#include <QtTypes>

namespace foliot::bus {

// CLOCK_BOOTTIME now, in microseconds.
quint64 boottimeUSec();

// Seconds from `then` to `now`, never negative.
double ageSeconds(quint64 then, quint64 now);

} // namespace foliot::bus
