// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the objects on the bus publish alike: text, counters and moments, typed as the interface descriptions have them.

#include "ntp/time.h"

#include <QString>
#include <QVariant>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string_view>

namespace foliot::daemon {

inline QString textOf(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

inline QVariant counter(std::uint64_t count)
{
    return QVariant::fromValue<qulonglong>(count);
}

// Microseconds since the beginning of the time scale: the boot of the machine, or 1970. What was before it is told as 0,
// which also says that there was none: an unsigned number would make a date far ahead of it.
template<typename Moment>
quint64 microseconds(Moment moment)
{
    const auto sinceBeginning = std::chrono::floor<std::chrono::microseconds>(moment.time_since_epoch()).count();
    return static_cast<quint64>(std::max<std::int64_t>(sinceBeginning, 0));
}

} // namespace foliot::daemon
