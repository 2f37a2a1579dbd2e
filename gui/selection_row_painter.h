// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One row of the picture of the selection: sign, name and verdict, then the bar of the correctness interval, or why there
// is none.

#include "bus/client/data.h"

#include <QStyledItemDelegate>

namespace foliot::gui {

class SelectionView;

class SelectionRowPainter : public QStyledItemDelegate {
    Q_OBJECT

public:
    explicit SelectionRowPainter(SelectionView* view);

    // What stands below the name.
    [[nodiscard]] static QString secondLine(const bus::SourceData& source);

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    void paintLabel(QPainter& painter, const QStyleOptionViewItem& option, const bus::SourceData& source) const;
    void paintReason(QPainter& painter, const QStyleOptionViewItem& option, const bus::SourceData& source) const;
    void paintBar(QPainter& painter, const QStyleOptionViewItem& option, const bus::SourceData& source) const;
    // The offset in figures, on the side of the bar that has more room.
    void paintValue(QPainter& painter, const QStyleOptionViewItem& option, const bus::SourceData& source, double low,
        double high) const;

    SelectionView* m_view;
};

} // namespace foliot::gui
