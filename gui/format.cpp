// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/format.h"

#include "gui/plain_text.h"

#include <QLocale>

#include <cmath>

namespace foliot::gui {

using bus::DurationUnit;
using bus::Rounding;

namespace {

constexpr double secondsPerYear = 365.25 * 86'400.0;
constexpr double secondsUntilYears = 2.0 * secondsPerYear;

// The typographic minus where the locale only has a hyphen for it.
QString signText(double value, bus::Sign sign)
{
    if (value < 0.0) {
        const QString minus = QLocale().negativeSign();
        return minus == QLatin1String("-") ? QStringLiteral("\u2212") : minus;
    }
    return value > 0.0 && sign == bus::Sign::Always ? QLocale().positiveSign() : QString();
}

QString signedNumber(double value, int decimals, bus::Sign sign)
{
    return signText(value, sign) + QLocale().toString(std::abs(value), 'f', decimals);
}

int decimalsNeeded(double value, int most)
{
    for (int decimals = 0; decimals < most; ++decimals) {
        const double scale = std::pow(10.0, decimals);
        if (std::abs(std::round(value * scale) / scale - value) < 1e-9 * std::abs(value))
            return decimals;
    }
    return most;
}

} // namespace

QString Format::unknown()
{
    return QStringLiteral("\u2014");
}

QString Format::withUnit(DurationUnit unit, const QString& number)
{
    switch (unit) {
    case DurationUnit::Nanoseconds:
        //: %1 is a number of nanoseconds
        return isolated(tr("%1 ns").arg(number));
    case DurationUnit::Microseconds:
        //: %1 is a number of microseconds
        return isolated(tr("%1 µs").arg(number));
    case DurationUnit::Milliseconds:
        //: %1 is a number of milliseconds
        return isolated(tr("%1 ms").arg(number));
    case DurationUnit::Seconds:
        //: %1 is a number of seconds
        return isolated(tr("%1 s").arg(number));
    case DurationUnit::Minutes:
        //: %1 is a number of minutes
        return isolated(tr("%1 min").arg(number));
    case DurationUnit::Hours:
        //: %1 is a number of hours
        return isolated(tr("%1 h").arg(number));
    case DurationUnit::Days:
        //: %1 is a number of days
        return isolated(tr("%1 d").arg(number));
    }
    return number;
}

QString Format::text(const bus::ScaledDuration& duration, Sign sign, int decimals)
{
    return withUnit(duration.unit, signedNumber(duration.value, decimals, sign));
}

QString Format::years(double seconds, Sign sign, Rounding rounding)
{
    const double tenths = seconds / secondsPerYear * 10.0;
    const double rounded =
        rounding == Rounding::Nearest ? std::round(tenths) : std::copysign(std::ceil(std::abs(tenths)), tenths);
    //: %1 is a number of years, such as 54.1
    return isolated(tr("%1 years").arg(signedNumber(rounded / 10.0, 1, sign)));
}

QString Format::seconds(double seconds, Sign sign)
{
    if (!std::isfinite(seconds))
        return unknown();
    if (std::abs(seconds) >= secondsUntilYears)
        return years(seconds, sign, Rounding::Nearest);
    const bus::ScaledDuration duration = bus::scaled(seconds);
    return text(duration, sign, duration.decimals);
}

QString Format::tick(double seconds, Sign sign)
{
    if (std::abs(seconds) >= secondsUntilYears)
        return years(seconds, sign, Rounding::Nearest);
    const bus::ScaledDuration duration = bus::scaled(seconds);
    return text(duration, sign, decimalsNeeded(duration.value, duration.decimals));
}

QString Format::limit(double seconds)
{
    if (!std::isfinite(seconds))
        return unknown();
    if (std::abs(seconds) >= secondsUntilYears)
        return years(std::abs(seconds), Sign::WhenNegative, Rounding::AwayFromZero);
    const bus::ScaledDuration duration = bus::scaled(std::abs(seconds), 2, Rounding::AwayFromZero);
    return text(duration, Sign::WhenNegative, duration.decimals);
}

QString Format::age(double seconds)
{
    if (!std::isfinite(seconds))
        return unknown();
    const double whole = std::max(0.0, std::floor(seconds));
    const bus::DurationUnit unit = whole < 1.0 ? DurationUnit::Seconds : bus::scaled(whole).unit;
    switch (unit) {
    case DurationUnit::Minutes:
        return withUnit(unit, signedNumber(std::floor(whole / 60.0), 0, Sign::WhenNegative));
    case DurationUnit::Hours:
        return withUnit(unit, signedNumber(std::floor(whole / 3600.0), 0, Sign::WhenNegative));
    case DurationUnit::Days:
        return withUnit(unit, signedNumber(std::floor(whole / 86400.0), 0, Sign::WhenNegative));
    case DurationUnit::Nanoseconds:
    case DurationUnit::Microseconds:
    case DurationUnit::Milliseconds:
    case DurationUnit::Seconds:
        break;
    }
    return withUnit(DurationUnit::Seconds, signedNumber(whole, 0, Sign::WhenNegative));
}

QString Format::span(double seconds)
{
    struct Unit {
        DurationUnit unit;
        double seconds;
    };
    constexpr Unit units[] = {
        {DurationUnit::Days, 86'400.0}, {DurationUnit::Hours, 3'600.0}, {DurationUnit::Minutes, 60.0}};
    for (const Unit& unit : units) {
        const double number = seconds / unit.seconds;
        if (number >= 1.0 && number == std::floor(number))
            return withUnit(unit.unit, signedNumber(number, 0, Sign::WhenNegative));
    }
    return age(seconds);
}

QString Format::ppm(double ppm, Sign sign)
{
    if (!std::isfinite(ppm))
        return unknown();
    const int decimals = std::abs(ppm) < 0.1 ? 3 : std::abs(ppm) < 100.0 ? 2 : 0;
    const double scale = std::pow(10.0, decimals);
    //: %1 is a number of parts per million
    return isolated(tr("%1 ppm").arg(signedNumber(std::round(ppm * scale) / scale, decimals, sign)));
}

QString Format::count(qulonglong number)
{
    return QLocale().toString(number);
}

} // namespace foliot::gui
