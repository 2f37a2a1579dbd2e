// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/chart_key.h"

#include "gui/tone.h"

#include <QPainter>

namespace foliot::gui {

namespace {

constexpr int signWidth = 14;
constexpr int gap = 5;

} // namespace

ChartKey::ChartKey(Shape shape, ColorOf color, const QString& text, QWidget* parent, ColorOf edge)
    : QWidget(parent)
    , m_shape(shape)
    , m_color(std::move(color))
    , m_edge(std::move(edge))
    , m_text(text)
{
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    setAccessibleName(text);
}

QSize ChartKey::sizeHint() const
{
    return {signWidth + gap + fontMetrics().horizontalAdvance(m_text) + 2, fontMetrics().height()};
}

void ChartKey::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const bool isMirrored = layoutDirection() == Qt::RightToLeft;
    const QRectF sign(isMirrored ? width() - signWidth : 0, height() / 2.0 - 4.5, signWidth, 9.0);
    const QColor color = m_color(palette());
    switch (m_shape) {
    case Shape::Line:
        painter.fillRect(QRectF(sign.left(), sign.center().y() - 1.0, sign.width(), 2.0), color);
        break;
    case Shape::Patch:
        painter.fillRect(sign, color);
        if (m_edge) {
            painter.setPen(m_edge(palette()));
            painter.drawRect(sign.adjusted(0.5, 0.5, -0.5, -0.5));
        }
        break;
    case Shape::DashedLine:
        painter.setPen(QPen(color, 1.0, Qt::DashLine));
        painter.drawLine(QPointF(sign.center().x(), 0.0), QPointF(sign.center().x(), height()));
        break;
    }
    painter.setPen(secondaryText(palette()));
    const QRect text = rect().adjusted(isMirrored ? 0 : signWidth + gap, 0, isMirrored ? -signWidth - gap : 0, 0);
    painter.drawText(text, static_cast<int>(Qt::AlignLeading | Qt::AlignVCenter) | Qt::TextSingleLine, m_text);
}

} // namespace foliot::gui
