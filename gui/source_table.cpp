// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/source_table.h"

#include "gui/reach_delegate.h"
#include "gui/source_model.h"

#include <QHeaderView>
#include <QProxyStyle>

#include <algorithm>
#include <array>

namespace foliot::gui {

namespace {

// What fills a column at its widest, as long as nobody changes the width.
constexpr std::array columnSamples{"Unreachable xx", "time.example.org", "198.51.100.100:10123", "Stratum x", "",
    "17 min x", "+999 ms xx", "999 ms xx", "999 ms xx", "Last answer xx", ""};
static_assert(columnSamples.size() == SourceModel::ColumnCount);

// Keeps the texts off the lines between the columns, headings and cells alike, where a style has them touch.
class RoomyStyle : public QProxyStyle {
public:
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override
    {
        const int usual = QProxyStyle::pixelMetric(metric, option, widget);
        if (metric == PM_HeaderMargin)
            return std::max(usual, leastMargin);
        if (metric == PM_FocusFrameHMargin) // of a cell, which adds one pixel
            return std::max(usual, leastMargin - 1);
        return usual;
    }

private:
    static constexpr int leastMargin = 6;
};

} // namespace

SourceTable::SourceTable(QWidget* parent)
    : QTreeView(parent)
{
    auto* roomy = new RoomyStyle;
    roomy->setParent(this);
    setStyle(roomy);
    header()->setStyle(roomy);
    setRootIsDecorated(false);
    setItemsExpandable(false);
    setUniformRowHeights(true);
    setAlternatingRowColors(true);
    setAllColumnsShowFocus(true);
    setTextElideMode(Qt::ElideMiddle); // both ends of a host name tell it from others
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setItemDelegateForColumn(SourceModel::ReachColumn, new ReachDelegate(this));
    setAccessibleName(tr("Sources"));

    header()->setSortIndicatorClearable(true);
    header()->setSortIndicator(-1, Qt::AscendingOrder);
    setSortingEnabled(true);
    header()->setStretchLastSection(false);
    header()->setSectionsMovable(true);
    header()->setMinimumSectionSize(fontMetrics().averageCharWidth() * 8);
    header()->setHighlightSections(false);
}

void SourceTable::fitColumns()
{
    QFont bold = font(); // as the selected source is
    bold.setBold(true);
    const QFontMetrics boldest(bold);
    for (int column = 0; column < SourceModel::ColumnCount; ++column) {
        const QString sample = QString::fromLatin1(columnSamples.at(static_cast<std::size_t>(column)));
        const QFontMetrics metrics = column <= SourceModel::NameColumn ? boldest : fontMetrics();
        const int forHeading = header()->sectionSizeHint(column);
        header()->resizeSection(column, std::max(metrics.horizontalAdvance(sample) + 16, forHeading));
    }
    QStyleOptionViewItem option;
    option.font = font();
    header()->resizeSection(
        SourceModel::ReachColumn, std::max(header()->sectionSizeHint(SourceModel::ReachColumn),
                                      itemDelegateForColumn(SourceModel::ReachColumn)->sizeHint(option, {}).width()));
    header()->setSectionResizeMode(SourceModel::NameColumn, QHeaderView::Stretch);
    header()->hideSection(SourceModel::PictureColumn);
}

void SourceTable::restoreColumns(const QByteArray& state)
{
    header()->restoreState(state);
    // A state from before this column existed does not know that it is hidden.
    header()->hideSection(SourceModel::PictureColumn);
}

quint32 SourceTable::sourceIdOf(const QModelIndex& row)
{
    return row.data(SourceModel::SourceRole).value<bus::SourceData>().id;
}

QList<quint32> SourceTable::selectedIds() const
{
    QList<quint32> ids;
    const QModelIndexList rows = selectionModel()->selectedRows();
    for (const QModelIndex& row : rows)
        ids.append(sourceIdOf(row));
    return ids;
}

std::optional<quint32> SourceTable::currentId() const
{
    const QModelIndexList rows = selectionModel()->selectedRows();
    if (rows.isEmpty())
        return std::nullopt;
    const QModelIndex current = selectionModel()->currentIndex();
    return sourceIdOf(rows.contains(current.siblingAtColumn(0)) ? current : rows.constFirst());
}

QString SourceTable::selectedText() const
{
    QModelIndexList rows = selectionModel()->selectedRows();
    std::ranges::sort(rows, {}, &QModelIndex::row);
    QStringList lines;
    for (const QModelIndex& row : rows) {
        QStringList cells;
        for (int column = 0; column < SourceModel::PictureColumn; ++column) {
            const auto role = column == SourceModel::ReachColumn ? Qt::AccessibleTextRole : Qt::DisplayRole;
            cells << row.siblingAtColumn(column).data(role).toString();
        }
        lines << cells.join(QLatin1Char('\t'));
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace foliot::gui
