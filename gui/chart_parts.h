// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Everything of Qt Charts that a HistoryChart is made of. Only HistoryChart includes this.

#include <QList>
#include <QPointF>

#include <vector>

class QAreaSeries;
class QCategoryAxis;
class QChart;
class QChartView;
class QAbstractSeries;
class QColor;
class QFont;
class QGraphicsLineItem;
class QGraphicsSimpleTextItem;
class QLineSeries;
class QPalette;
class QPen;
class QWidget;

namespace foliot::gui {

// Qt Charts has no holes in a series, so each run without a hole is a series of its own; those not needed at the moment
// are empty.
class ChartParts {
public:
    struct Band {
        QLineSeries* upper = nullptr;
        QLineSeries* lower = nullptr;
        QAreaSeries* area = nullptr;
    };

    explicit ChartParts(QWidget* parent);

    // The one at this place, made when it is not there yet. Series are drawn in the order they were made.
    const Band& band(std::vector<Band>& bands, std::size_t place, const QColor& color, const QPen& edge) const;
    QLineSeries* line(std::size_t place, const QPen& pen);

    // In these colours, with axes and the name of the scale in that colour and font.
    void paint(const QPalette& colors, const QColor& labels, const QFont& font) const;

    static void setPoints(QLineSeries* series, const QList<QPointF>& points);

    QChart* chart;
    QCategoryAxis* time;
    QCategoryAxis* value;
    QGraphicsLineItem* cursor;
    QGraphicsSimpleTextItem* scaleName; // along the axis of values, upwards
    QChartView* view;                   // owns the chart; its parent owns it
    std::vector<Band> bounds;
    std::vector<Band> uncertainties;
    std::vector<QLineSeries*> lines;

private:
    void attach(QAbstractSeries* series) const;
};

} // namespace foliot::gui
