// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Where the line stands that the keyboard moves through a HistoryChart: at a slot of its buffer, while the chart has the
// focus.

#include "gui/history_buffer.h"

#include <Qt>

#include <optional>

namespace foliot::gui {

class HistoryCursor {
public:
    void toNewest(const HistoryBuffer* buffer); // does nothing without slots
    void leave() { m_slot.reset(); }
    // To where the key moves it: by one slot, with control by twenty, to either end. False when it is another key, or there
    // is nothing to move through.
    bool move(const HistoryBuffer* buffer, int key, Qt::KeyboardModifiers modifiers);

    // The slot that it stands at, or the next one when that is gone; null where it is not, and without slots.
    [[nodiscard]] const HistorySlot* slot(const HistoryBuffer* buffer) const;

private:
    std::optional<quint64> m_slot; // its number
};

} // namespace foliot::gui
