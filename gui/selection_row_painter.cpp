// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/selection_row_painter.h"

#include "gui/format.h"
#include "gui/selection_view.h"
#include "gui/source_model.h"
#include "gui/tone.h"
#include "gui/verdict_text.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace foliot::gui {

namespace {

constexpr int padding = 8;
constexpr int arrow = 7;

bool isEnabled(const QStyleOptionViewItem& option)
{
    return (option.state & QStyle::State_Enabled) != 0;
}

QColor textColor(const QStyleOptionViewItem& option)
{
    return option.palette.color(isEnabled(option) ? QPalette::Active : QPalette::Disabled, QPalette::Text);
}

QColor verdictColor(const QStyleOptionViewItem& option, const bus::SourceData& source)
{
    return isEnabled(option) ? toneColor(VerdictText::tone(source.verdict), option.palette) : textColor(option);
}

void paintBackground(QPainter& painter, const QStyleOptionViewItem& option)
{
    const QColor highlight = option.palette.color(QPalette::Highlight);
    if ((option.state & QStyle::State_Selected) != 0) {
        painter.fillRect(option.rect, faded(highlight, 0.22));
        QRect edge = option.rect;
        edge.setWidth(3);
        if (option.direction == Qt::RightToLeft)
            edge.moveRight(option.rect.right());
        painter.fillRect(edge, highlight);
    } else if ((option.state & QStyle::State_MouseOver) != 0) {
        painter.fillRect(option.rect, faded(highlight, 0.08));
    }
}

void drawLine(QPainter& painter, const QFont& font, const QColor& color, const QRect& area, const QString& text,
    Qt::TextElideMode mode = Qt::ElideRight)
{
    painter.setFont(font);
    painter.setPen(color);
    const QString shown = QFontMetrics(font).elidedText(text, mode, area.width());
    painter.drawText(area, static_cast<int>(Qt::AlignVCenter) | Qt::AlignLeading | Qt::TextSingleLine, shown);
}

void paintArrow(QPainter& painter, const QColor& color, const QPointF& place, double direction)
{
    QPainterPath head(place + QPointF(direction * arrow, 0.0));
    head.lineTo(place + QPointF(0.0, -arrow * 0.7));
    head.lineTo(place + QPointF(0.0, arrow * 0.7));
    head.closeSubpath();
    painter.fillPath(head, color);
}

} // namespace

SelectionRowPainter::SelectionRowPainter(SelectionView* view)
    : QStyledItemDelegate(view)
    , m_view(view)
{}

// The addresses of a pool all have the pool's name, so they stand here.
QString SelectionRowPainter::secondLine(const bus::SourceData& source)
{
    const QString word = VerdictText::word(source.verdict);
    if (source.origin != bus::Origin::Pool || source.address.isEmpty())
        return word;
    //: %1 is a verdict such as "Combined", %2 a numeric address
    return tr("%1 · %2").arg(word, VerdictText::sourceAddress(source));
}

QSize SelectionRowPainter::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const
{
    const QFontMetrics metrics(option.font);
    const QFontMetrics second(captionFont(option.font));
    return {200, metrics.height() + second.height() + padding + 2};
}

void SelectionRowPainter::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto source = index.data(SourceModel::SourceRole).value<bus::SourceData>();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    paintBackground(*painter, option);
    paintLabel(*painter, option, source);
    if (source.hasInterval)
        paintBar(*painter, option, source);
    else
        paintReason(*painter, option, source);
    painter->restore();
    if ((option.state & QStyle::State_HasFocus) != 0) {
        QStyleOptionFocusRect focus;
        focus.QStyleOption::operator=(option);
        focus.backgroundColor = option.palette.color(QPalette::Base);
        m_view->style()->drawPrimitive(QStyle::PE_FrameFocusRect, &focus, painter, m_view);
    }
}

void SelectionRowPainter::paintLabel(
    QPainter& painter, const QStyleOptionViewItem& option, const bus::SourceData& source) const
{
    const QRect area = m_view->labelArea(option.rect);
    const int iconSize = m_view->style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, m_view);
    QRect icon(0, 0, iconSize, iconSize);
    icon.moveCenter(area.center());
    icon.moveLeft(area.left());
    QRect text = area.adjusted(iconSize + padding, 0, 0, 0);
    if (option.direction == Qt::RightToLeft) {
        icon.moveRight(area.right());
        text = area.adjusted(0, 0, -iconSize - padding, 0);
    }
    paintGlyph(painter, icon, VerdictText::glyph(source.verdict), verdictColor(option, source),
        option.palette.color(QPalette::Base));

    QFont font = option.font;
    font.setBold(source.verdict == bus::Verdict::Selected);
    const QFont second = captionFont(option.font);
    const int height = QFontMetrics(font).height();
    const int secondHeight = QFontMetrics(second).height();
    QRect line(text.left(), text.center().y() - (height + secondHeight) / 2 + 1, text.width(), height);
    // Both ends of a host name tell it from others.
    drawLine(painter, font, textColor(option), line, VerdictText::sourceName(source), Qt::ElideMiddle);
    line.moveTop(line.bottom() + 1);
    line.setHeight(secondHeight);
    drawLine(painter, second, verdictColor(option, source), line, secondLine(source));
}

