// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/history_chart.h"

#include "gui/format.h"
#include "gui/plain_text.h"
#include "gui/tone.h"

#include <QAreaSeries>
#include <QCategoryAxis>
#include <QChart>
#include <QChartView>
#include <QEvent>
#include <QGraphicsLayout>
#include <QLabel>
#include <QLineSeries>
#include <QMouseEvent>
#include <QToolTip>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace foliot::gui {

namespace {

constexpr int timeTicks = 5;

// A line or a band of one run. Qt Charts has no holes in a series, so each run is a series of its own; those not needed
// at the moment are empty.
struct Band {
    QLineSeries* upper = nullptr;
    QLineSeries* lower = nullptr;
    QAreaSeries* area = nullptr;
};

void setPoints(QLineSeries* series, const QList<QPointF>& points)
{
    if (points.isEmpty() && series->count() == 0)
        return;
    series->replace(points);
}

} // namespace

struct HistoryChart::Parts {
    QChart* chart = nullptr;
    QChartView* view = nullptr;
    QCategoryAxis* time = nullptr;
    QCategoryAxis* value = nullptr;
    std::vector<Band> bounds;
    std::vector<Band> uncertainties;
    std::vector<QLineSeries*> lines;

    void attach(QAbstractSeries* series) const
    {
        chart->addSeries(series);
        series->attachAxis(time);
        series->attachAxis(value);
    }

    Band& band(std::vector<Band>& bands, std::size_t place, const QColor& color) const
    {
        while (bands.size() <= place) {
            Band fresh;
            fresh.upper = new QLineSeries(chart);
            fresh.lower = new QLineSeries(chart);
            fresh.area = new QAreaSeries(fresh.upper, fresh.lower);
            fresh.area->setPen(Qt::NoPen);
            fresh.area->setBrush(color);
            attach(fresh.area);
            bands.push_back(fresh);
        }
        return bands.at(place);
    }

    QLineSeries* line(std::size_t place, const QPen& pen)
    {
        while (lines.size() <= place) {
            auto* fresh = new QLineSeries;
            fresh->setPen(pen);
            attach(fresh);
            lines.push_back(fresh);
        }
        return lines.at(place);
    }
};

QColor HistoryChart::lineColor(const QPalette& palette)
{
    return toneColor(Tone::Accent, palette);
}

QColor HistoryChart::uncertaintyColor(const QPalette& palette)
{
    return mixed(palette.color(QPalette::Base), lineColor(palette), 0.40);
}

QColor HistoryChart::boundColor(const QPalette& palette)
{
    return mixed(palette.color(QPalette::Base), lineColor(palette), 0.16);
}

HistoryChart::HistoryChart(Quantity quantity, QWidget* parent)
    : QWidget(parent)
    , m_quantity(quantity)
    , m_parts(std::make_unique<Parts>())
    , m_empty(new QLabel(tr("Nothing measured yet"), this))
{
    m_parts->chart = new QChart;
    m_parts->chart->legend()->hide();
    m_parts->chart->setMargins({});
    m_parts->chart->setBackgroundRoundness(0.0);
    m_parts->chart->layout()->setContentsMargins(0, 0, 0, 0);
    m_parts->time = new QCategoryAxis;
    m_parts->value = new QCategoryAxis;
    for (QCategoryAxis* axis : {m_parts->time, m_parts->value}) {
        axis->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
        axis->setLineVisible(false);
        axis->setTruncateLabels(false);
    }
    m_parts->chart->addAxis(m_parts->time, Qt::AlignBottom);
    m_parts->chart->addAxis(m_parts->value, Qt::AlignLeft);
    m_parts->view = new QChartView(m_parts->chart, this); // owns the chart
    m_parts->view->setFrameShape(QFrame::NoFrame);
    m_parts->view->setRenderHint(QPainter::Antialiasing);
    m_parts->view->setFocusPolicy(Qt::NoFocus);
    m_parts->view->viewport()->setMouseTracking(true);
    m_parts->view->viewport()->installEventFilter(this);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_parts->view);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setAttribute(Qt::WA_TransparentForMouseEvents);
    setAccessibleName(quantity == Quantity::Offset ? tr("Chart of the offset") : tr("Chart of the jitter"));
    applyColors();
}

HistoryChart::~HistoryChart() = default;

void HistoryChart::setBuffer(const HistoryBuffer* buffer)
{
    m_buffer = buffer;
    m_hasScale = false;
    m_drawnSlot = 0;
    drawAxes();
    if (m_nowUSec != 0)
        draw();
}

void HistoryChart::advance(quint64 nowUSec)
{
    m_nowUSec = nowUSec;
    if (!m_buffer)
        return;
    if (m_drawnSlot == m_buffer->numberOf(nowUSec) && m_drawnRevision == m_buffer->revision())
        return;
    draw();
}

