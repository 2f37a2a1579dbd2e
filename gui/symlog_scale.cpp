// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/symlog_scale.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace foliot::gui {

namespace {

constexpr double smallest = 1e-9;
constexpr double largest = 1e11;

double extent(const OffsetRange& range)
{
    return std::max(std::abs(range.low), std::abs(range.high));
}

bool isUsable(const OffsetRange& range)
{
    return std::isfinite(range.low) && std::isfinite(range.high) && range.low <= range.high;
}

// What people count in, descending: powers of ten of a second, and from a minute on minutes, hours and days.
// `roundness` 1 gives the roundest numbers, 5 and 2 what lies between them.
std::vector<double> roundNumbers(double roundness, double from, double to)
{
    constexpr double minute = 60.0;
    constexpr double hour = 60.0 * minute;
    constexpr double day = 24.0 * hour;
    std::vector<double> numbers;
    const auto take = [&](double seconds) {
        if (seconds >= from && seconds <= to)
            numbers.push_back(seconds);
    };
    for (int power = 7; power >= 0; --power)
        take(roundness * std::pow(10.0, power) * day);
    for (const double unit : {hour, minute}) {
        if (roundness == 1.0)
            take(10.0 * unit);
        else
            take(roundness == 5.0 ? 30.0 * unit : 20.0 * unit);
        take(roundness * unit);
    }
    if (roundness != 1.0)
        take(roundness == 5.0 ? 30.0 : 20.0);
    else
        take(10.0);
    for (int power = 0; power >= -10; --power)
        take(roundness * std::pow(10.0, power));
    return numbers;
}

// Room beyond the outermost value, so that no bar ends at the very edge. Finer steps than niceFloor: room is precious.
double widened(double seconds)
{
    const double wanted = seconds * 1.12;
    const double decade = std::pow(10.0, std::floor(std::log10(wanted)));
    for (const double digit : {1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0}) {
        if (digit * decade >= wanted)
            return digit * decade;
    }
    return 10.0 * decade;
}

// Where linear turns into logarithmic. When all is of a size, that is beyond the edge: the picture is linear. The more
// the outermost stands out, the earlier, so that the usual keeps a good part of the width.
double linearFor(double usual, double outermost)
{
    constexpr double alike = 4.0;
    constexpr double farApart = 30.0;
    const double ratio = std::clamp(outermost / usual, alike, farApart);
    const double share = std::log(ratio / alike) / std::log(farApart / alike);
    return niceFloor(std::exp((1.0 - share) * std::log(2.0 * alike * usual) + share * std::log(usual / 5.0)));
}

} // namespace

double niceFloor(double seconds)
{
    if (!(seconds > smallest))
        return smallest;
    const double decade = std::pow(10.0, std::floor(std::log10(seconds)));
    const double digit = seconds / decade * (1.0 + 1e-9);
    return decade * (digit >= 5.0 ? 5.0 : digit >= 2.0 ? 2.0 : 1.0);
}

SymlogScale::SymlogScale(double linear, double low, double high)
    : m_linear(linear)
    , m_low(low)
    , m_high(high)
{}

bool SymlogScale::isLinear() const
{
    return std::max(-m_low, m_high) <= m_linear;
}

double SymlogScale::transformed(double seconds) const
{
    return std::asinh(seconds / m_linear);
}

double SymlogScale::position(double seconds) const
{
    const double start = transformed(m_low);
    return (transformed(seconds) - start) / (transformed(m_high) - start);
}

QList<double> SymlogScale::ticks(double spacing) const
{
    QList<double> chosen;
    const auto offer = [&](double seconds) {
        if (seconds < m_low || seconds > m_high)
            return;
        const double place = position(seconds);
        const bool fits =
            std::ranges::none_of(chosen, [&](double other) { return std::abs(position(other) - place) < spacing; });
        if (fits)
            chosen.append(seconds);
    };
    const double outermost = std::max(std::abs(m_low), std::abs(m_high));
    offer(0.0);
    // Round numbers first and from the outside inwards: the far ones are read, the near ones crowd about zero.
    const auto offerAll = [&](std::initializer_list<double> roundnesses) {
        for (const double roundness : roundnesses) {
            for (const double seconds : roundNumbers(roundness, m_linear / 100.0, outermost)) {
                offer(seconds);
                offer(-seconds);
            }
        }
    };
    offerAll({1.0, 5.0, 2.0});
    // Zero alone is no scale.
    constexpr qsizetype enough = 3;
    if (chosen.size() < enough)
        offerAll({4.0, 3.0});
    std::ranges::sort(chosen);
    return chosen;
}

SymlogScale scaleFor(std::span<const OffsetRange> ranges, const std::optional<SymlogScale>& current, double farthest)
{
    std::vector<OffsetRange> usable;
    std::ranges::copy_if(ranges, std::back_inserter(usable), isUsable);
    if (usable.empty())
        return current.value_or(SymlogScale{});

    std::vector<double> extents;
    for (const OffsetRange& range : usable)
        extents.push_back(extent(range));
    std::ranges::sort(extents);
    // What half of them stay within is the usual.
    const double usual = std::clamp(extents.at((extents.size() - 1) / 2), smallest, largest);
    const double limit = usual * farthest;

    double low = 0.0;
    double high = 0.0;
    for (const OffsetRange& range : usable) {
        for (const double end : {range.low, range.high}) {
            if (std::abs(end) > limit)
                continue;
            low = std::min(low, end);
            high = std::max(high, end);
        }
    }
    const double outermost = std::max({-low, high, smallest});
    const double linear = linearFor(usual, outermost);
    // Zero is never at the edge: half of the usual stays on either side.
    const auto roomFor = [&](double side) { return widened(std::max({side, usual * 0.5, smallest})); };
    const SymlogScale fresh{linear, -roomFor(-low), roomFor(high)};
    if (!current)
        return fresh;

    const bool holds = current->low() <= low && current->high() >= high;
    const bool isTight = -current->low() <= 3.0 * -fresh.low() && current->high() <= 3.0 * fresh.high();
    const double ratio = current->linear() / linear;
    return holds && isTight && ratio < 3.0 && ratio > 1.0 / 3.0 && outermost > 0.0 ? *current : fresh;
}

} // namespace foliot::gui
