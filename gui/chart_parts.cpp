// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/chart_parts.h"

#include "gui/chart_colors.h"
#include "gui/tone.h"

#include <QAreaSeries>
#include <QCategoryAxis>
#include <QChart>
#include <QChartView>
#include <QGraphicsLayout>
#include <QGraphicsLineItem>
#include <QGraphicsSimpleTextItem>
#include <QLineSeries>

namespace foliot::gui {

ChartParts::ChartParts(QWidget* parent)
    : chart(new QChart)
    , time(new QCategoryAxis)
    , value(new QCategoryAxis)
    , cursor(new QGraphicsLineItem(chart))
    , scaleName(new QGraphicsSimpleTextItem(chart))
    , view(new QChartView(chart, parent))
{
    chart->legend()->hide();
    chart->setMargins({});
    chart->setBackgroundRoundness(0.0);
    chart->layout()->setContentsMargins(0, 0, 0, 0);
    for (QCategoryAxis* axis : {time, value}) {
        axis->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
        axis->setLineVisible(false);
        axis->setTruncateLabels(false);
    }
    chart->addAxis(time, Qt::AlignBottom);
    chart->addAxis(value, Qt::AlignLeft);
    cursor->setZValue(100.0); // above the series
    cursor->hide();
    scaleName->setRotation(-90.0);
    view->setFrameShape(QFrame::NoFrame);
    view->setRenderHint(QPainter::Antialiasing);
    view->setFocusPolicy(Qt::NoFocus);
}

void ChartParts::attach(QAbstractSeries* series) const
{
    chart->addSeries(series);
    series->attachAxis(time);
    series->attachAxis(value);
}

const ChartParts::Band& ChartParts::band(
    std::vector<Band>& bands, std::size_t place, const QColor& color, const QPen& edge) const
{
    while (bands.size() <= place) {
        Band fresh;
        fresh.upper = new QLineSeries(chart);
        fresh.lower = new QLineSeries(chart);
        fresh.area = new QAreaSeries(fresh.upper, fresh.lower);
        fresh.area->setPen(edge);
        fresh.area->setBrush(color);
        attach(fresh.area);
        bands.push_back(fresh);
    }
    return bands.at(place);
}

QLineSeries* ChartParts::line(std::size_t place, const QPen& pen)
{
    while (lines.size() <= place) {
        auto* fresh = new QLineSeries;
        fresh->setPen(pen);
        attach(fresh);
        lines.push_back(fresh);
    }
    return lines.at(place);
}

void ChartParts::paint(const QPalette& colors, const QColor& labels, const QFont& font) const
{
    const QColor base = colors.color(QPalette::Base);
    chart->setBackgroundBrush(base);
    chart->setBackgroundPen(Qt::NoPen);
    view->setBackgroundBrush(base);
    for (QCategoryAxis* axis : {time, value}) {
        axis->setLabelsFont(font);
        axis->setLabelsColor(labels);
        axis->setGridLineColor(hairline(colors));
    }
    cursor->setPen(QPen(colors.color(QPalette::Highlight), 1.5));
    scaleName->setFont(font);
    scaleName->setBrush(labels);
    for (const Band& bound : bounds) {
        bound.area->setBrush(boundColor(colors));
        bound.area->setPen(boundEdge(colors));
    }
    for (const Band& uncertainty : uncertainties)
        uncertainty.area->setBrush(uncertaintyColor(colors));
    for (QLineSeries* drawn : lines) {
        QPen pen = drawn->pen();
        pen.setColor(lineColor(colors));
        drawn->setPen(pen);
    }
}

void ChartParts::setPoints(QLineSeries* series, const QList<QPointF>& points)
{
    if (!points.isEmpty() || series->count() != 0)
        series->replace(points);
}

} // namespace foliot::gui