qsizetype HistoryChart::pointCount() const
{
    qsizetype count = 0;
    for (const QLineSeries* line : m_parts->lines)
        count += line->count();
    for (const auto& bands : {m_parts->bounds, m_parts->uncertainties}) {
        for (const Band& band : bands)
            count += band.upper->count() + band.lower->count();
    }
    return count;
}

void HistoryChart::rescale()
{
    std::vector<OffsetRange> ranges;
    for (const HistorySlot& slot : m_buffer->slotList()) {
        if (m_quantity == Quantity::Jitter) {
            ranges.push_back({.low = 0.0, .high = slot.jitter});
            continue;
        }
        ranges.push_back({.low = slot.offsetLow, .high = slot.offsetHigh});
        ranges.push_back({.low = -slot.uncertainty, .high = slot.uncertainty});
        ranges.push_back({.low = -slot.bound, .high = slot.bound});
    }
    if (ranges.empty()) {
        m_hasScale = false;
        return;
    }
    SymlogScale scale = scaleFor(ranges, m_hasScale ? std::optional(m_scale) : std::nullopt, 1e7);
    if (m_quantity == Quantity::Jitter)
        scale = SymlogScale(scale.linear(), 0.0, scale.high());
    if (m_hasScale && scale == m_scale)
        return;
    m_scale = scale;
    m_hasScale = true;
    drawAxes();
}

void HistoryChart::drawAxes()
{
    for (QCategoryAxis* axis : {m_parts->time, m_parts->value}) {
        const QStringList labels = axis->categoriesLabels();
        for (const QString& label : labels)
            axis->remove(label);
    }
    const double range = m_buffer ? m_buffer->rangeSeconds() : 600.0;
    m_parts->time->setRange(-range, 0.0);
    for (int tick = 1; tick < timeTicks; ++tick) {
        const double age = range * (timeTicks - tick) / timeTicks;
        //: %1 is a length of time such as 5 min
        m_parts->time->append(tr("%1 ago").arg(Format::age(age)), -age);
    }
    m_parts->time->append(tr("now"), 0.0);

    m_parts->value->setRange(m_scale.transformed(m_scale.low()), m_scale.transformed(m_scale.high()));
    if (!m_hasScale)
        return;
    const double perTick = fontMetrics().height() * 1.5 / std::max(height(), 40);
    const QList<double> ticks = m_scale.ticks(perTick);
    for (const double tick : ticks) {
        const QString label =
            m_quantity == Quantity::Jitter ? Format::tick(tick, Format::Sign::WhenNegative) : Format::tick(tick);
        m_parts->value->append(label, m_scale.transformed(tick));
    }
}

