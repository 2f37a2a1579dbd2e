// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a chart says, in words: one moment of it for tooltips and for the keyboard, all of it for who cannot see it.

#include "gui/history_buffer.h"

#include <QCoreApplication>
#include <QStringList>

namespace foliot::gui {

enum class HistoryQuantity : quint8 {
    Offset, // with uncertainty and bound
    Jitter,
};

class HistoryReading final {
    Q_DECLARE_TR_FUNCTIONS(foliot::gui::HistoryReading)

public:
    // "5 min ago"
    [[nodiscard]] static QString moment(double ageSeconds);
    // "Offset +12 µs", "Uncertainty ±0.2 ms", "Bound ±0.8 ms"
    [[nodiscard]] static QStringList values(const HistorySlot& slot, HistoryQuantity quantity);
    // The newest values and the extremes of the whole range.
    [[nodiscard]] static QString summary(const HistoryBuffer& buffer, HistoryQuantity quantity);
};

} // namespace foliot::gui
