// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/history_cursor.h"

#include <algorithm>

namespace foliot::gui {

void HistoryCursor::toNewest(const HistoryBuffer* buffer)
{
    if (buffer && !buffer->slotList().isEmpty())
        m_slot = buffer->slotList().constLast().number;
}

const HistorySlot* HistoryCursor::slot(const HistoryBuffer* buffer) const
{
    if (!m_slot || !buffer || buffer->slotList().isEmpty())
        return nullptr;
    const QList<HistorySlot>& list = buffer->slotList();
    const auto found = std::ranges::lower_bound(list, *m_slot, {}, &HistorySlot::number);
    return found == list.end() ? &list.constLast() : &*found;
}

bool HistoryCursor::move(const HistoryBuffer* buffer, int key, Qt::KeyboardModifiers modifiers)
{
    const HistorySlot* now = slot(buffer);
    if (!now)
        return false;
    const QList<HistorySlot>& list = buffer->slotList();
    const qsizetype stride = modifiers.testFlag(Qt::ControlModifier) ? 20 : 1;
    qsizetype place = now - list.constData();
    switch (key) {
    case Qt::Key_Left:
        place -= stride;
        break;
    case Qt::Key_Right:
        place += stride;
        break;
    case Qt::Key_Home:
        place = 0;
        break;
    case Qt::Key_End:
        place = list.size() - 1;
        break;
    default:
        return false;
    }
    m_slot = list.at(std::clamp<qsizetype>(place, 0, list.size() - 1)).number;
    return true;
}

} // namespace foliot::gui
