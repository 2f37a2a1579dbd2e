// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Whether another program keeps setting the clock that we steer. Two that correct each other would never end, and the
// clock would be wrong half of the time: then we are the one to stop, until the other has left the clock alone for an
// hour. Fed and read by Steering.

#include "ntp/time.h"

#include <array>
#include <cstddef>

namespace foliot::sync {

class ContestWatch {
public:
    // Somebody else set the clock. True when with this it has become too often.
    bool setByOthers(RawTime now);
    bool isContested(RawTime now) const;
    // A person decided.
    void clear() { *this = {}; }

private:
    static constexpr std::size_t tooOften = 4; // within an hour

    std::array<RawTime, tooOften> m_times{}; // the last few, in a ring
    std::size_t m_next = 0;
    std::size_t m_count = 0;
    RawTime m_until; // contested
};

} // namespace foliot::sync
