// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/history_buffer.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace foliot::gui {

namespace {

// A hole is this many times the usual distance of records, and at least that long.
constexpr double holeFactor = 8.0;
constexpr double shortestHoleSeconds = 20.0;

HistorySlot slotFrom(quint64 number, const bus::ClockSample& sample)
{
    return {.number = number,
        .offsetLow = sample.offsetSeconds,
        .offsetHigh = sample.offsetSeconds,
        .uncertainty = std::abs(sample.uncertaintySeconds),
        .bound = std::abs(sample.boundSeconds),
        .jitter = std::abs(sample.jitterSeconds)};
}

// The larger, where not-a-number counts as infinite: nothing is known.
double larger(double a, double b)
{
    return std::isnan(a) || std::isnan(b) ? std::numeric_limits<double>::infinity() : std::max(a, b);
}

HistorySlot merged(const HistorySlot& a, const HistorySlot& b)
{
    return {.number = a.number,
        .offsetLow = std::min(a.offsetLow, b.offsetLow),
        .offsetHigh = std::max(a.offsetHigh, b.offsetHigh),
        .uncertainty = larger(a.uncertainty, b.uncertainty),
        .bound = larger(a.bound, b.bound),
        .jitter = larger(a.jitter, b.jitter)};
}

} // namespace

HistoryBuffer::HistoryBuffer(double rangeSeconds)
    : m_rangeSeconds(rangeSeconds)
    , m_slotUSec(static_cast<quint64>(rangeSeconds * 1e6 / slotCount))
{}

void HistoryBuffer::clear()
{
    m_slots.clear();
    ++m_revision;
}

void HistoryBuffer::add(const bus::ClockSample& sample, quint64 nowUSec)
{
    const quint64 number = numberOf(sample.boottimeUSec);
    const quint64 newest = numberOf(nowUSec);
    if (!std::isfinite(sample.offsetSeconds) || number > newest || newest - number > slotCount)
        return;
    const HistorySlot slot = slotFrom(number, sample);
    // Nearly always the newest one.
    const auto place = m_slots.isEmpty() || m_slots.constLast().number < number
                           ? m_slots.end()
                           : std::ranges::lower_bound(m_slots, number, {}, &HistorySlot::number);
    if (place == m_slots.end() || place->number != number) {
        m_slots.insert(place, slot);
    } else {
        const HistorySlot both = merged(*place, slot);
        if (both == *place)
            return;
        *place = both;
    }
    ++m_revision;
}

void HistoryBuffer::add(const bus::ClockSamples& samples, quint64 nowUSec)
{
    for (const bus::ClockSample& sample : samples)
        add(sample, nowUSec);
    prune(nowUSec);
}

void HistoryBuffer::prune(quint64 nowUSec)
{
    const quint64 newest = numberOf(nowUSec);
    const auto isOld = [newest](const HistorySlot& slot) { return slot.number + slotCount < newest; };
    const auto firstKept = std::ranges::find_if_not(m_slots, isOld);
    if (firstKept == m_slots.begin())
        return;
    m_slots.erase(m_slots.begin(), firstKept);
    ++m_revision;
}

double HistoryBuffer::ageOf(const HistorySlot& slot, quint64 nowUSec) const
{
    const quint64 middle = slot.number * m_slotUSec + m_slotUSec / 2;
    return nowUSec > middle ? static_cast<double>(nowUSec - middle) * 1e-6 : 0.0;
}

QList<std::span<const HistorySlot>> HistoryBuffer::runs() const
{
    if (m_slots.isEmpty())
        return {};
    std::vector<quint64> distances;
    for (qsizetype place = 1; place < m_slots.size(); ++place)
        distances.push_back(m_slots.at(place).number - m_slots.at(place - 1).number);
    double hole = shortestHoleSeconds / slotSeconds();
    if (!distances.empty()) {
        const auto middle = distances.begin() + static_cast<std::ptrdiff_t>(distances.size() / 2);
        std::ranges::nth_element(distances, middle);
        hole = std::max(hole, holeFactor * static_cast<double>(*middle));
    }

    QList<std::span<const HistorySlot>> result;
    const std::span<const HistorySlot> all(m_slots);
    std::size_t start = 0;
    for (std::size_t place = 1; place <= all.size(); ++place) {
        const bool ends = place == all.size() || static_cast<double>(all[place].number - all[place - 1].number) > hole;
        if (!ends)
            continue;
        result.append(all.subspan(start, place - start));
        start = place;
    }
    return result;
}

} // namespace foliot::gui
