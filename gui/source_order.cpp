// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/source_order.h"

#include "gui/source_model.h"

#include <cmath>

namespace foliot::gui {

SourceOrder::SourceOrder(QObject* parent)
    : QSortFilterProxyModel(parent)
{
    setDynamicSortFilter(true);
    setSortRole(SourceModel::RawRole);
}

bool SourceOrder::lessThan(const QModelIndex& left, const QModelIndex& right) const
{
    const QVariant a = left.data(SourceModel::RawRole);
    const QVariant b = right.data(SourceModel::RawRole);
    if (a.typeId() == QMetaType::QString)
        return QString::localeAwareCompare(a.toString(), b.toString()) < 0;
    const double x = a.toDouble();
    const double y = b.toDouble();
    // Descending order turns the comparison around; the unknown stays at the end.
    if (std::isnan(x) || std::isnan(y))
        return sortOrder() == Qt::AscendingOrder ? !std::isnan(x) && std::isnan(y) : std::isnan(x) && !std::isnan(y);
    return x < y;
}

} // namespace foliot::gui