void HistoryChart::draw()
{
    m_drawnSlot = m_buffer->numberOf(m_nowUSec);
    m_drawnRevision = m_buffer->revision();
    ++m_drawings;
    const bool isEmpty = m_buffer->slotList().isEmpty();
    m_empty->setVisible(isEmpty);
    m_parts->time->setGridLineVisible(!isEmpty);
    m_parts->time->setLabelsVisible(!isEmpty);
    rescale();

    const QPalette colors = palette();
    const QPen pen(lineColor(colors), 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    const QList<std::span<const HistorySlot>> runs = m_buffer->runs();
    const auto inside = [this](double seconds) {
        return std::clamp(
            m_scale.transformed(seconds), m_scale.transformed(m_scale.low()), m_scale.transformed(m_scale.high()));
    };
    std::size_t place = 0;
    for (const std::span<const HistorySlot> run : runs) {
        QList<QPointF> line;
        QList<QPointF> boundAbove;
        QList<QPointF> boundBelow;
        QList<QPointF> uncertaintyAbove;
        QList<QPointF> uncertaintyBelow;
        for (const HistorySlot& slot : run) {
            const double x = -m_buffer->ageOf(slot, m_nowUSec);
            if (m_quantity == Quantity::Jitter) {
                if (std::isfinite(slot.jitter))
                    line.append({x, inside(slot.jitter)});
                continue;
            }
            line.append({x, inside(slot.offsetLow)});
            if (slot.offsetHigh != slot.offsetLow)
                line.append({x, inside(slot.offsetHigh)});
            if (std::isfinite(slot.bound)) {
                boundAbove.append({x, inside(slot.bound)});
                boundBelow.append({x, inside(-slot.bound)});
            }
            if (std::isfinite(slot.uncertainty)) {
                uncertaintyAbove.append({x, inside(slot.uncertainty)});
                uncertaintyBelow.append({x, inside(-slot.uncertainty)});
            }
        }
        // Series are drawn in the order they were made, so a run's bands come before its line.
        if (m_quantity == Quantity::Offset) {
            const Band& bound = m_parts->band(m_parts->bounds, place, boundColor(colors));
            setPoints(bound.upper, boundAbove);
            setPoints(bound.lower, boundBelow);
            const Band& uncertainty = m_parts->band(m_parts->uncertainties, place, uncertaintyColor(colors));
            setPoints(uncertainty.upper, uncertaintyAbove);
            setPoints(uncertainty.lower, uncertaintyBelow);
        }
        setPoints(m_parts->line(place, pen), line);
        ++place;
    }
    for (; place < m_parts->lines.size(); ++place) {
        setPoints(m_parts->lines.at(place), {});
        if (m_quantity == Quantity::Jitter)
            continue;
        for (const Band& band : {m_parts->bounds.at(place), m_parts->uncertainties.at(place)}) {
            setPoints(band.upper, {});
            setPoints(band.lower, {});
        }
    }
}

void HistoryChart::applyColors()
{
    const QPalette colors = palette();
    const QColor base = colors.color(QPalette::Base);
    m_parts->chart->setBackgroundBrush(base);
    m_parts->chart->setBackgroundPen(Qt::NoPen);
    m_parts->view->setBackgroundBrush(base);
    QFont small = font();
    if (small.pointSizeF() > 0.0)
        small.setPointSizeF(std::max(small.pointSizeF() * 0.9, 6.5));
    const QColor labels =
        isEnabled() ? secondaryText(colors, QPalette::Base) : colors.color(QPalette::Disabled, QPalette::Text);
    for (QCategoryAxis* axis : {m_parts->time, m_parts->value}) {
        axis->setLabelsFont(small);
        axis->setLabelsColor(labels);
        axis->setGridLineColor(hairline(colors));
    }
    placePlot();
    QPalette soft = colors;
    soft.setColor(QPalette::WindowText, labels);
    m_empty->setPalette(soft);
    for (const Band& band : m_parts->bounds)
        band.area->setBrush(boundColor(colors));
    for (const Band& band : m_parts->uncertainties)
        band.area->setBrush(uncertaintyColor(colors));
    for (QLineSeries* line : m_parts->lines) {
        QPen pen = line->pen();
        pen.setColor(lineColor(colors));
        line->setPen(pen);
    }
}

// Both charts leave the same room for their labels, so that one moment is at one place in both.
void HistoryChart::placePlot()
{
    const QFontMetricsF metrics(m_parts->value->labelsFont());
    const double left = metrics.horizontalAdvance(Format::tick(-0.5)) + 16.0;
    const double right = metrics.horizontalAdvance(tr("now")) / 2.0 + 8.0;
    const double top = metrics.height() / 2.0 + 2.0;
    const double bottom = metrics.height() + 12.0;
    m_parts->chart->setPlotArea(
        QRectF(left, top, std::max(width() - left - right, 10.0), std::max(height() - top - bottom, 10.0)));
}

QSize HistoryChart::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 70, fontMetrics().height() * (m_quantity == Quantity::Offset ? 10 : 6)};
}

void HistoryChart::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange ||
        event->type() == QEvent::EnabledChange)
        applyColors();
}

void HistoryChart::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    placePlot();
    m_empty->setGeometry(rect());
    m_empty->raise();
    if (event->size().height() != event->oldSize().height())
        drawAxes();
}

bool HistoryChart::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::MouseMove) {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        showValuesAt(mouse->position().toPoint(), mouse->globalPosition().toPoint());
    }
    return QWidget::eventFilter(watched, event);
}

void HistoryChart::showValuesAt(const QPoint& place, const QPoint& onScreen)
{
    const QPointF scene = m_parts->view->mapToScene(place);
    if (!m_buffer || m_buffer->slotList().isEmpty() || !m_parts->chart->plotArea().contains(scene)) {
        QToolTip::hideText();
        return;
    }
    const double wanted = -m_parts->chart->mapToValue(m_parts->chart->mapFromScene(scene)).x();
    const QList<HistorySlot>& list = m_buffer->slotList();
    const auto nearest = std::ranges::min_element(
        list, {}, [&](const HistorySlot& slot) { return std::abs(m_buffer->ageOf(slot, m_nowUSec) - wanted); });
    QStringList lines;
    if (m_quantity == Quantity::Jitter) {
        //: %1 is a length of time
        lines << tr("Jitter %1").arg(Format::seconds(nearest->jitter));
    } else {
        const double larger =
            std::abs(nearest->offsetHigh) > std::abs(nearest->offsetLow) ? nearest->offsetHigh : nearest->offsetLow;
        //: %1 is an offset such as +12 µs
        lines << tr("Offset %1").arg(Format::seconds(larger, Format::Sign::Always));
        //: %1 is a length of time
        lines << tr("Uncertainty ±%1").arg(Format::limit(nearest->uncertainty));
        //: %1 is a length of time
        lines << tr("Bound ±%1").arg(Format::limit(nearest->bound));
    }
    //: %1 is a length of time such as 5 min
    const QString title = tr("%1 ago").arg(Format::age(m_buffer->ageOf(*nearest, m_nowUSec)));
    QToolTip::showText(onScreen, toolTipOf(title, lines), this);
}

} // namespace foliot::gui
