// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/symlog_scale.h"

#include <algorithm>
#include <array>
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

// Room beyond the outermost value, so that no bar ends at the very edge.
double widened(double seconds)
{
    return niceCeiling(seconds * 1.15);
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

double niceCeiling(double seconds)
{
    const double floor = niceFloor(seconds);
    if (floor * (1.0 + 1e-9) >= seconds)
        return floor;
    return niceFloor(floor * 2.6);
}

SymlogScale::SymlogScale(double linear, double low, double high)
    : m_linear(linear)
    , m_low(low)
    , m_high(high)
{}

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
    // Powers of ten first and from the outside inwards: the far ones are read, the near ones crowd about zero.
    for (const double digit : std::array{1.0, 5.0, 2.0}) {
        for (double decade = std::pow(10.0, std::ceil(std::log10(outermost))); decade >= m_linear / 100.0;
            decade /= 10.0) {
            // One digit, rounded, so that the label has no tail.
            const double seconds = digit * std::pow(10.0, std::round(std::log10(decade)));
            offer(seconds);
            offer(-seconds);
        }
    }
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
        low = std::min(low, std::max(range.low, -limit));
        high = std::max(high, std::min(range.high, limit));
    }
    // Never less than a fifth on the other side: zero is not at the edge.
    const double outermost = std::max({-low, high, smallest});
    double linear = std::max(niceFloor(usual), smallest);
    const auto roomFor = [&](double side) { return widened(std::max({side, usual * 0.5, smallest})); };
    SymlogScale fresh{linear, -roomFor(-low), roomFor(high)};
    if (!current)
        return fresh;

    const bool holds = current->low() <= low && current->high() >= high;
    const bool isTight = -current->low() <= 3.0 * -fresh.low() && current->high() <= 3.0 * fresh.high();
    const double ratio = current->linear() / linear;
    return holds && isTight && ratio < 3.0 && ratio > 1.0 / 3.0 && outermost > 0.0 ? *current : fresh;
}

} // namespace foliot::gui