void SelectionRowPainter::paintReason(
    QPainter& painter, const QStyleOptionViewItem& option, const bus::SourceData& source) const
{
    QRect area = option.rect;
    area.setLeft(static_cast<int>(m_view->plotLeft()));
    area.setRight(static_cast<int>(m_view->plotRight()));
    const QColor color = isEnabled(option) ? secondaryText(option.palette, QPalette::Base) : textColor(option);
    const QFont font = captionFont(option.font);
    const QString text = VerdictText::explanation(source.verdict, source.reason);
    // The agreement of the others and the line of this clock go on behind it.
    const QFontMetrics metrics(font);
    QRect behind(0, 0, std::min(metrics.horizontalAdvance(text), area.width()) + padding, metrics.height());
    behind.moveCenter(area.center());
    if (option.direction == Qt::RightToLeft)
        behind.moveRight(area.right() + padding / 2);
    else
        behind.moveLeft(area.left() - padding / 2);
    painter.fillRect(behind, option.palette.color(QPalette::Base));
    painter.save();
    painter.setClipRect(behind);
    paintBackground(painter, option);
    painter.restore();
    drawLine(painter, font, color, area, text);
}

void SelectionRowPainter::paintBar(
    QPainter& painter, const QStyleOptionViewItem& option, const bus::SourceData& source) const
{
    const QColor color = verdictColor(option, source);
    const double left = m_view->plotLeft();
    const double right = m_view->plotRight();
    const double low = m_view->xOf(source.intervalLowSeconds);
    const double high = m_view->xOf(source.intervalHighSeconds);
    const double middle = option.rect.center().y() + 0.5;
    const double thickness = std::round(QFontMetricsF(option.font).height() * 0.62);
    const bool isBeyondLeft = high < left;
    const bool isBeyondRight = low > right;

    if (!isBeyondLeft && !isBeyondRight) {
        QRectF bar(QPointF(std::max(low, left), middle - thickness / 2.0),
            QPointF(std::min(high, right), middle + thickness / 2.0));
        if (bar.width() < 5.0)
            bar.adjust(-2.5, 0, 2.5, 0);
        painter.setPen(QPen(color, 1.2));
        painter.setBrush(
            mixed(option.palette.color(QPalette::Base), color, VerdictText::isUsed(source.verdict) ? 0.42 : 0.25));
        painter.drawRoundedRect(bar, 3.0, 3.0);
        const double best = m_view->xOf(source.offsetSeconds);
        if (source.hasEstimate && best >= left && best <= right && bar.width() > 10.0) {
            painter.setPen(QPen(color, 2.4, Qt::SolidLine, Qt::FlatCap));
            painter.drawLine(QPointF(best, bar.top() - 2.0), QPointF(best, bar.bottom() + 2.0));
        }
    }
    if (low < left)
        paintArrow(painter, color, {left - 4.0, middle}, -1.0);
    if (high > right)
        paintArrow(painter, color, {right + 4.0, middle}, 1.0);
    if (source.verdict == bus::Verdict::Falseticker || isBeyondLeft || isBeyondRight)
        paintValue(painter, option, source, std::clamp(low, left, right), std::clamp(high, left, right));
}

void SelectionRowPainter::paintValue(
    QPainter& painter, const QStyleOptionViewItem& option, const bus::SourceData& source, double low, double high) const
{
    const QString text = Format::seconds(source.offsetSeconds, Format::Sign::Always);
    const QFont font = captionFont(option.font);
    const double width = QFontMetricsF(font).horizontalAdvance(text) + 2.0;
    const double roomBefore = low - m_view->plotLeft();
    const bool isBefore = roomBefore > m_view->plotRight() - high;
    const QRectF area(
        isBefore ? low - width - padding : high + padding, option.rect.top(), width, option.rect.height());
    painter.setFont(font);
    painter.setPen(verdictColor(option, source));
    painter.drawText(area, static_cast<int>(Qt::AlignCenter) | Qt::TextSingleLine, text);
}

} // namespace foliot::gui
