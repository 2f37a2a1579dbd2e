// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/publisher/history.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace foliot::daemon {

History::History(std::size_t capacity)
    : m_capacity(std::max<std::size_t>(capacity, 4))
{}

void History::record(const bus::ClockSample& sample)
{
    if (!m_samples.empty() && sample.boottimeUSec <= m_samples.back().boottimeUSec) {
        m_samples.back() = sample;
        return;
    }
    if (m_samples.size() == m_capacity)
        thin();
    m_samples.push_back(sample);
}

void History::thin()
{
    const std::size_t half = m_samples.size() / 2;
    std::size_t kept = 0;
    for (std::size_t index = 0; index < half; index += 2) {
        const bus::ClockSample& first = m_samples[index];
        const bus::ClockSample& second = m_samples[std::min(index + 1, half - 1)];
        m_samples[kept++] = std::abs(first.offsetSeconds) >= std::abs(second.offsetSeconds) ? first : second;
    }
    m_samples.erase(
        m_samples.begin() + static_cast<std::ptrdiff_t>(kept), m_samples.begin() + static_cast<std::ptrdiff_t>(half));
}

namespace {

using Range = std::span<const bus::ClockSample>;

// The lowest and the highest of a stretch, in the order of time; one when they are the same.
void appendExtremes(Range stretch, bus::ClockSamples& result)
{
    if (stretch.empty())
        return;
    const auto [low, high] = std::ranges::minmax_element(stretch, {}, &bus::ClockSample::offsetSeconds);
    result.append(*std::min(low, high));
    if (low != high)
        result.append(*std::max(low, high));
}

} // namespace

bus::ClockSamples History::read(quint64 since, quint32 points) const
{
    const auto first = std::ranges::lower_bound(m_samples, since, {}, &bus::ClockSample::boottimeUSec);
    const Range range(first, m_samples.end());
    bus::ClockSamples result;
    if (range.size() <= points) {
        result.assign(range.begin(), range.end());
        return result;
    }
    if (points == 0)
        return result;
    const quint32 stretches = (points - 1) / 2; // two of each, and the newest
    const Range older = range.first(range.size() - 1);
    const quint64 begin = older.front().boottimeUSec;
    const quint64 length = older.back().boottimeUSec - begin + 1;
    std::size_t from = 0;
    for (quint32 stretch = 0; stretch < stretches; ++stretch) {
        const quint64 end = begin + length * (stretch + 1) / stretches;
        std::size_t to = from;
        while (to < older.size() && older[to].boottimeUSec < end)
            ++to;
        appendExtremes(older.subspan(from, to - from), result);
        from = to;
    }
    result.append(range.back());
    return result;
}

} // namespace foliot::daemon
