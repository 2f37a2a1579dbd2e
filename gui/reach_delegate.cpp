// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/reach_delegate.h"

#include "gui/source_model.h"
#include "gui/tone.h"

#include <QApplication>
#include <QPainter>

#include <algorithm>

namespace foliot::gui {

namespace {

constexpr int dots = 8;
constexpr int margin = 6;
constexpr double rowHeight = 1.55; // of the text

// Diameter and distance of the dots, from the size of the text.
double diameterFor(const QFontMetricsF& metrics)
{
    return std::max(5.0, metrics.height() * 0.38);
}

double pitchFor(const QFontMetricsF& metrics)
{
    return diameterFor(metrics) * 1.5;
}

} // namespace

std::array<bool, 8> reachDots(quint8 reach)
{
    std::array<bool, 8> answered{};
    for (unsigned place = 0; place < answered.size(); ++place)
        answered.at(place) = (reach >> (answered.size() - 1 - place) & 1U) != 0;
    return answered;
}

void ReachDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const QStyle* style = item.widget ? item.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);

    const bool isSelected = (item.state & QStyle::State_Selected) != 0;
    const auto group = (item.state & QStyle::State_Enabled) == 0  ? QPalette::Disabled
                       : (item.state & QStyle::State_Active) != 0 ? QPalette::Active
                                                                  : QPalette::Inactive;
    const QColor color = isSelected                    ? item.palette.color(group, QPalette::HighlightedText)
                         : group == QPalette::Disabled ? item.palette.color(group, QPalette::Text)
                                                       : toneColor(Tone::Neutral, item.palette);

    const QFontMetricsF metrics(item.font);
    const double diameter = diameterFor(metrics);
    const double pitch = pitchFor(metrics);
    const QRectF area = QRectF(item.rect).adjusted(margin, 0, -margin, 0);
    const bool isMirrored = item.direction == Qt::RightToLeft;

    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(color, 1.2));
    double x = isMirrored ? area.right() - diameter / 2.0 : area.left() + diameter / 2.0;
    for (const bool isAnswered : reachDots(static_cast<quint8>(index.data(SourceModel::RawRole).toUInt()))) {
        painter->setBrush(isAnswered ? QBrush(color) : QBrush(Qt::NoBrush));
        painter->drawEllipse(QPointF(x, area.center().y()), (diameter - 1.2) / 2.0, (diameter - 1.2) / 2.0);
        x += isMirrored ? -pitch : pitch;
    }
    painter->restore();
}

QSize ReachDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QSize size = QStyledItemDelegate::sizeHint(option, index);
    const QFontMetricsF metrics(option.font);
    // Styles without air of their own get some.
    size.setHeight(std::max(size.height(), qRound(metrics.height() * rowHeight)));
    size.setWidth(static_cast<int>(pitchFor(metrics) * (dots - 1) + diameterFor(metrics)) + 2 * margin + 1);
    return size;
}

} // namespace foliot::gui
