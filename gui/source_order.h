// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The order of the rows: by the raw values, unknown ones last whichever way it goes. Without a column chosen, the order
// of the configuration.

#include <QSortFilterProxyModel>

namespace foliot::gui {

class SourceOrder : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit SourceOrder(QObject* parent = nullptr);

protected:
    [[nodiscard]] bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;
};

} // namespace foliot::gui
