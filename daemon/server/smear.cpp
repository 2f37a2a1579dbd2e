// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/server/smear.h"

namespace foliot::daemon {

using namespace std::chrono_literals;

namespace {

constexpr double day = 86'400.0;           // s
constexpr double halfDay = day / 2.0;      // s
constexpr double wander = 1.024e-9;        // s/s a second
constexpr double halfQuadratic = 31'250.0; // s, the root of 1 s / wander
constexpr Nanoseconds leapsWithin = 2s;    // of when it is expected
constexpr Seconds halfALeap{0.5};

// The clock may have leapt since: then it shows one second less, or more, than has passed.
bool hasLeapt(const Smear& smear, const Now& now)
{
    if (smear.hasLeapt || now.raw < smear.leapsAt - leapsWithin)
        return smear.hasLeapt;
    const Seconds gained = (now.real - smear.made.real) - (now.raw - smear.made.raw);
    return smear.inserted > 0 ? gained < -halfALeap : gained > halfALeap;
}

// since: seconds of the day's true length since the noon before. The day from noon to noon is one second longer, or shorter.
double linear(double since, double inserted, bool leapt)
{
    const double length = day + inserted;
    if (since <= 0.0 || since >= length)
        return 0.0;
    return (leapt ? inserted : 0.0) - inserted * since / length;
}

// since: seconds since the leap.
double quadratic(double since, double inserted)
{
    const double left = 2.0 * halfQuadratic - since;
    if (left <= 0.0)
        return 0.0;
    return inserted * (since < halfQuadratic ? 1.0 - wander * since * since / 2.0 : wander * left * left / 2.0);
}

} // namespace

Smear makeSmear(config::Smear shape, const std::optional<sync::LeapMoment>& leap, const Now& now)
{
    Smear smear{.shape = shape, .made = now};
    if (!leap)
        return smear;
    smear.inserted = leap->leap == ntp::LeapIndicator::InsertSecond ? 1 : -1;
    smear.midnight = leap->midnight;
    smear.hasLeapt = leap->isPast;
    smear.leapsAt = leap->at;
    return smear;
}

Seconds smearAt(const Smear& smear, const Now& now)
{
    if (smear.inserted == 0)
        return Seconds{};
    const double inserted = smear.inserted;
    const bool leapt = hasLeapt(smear, now);
    // Of a clock that has leapt the seconds since noon are one more, or one less, than it shows.
    const double sinceMidnight = Seconds(now.real - smear.midnight).count() + (leapt ? inserted : 0.0);
    switch (smear.shape) {
    case config::Smear::None:
        break;
    case config::Smear::Linear:
        return Seconds{linear(halfDay + sinceMidnight, inserted, leapt)};
    case config::Smear::Quadratic:
        // What is left out is the last second before midnight.
        return leapt ? Seconds{quadratic(sinceMidnight + (inserted > 0.0 ? 0.0 : 1.0), inserted)} : Seconds{};
    }
    return Seconds{};
}

} // namespace foliot::daemon
