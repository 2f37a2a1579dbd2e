// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/selection_axis.h"

#include "gui/format.h"
#include "gui/selection_view.h"
#include "gui/tone.h"

#include <QPainter>

#include <algorithm>

namespace foliot::gui {

SelectionAxis::SelectionAxis(SelectionView* view)
    : QWidget(view)
    , m_view(view)
{}

QSize SelectionAxis::sizeHint() const
{
    return {100, fontMetrics().height() + SelectionView::padding};
}

void SelectionAxis::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Base));
    if (m_view->ticks().isEmpty())
        return;
    painter.setPen(hairline(palette()));
    painter.drawLine(0, 0, width(), 0);
    const QFont font = captionFont(this->font());
    painter.setFont(font);
    const QFontMetricsF metrics(font);
    const double shift = m_view->viewport()->x() - x();
    const QColor text =
        isEnabled() ? secondaryText(palette(), QPalette::Base) : palette().color(QPalette::Disabled, QPalette::Text);
    painter.setPen(text);
    painter.drawText(rect().adjusted(SelectionView::padding, 3, -SelectionView::padding, 0),
        static_cast<int>(Qt::AlignVCenter) | Qt::AlignLeading, m_view->scaleName(font));
    for (const double tick : m_view->ticks()) {
        const double place = m_view->xOf(tick) + shift;
        const QString figure = Format::tick(tick);
        const double figureWidth = metrics.horizontalAdvance(figure);
        painter.setPen(hairline(palette()));
        painter.drawLine(QPointF(place, 0.0), QPointF(place, 3.0));
        painter.setPen(text);
        const double start = std::clamp(place - figureWidth / 2.0, 2.0, std::max(width() - figureWidth - 2.0, 2.0));
        painter.drawText(QRectF(start - 1.0, 3.0, figureWidth + 2.0, height() - 3.0), Qt::AlignCenter, figure);
    }
}

} // namespace foliot::gui
