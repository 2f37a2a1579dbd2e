// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The last eight queries as eight dots, oldest first: filled when answered, hollow when not.

#include <QStyledItemDelegate>

#include <array>

namespace foliot::gui {

// True where the query was answered, oldest query first. The register holds the newest in its lowest bit.
[[nodiscard]] std::array<bool, 8> reachDots(quint8 reach);

class ReachDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace foliot::gui
