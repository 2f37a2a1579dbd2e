// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bus/client/boottime.h"

#include <ctime>

namespace foliot::bus {

quint64 boottimeUSec()
{
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    return static_cast<quint64>(now.tv_sec) * 1'000'000 + static_cast<quint64>(now.tv_nsec) / 1'000;
}

double ageSeconds(quint64 then, quint64 now)
{
    return now > then ? static_cast<double>(now - then) * 1e-6 : 0.0;
}

} // namespace foliot::bus
