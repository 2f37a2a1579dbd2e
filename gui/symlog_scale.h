// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The scale of offsets: linear about zero, logarithmic far from it. So a server that is a second off stands visibly
// outside without squeezing those that agree within a millisecond to nothing. Order is kept, so intervals that
// overlap do so on the screen. Used by the picture of the selection and by the charts.

#include <QList>

#include <optional>
#include <span>

namespace foliot::gui {

class SymlogScale {
public:
    SymlogScale() = default;
    // `linear` in seconds: where the scale turns from linear to logarithmic. Low < high.
    SymlogScale(double linear, double low, double high);

    [[nodiscard]] double linear() const { return m_linear; }
    [[nodiscard]] double low() const { return m_low; }
    [[nodiscard]] double high() const { return m_high; }

    // Linear as far as it goes, to the eye.
    [[nodiscard]] bool isLinear() const;

    // The value without a unit, monotonic over all finite values; 0 is 0.
    [[nodiscard]] double transformed(double seconds) const;
    // 0 at low, 1 at high; beyond them less and more.
    [[nodiscard]] double position(double seconds) const;

    // Round values inside the range, ascending, each at least `spacing` (in units of position) from the next.
    // Zero comes first when it is inside, then powers of ten, then what fits between.
    [[nodiscard]] QList<double> ticks(double spacing) const;

    friend bool operator==(const SymlogScale&, const SymlogScale&) = default;

private:
    double m_linear = 1e-3;
    double m_low = -1e-3;
    double m_high = 1e-3;
};

// The largest of 1, 2 and 5 times a power of ten that is not more than the value; 1e-9 for less than that.
[[nodiscard]] double niceFloor(double seconds);

// A range of offsets that somebody wants to see.
struct OffsetRange {
    double low = 0.0;
    double high = 0.0;

    friend bool operator==(const OffsetRange&, const OffsetRange&) = default;
};

// A scale that holds zero and the ranges, except what is more than `farthest` times beyond the usual (which is drawn at
// the edge). Keeps `current` while that still fits well, so that the picture does not breathe with every answer.
[[nodiscard]] SymlogScale scaleFor(
    std::span<const OffsetRange> ranges, const std::optional<SymlogScale>& current, double farthest = 300.0);

} // namespace foliot::gui
