// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bus/client/duration.h"

#include <algorithm>
#include <cmath>

namespace foliot::bus {

namespace {

struct Unit {
    DurationUnit unit;
    double seconds;
    double below; // used for durations shorter than this, in seconds
};

constexpr Unit units[] = {
    {DurationUnit::Nanoseconds, 1e-9, 1e-6},
    {DurationUnit::Microseconds, 1e-6, 1e-3},
    {DurationUnit::Milliseconds, 1e-3, 1.0},
    {DurationUnit::Seconds, 1.0, 120.0},
    {DurationUnit::Minutes, 60.0, 7'200.0},
    {DurationUnit::Hours, 3'600.0, 172'800.0},
};
constexpr Unit days{DurationUnit::Days, 86'400.0, 0.0};

const Unit& unitFor(double magnitude)
{
    for (const Unit& unit : units) {
        if (magnitude < unit.below)
            return unit;
    }
    return days;
}

// How many digits of a number in [1, inf) stand before the point; 1 for smaller ones.
int leadingDigits(double magnitude)
{
    return magnitude < 10.0 ? 1 : static_cast<int>(std::floor(std::log10(magnitude))) + 1;
}

double roundTo(double value, int decimals, Rounding rounding)
{
    const double scale = std::pow(10.0, decimals);
    if (rounding == Rounding::Nearest)
        return std::round(value * scale) / scale;
    // A bound of 1.2 that the arithmetic made 1.2000000000000002 stays 1.2.
    return std::copysign(std::ceil(std::abs(value) * scale * (1.0 - 1e-12)), value) / scale;
}

} // namespace

ScaledDuration scaled(double seconds, int significantDigits, Rounding rounding)
{
    if (seconds == 0.0)
        return {};
    const Unit* unit = &unitFor(std::abs(seconds));
    // Rounding can reach the next unit or one more leading digit: 999.7 µs is 1.00 ms.
    for (int attempt = 0;; ++attempt) {
        const double value = seconds / unit->seconds;
        // Large numbers keep all their leading digits, and are rounded to a multiple of ten or more.
        const int decimals = significantDigits - leadingDigits(std::abs(value));
        const double rounded = roundTo(value, decimals, rounding);
        const Unit* roundedUnit = &unitFor(std::abs(rounded) * unit->seconds * (1.0 + 1e-12));
        if (roundedUnit != unit && attempt == 0) {
            unit = roundedUnit;
            continue;
        }
        const int shown = std::max(0, significantDigits - leadingDigits(std::abs(rounded)));
        return {.value = rounded, .decimals = shown, .unit = unit->unit};
    }
}

QString unitText(DurationUnit unit)
{
    switch (unit) {
    case DurationUnit::Nanoseconds:
        return QStringLiteral("ns");
    case DurationUnit::Microseconds:
        return QStringLiteral("µs");
    case DurationUnit::Milliseconds:
        return QStringLiteral("ms");
    case DurationUnit::Seconds:
        return QStringLiteral("s");
    case DurationUnit::Minutes:
        return QStringLiteral("min");
    case DurationUnit::Hours:
        return QStringLiteral("h");
    case DurationUnit::Days:
        return QStringLiteral("d");
    }
    Q_UNREACHABLE_RETURN({});
}

namespace {

QString infinitySign(double seconds)
{
    return seconds < 0.0 ? QStringLiteral("-∞") : QStringLiteral("∞");
}

QString text(const ScaledDuration& duration, Sign sign, const QLocale& locale)
{
    const QString number = locale.toString(duration.value, 'f', duration.decimals);
    const QString plus = sign == Sign::Always && duration.value >= 0.0 ? locale.positiveSign() : QString();
    return plus + number + u' ' + unitText(duration.unit);
}

} // namespace

QString durationText(double seconds, Sign sign, const QLocale& locale)
{
    return std::isfinite(seconds) ? text(scaled(seconds), sign, locale) : infinitySign(seconds);
}

double meaningful(double seconds, double uncertainty)
{
    const double magnitude = std::abs(uncertainty);
    if (!std::isfinite(seconds) || !std::isfinite(magnitude) || magnitude == 0.0)
        return seconds;
    const double step = std::pow(10.0, std::floor(std::log10(magnitude)) - 2.0);
    const double rounded = std::round(seconds / step) * step + 0.0; // + 0.0: no negative zero
    return std::isfinite(rounded) ? rounded : seconds;              // at the ends of what a number can be
}

QString boundText(double seconds, const QLocale& locale)
{
    return std::isfinite(seconds) ? text(scaled(seconds, 2, Rounding::AwayFromZero), Sign::WhenNegative, locale)
                                  : infinitySign(seconds);
}

QString ageText(double seconds, const QLocale& locale)
{
    if (!std::isfinite(seconds))
        return infinitySign(seconds);
    const double whole = std::max(0.0, std::floor(seconds));
    const Unit& unit = whole < 1.0 ? units[3] : unitFor(whole);
    return text(
        {.value = std::floor(whole / unit.seconds), .decimals = 0, .unit = unit.unit}, Sign::WhenNegative, locale);
}

} // namespace foliot::bus
