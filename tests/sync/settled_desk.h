// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A desk whose clock has been right for a while, for tests of what happens then.

#include "sync/system_desk.h"

#include <QTest>

#include <cmath>

namespace foliot::tests {

inline constexpr Server silent{.way = Server::Way::IsSilent};

// Asked every 64 s, so that a test knows when something happens.
inline constexpr sync::SourceOptions steady{.minPoll = 6, .maxPoll = 6};

inline double absolute(Seconds duration)
{
    return std::abs(duration.count());
}

inline bool isInUse(const sync::SourceState& source)
{
    return source.verdict == sync::Verdict::Selected || source.verdict == sync::Verdict::Combined;
}

// Nothing of it is remembered by the desk.
inline void settle(SystemDesk& desk)
{
    desk.add(1, steady);
    desk.add(2, steady);
    desk.add(3, steady);
    desk.pass(Seconds(2000.0));
    QCOMPARE(desk.state().condition, sync::Condition::Synchronized);
    QVERIFY(absolute(desk.clockError()) < 1e-6);
    desk.forget();
}

} // namespace foliot::tests
