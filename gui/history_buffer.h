// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The past of the clock at the resolution of a chart: a fixed number of slots over a range of time, each with the extremes
// of what fell into it. However much comes in, what a chart draws stays this small, and no spike is lost. Fed by the
// daemon's history and by what it publishes live; the same sample may come both ways.

#include "bus/types.h"

#include <QList>
#include <QtTypes>

#include <span>

namespace foliot::gui {

struct HistorySlot {
    quint64 number = 0; // boot time divided by the slot's width
    double offsetLow = 0.0;
    double offsetHigh = 0.0;
    double uncertainty = 0.0; // largest; infinite before the first estimate
    double bound = 0.0;       // largest; infinite before the first estimate
    double jitter = 0.0;      // largest

    friend bool operator==(const HistorySlot&, const HistorySlot&) = default;
};

class HistoryBuffer {
public:
    static constexpr int slotCount = 400;

    explicit HistoryBuffer(double rangeSeconds);

    [[nodiscard]] double rangeSeconds() const { return m_rangeSeconds; }
    [[nodiscard]] double slotSeconds() const { return m_rangeSeconds / slotCount; }

    void clear();
    // What is not finite, older than the range or later than now leaves no trace.
    void add(const bus::ClockSample& sample, quint64 nowUSec);
    void add(const bus::ClockSamples& samples, quint64 nowUSec);
    // Forgets what is older than the range.
    void prune(quint64 nowUSec);

    // Ascending; at most slotCount + 1 of them.
    [[nodiscard]] const QList<HistorySlot>& slotList() const { return m_slots; }
    [[nodiscard]] quint64 numberOf(quint64 boottimeUSec) const { return boottimeUSec / m_slotUSec; }
    // How long before `nowUSec` the middle of the slot is, in seconds; not negative.
    [[nodiscard]] double ageOf(const HistorySlot& slot, quint64 nowUSec) const;

    // Runs of slots without a hole: where nothing was recorded for much longer than usual, a line must not go on.
    [[nodiscard]] QList<std::span<const HistorySlot>> runs() const;

    // Counts changes of the content.
    [[nodiscard]] quint64 revision() const { return m_revision; }

private:
    double m_rangeSeconds;
    quint64 m_slotUSec;
    QList<HistorySlot> m_slots;
    quint64 m_revision = 0;
};

} // namespace foliot::gui
