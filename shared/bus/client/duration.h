// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Durations for people: the unit that suits, as many digits as mean something. One place, so that the window and
// foliotctl show the same.

#include <QLocale>
#include <QString>

namespace foliot::bus {

enum class DurationUnit : quint8 { Nanoseconds, Microseconds, Milliseconds, Seconds, Minutes, Hours, Days };

enum class Rounding : quint8 {
    Nearest,
    AwayFromZero, // for bounds: what is shown still holds
};

// A number and the unit it is in, rounded.
struct ScaledDuration {
    double value = 0.0;
    int decimals = 0;
    DurationUnit unit = DurationUnit::Seconds;

    friend bool operator==(const ScaledDuration&, const ScaledDuration&) = default;
};

// seconds must be finite.
ScaledDuration scaled(double seconds, int significantDigits = 3, Rounding rounding = Rounding::Nearest);

QString unitText(DurationUnit unit); // ns, µs, ms, s, min, h, d

enum class Sign : quint8 { WhenNegative, Always };

// "812 µs", "1.50 s", "+2.00 min"; an infinity sign when there is no finite number.
QString durationText(double seconds, Sign sign = Sign::WhenNegative, const QLocale& locale = QLocale::c());

// An estimate, in seconds, without the digits that its uncertainty says nothing about: rounded to a hundredth of the
// uncertainty, taken down to a power of ten. 0.42 ns within 320 µs is 0. The same when the uncertainty is not finite or 0.
double meaningful(double seconds, double uncertainty);

// For bounds: two digits, rounded up: 0.000812 s becomes "820 µs".
QString boundText(double seconds, const QLocale& locale = QLocale::c());

// For ages and intervals: whole units, rounded down: "12 s", "5 min", "3 h", "2 d".
QString ageText(double seconds, const QLocale& locale = QLocale::c());

} // namespace foliot::bus
