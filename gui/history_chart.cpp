// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/history_chart.h"

#include "gui/accessible_chart.h"
#include "gui/chart_colors.h"
#include "gui/chart_parts.h"
#include "gui/format.h"
#include "gui/history_shape.h"
#include "gui/plain_text.h"
#include "gui/scale_name.h"
#include "gui/tone.h"

#include <QAccessible>
#include <QCategoryAxis>
#include <QChart>
#include <QChartView>
#include <QEvent>
#include <QGraphicsLineItem>
#include <QGraphicsSimpleTextItem>
#include <QKeyEvent>
#include <QLabel>
#include <QLineSeries>
#include <QMouseEvent>
#include <QToolTip>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

namespace foliot::gui {

namespace {

// Distances of the marks on the axis of time, in seconds.
constexpr std::array timeSteps{10.0, 20.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1'200.0, 1'800.0, 3'600.0, 7'200.0,
    10'800.0, 14'400.0, 21'600.0, 43'200.0, 86'400.0, 2.0 * 86'400.0};

// The axis grows in so many steps, from the first on: less would be a few slots as wide as the chart.
constexpr double growthSteps = 20.0;

} // namespace

HistoryChart::HistoryChart(Quantity quantity, QWidget* parent)
    : QWidget(parent)
    , m_quantity(quantity)
    , m_parts(std::make_unique<ChartParts>(this))
    , m_empty(new QLabel(tr("Nothing measured yet"), this))
{
    m_parts->view->viewport()->setMouseTracking(true);
    m_parts->view->viewport()->installEventFilter(this);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_parts->view);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::TabFocus);
    installAccessibleCharts();
    setAccessibleName(quantity == Quantity::Offset ? tr("Chart of the offset") : tr("Chart of the jitter"));
    applyColors();
}

HistoryChart::~HistoryChart() = default;

void HistoryChart::setBuffer(const HistoryBuffer* buffer)
{
    m_buffer = buffer;
    m_hasScale = false;
    m_drawnSlot = 0;
    m_shownSeconds = 0.0;
    widenRange();
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
        for (const ChartParts::Band& band : bands)
            count += band.upper->count() + band.lower->count();
    }
    return count;
}

void HistoryChart::rescale()
{
    const std::vector<OffsetRange> ranges = rangesOf(*m_buffer, m_quantity);
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
    m_parts->time->setRange(-m_shownSeconds, 0.0);
    const double timeStep = timeStepFor(m_shownSeconds);
    for (double age = (std::ceil(m_shownSeconds / timeStep) - 1.0) * timeStep; age > 0.0; age -= timeStep)
        //: %1 is a length of time such as 5 min
        m_parts->time->append(tr("%1 ago").arg(Format::span(age)), -age);
    m_parts->time->append(tr("now"), 0.0);

    drawScaleName();
    m_parts->value->setRange(m_scale.transformed(m_scale.low()), m_scale.transformed(m_scale.high()));
    if (!m_hasScale)
        return;
    // A label that would touch its neighbour is left out by Qt Charts, while its line stays.
    const QFontMetricsF metrics(m_parts->value->labelsFont());
    const double perTick = metrics.height() * 1.15 / m_parts->chart->plotArea().height();
    const QList<double> ticks = m_scale.ticks(perTick);
    for (const double tick : ticks) {
        const QString label =
            m_quantity == Quantity::Jitter ? Format::tick(tick, Format::Sign::WhenNegative) : Format::tick(tick);
        m_parts->value->append(label, m_scale.transformed(tick));
    }
}

void HistoryChart::drawScaleName()
{
    QGraphicsSimpleTextItem* text = m_parts->scaleName;
    const QRectF plot = m_parts->chart->plotArea();
    text->setText(m_hasScale ? ScaleName::of(m_scale, QFontMetricsF(text->font()), plot.height()) : QString());
    // Turned about its lower left corner, which becomes the upper left one.
    const QSizeF size = text->boundingRect().size();
    text->setPos(2.0, plot.center().y() + size.width() / 2.0);
}

QString HistoryChart::scaleName() const
{
    return m_parts->scaleName->text();
}

// It only grows, so that it does not go to and fro with sparse measurements. True when it did.
bool HistoryChart::widenRange()
{
    const double range = m_buffer ? m_buffer->rangeSeconds() : 600.0;
    const bool isEmpty = !m_buffer || m_buffer->slotList().isEmpty();
    const double step = range / growthSteps;
    const double oldest = isEmpty ? 0.0 : m_buffer->ageOf(m_buffer->slotList().constFirst(), m_nowUSec);
    const double wanted = std::clamp(std::ceil(oldest / step) * step, step, range);
    const double before = std::exchange(m_shownSeconds, isEmpty ? wanted : std::max(m_shownSeconds, wanted));
    return before != m_shownSeconds;
}

// The shortest that leaves air between the labels.
double HistoryChart::timeStepFor(double range) const
{
    const QFontMetricsF metrics(m_parts->time->labelsFont());
    const double widest = metrics.horizontalAdvance(tr("%1 ago").arg(Format::span(30.0 * 60.0)));
    const double most = std::max(m_parts->chart->plotArea().width() / (widest * 1.25), 1.0);
    const auto* step = std::ranges::find_if(timeSteps, [&](double seconds) { return range / seconds <= most; });
    return step == timeSteps.end() ? range : *step;
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
    if (widenRange())
        drawAxes();
    rescale();

    const QPalette colors = palette();
    // Round joins would cost a third of the drawing and are not seen at this width.
    const QPen pen(lineColor(colors), 1.6, Qt::SolidLine, Qt::FlatCap, Qt::BevelJoin);
    const QList<std::span<const HistorySlot>> runs = m_buffer->runs();
    std::size_t place = 0;
    for (const std::span<const HistorySlot> run : runs) {
        const RunShape shape = shapeOf(run, *m_buffer, m_nowUSec, m_scale, m_quantity);
        // Series are drawn in the order they were made, so a run's bands come before its line.
        if (m_quantity == Quantity::Offset) {
            const ChartParts::Band& bound =
                m_parts->band(m_parts->bounds, place, boundColor(colors), boundEdge(colors));
            ChartParts::setPoints(bound.upper, shape.boundAbove);
            ChartParts::setPoints(bound.lower, shape.boundBelow);
            const ChartParts::Band& uncertainty =
                m_parts->band(m_parts->uncertainties, place, uncertaintyColor(colors), Qt::NoPen);
            ChartParts::setPoints(uncertainty.upper, shape.uncertaintyAbove);
            ChartParts::setPoints(uncertainty.lower, shape.uncertaintyBelow);
        }
        ChartParts::setPoints(m_parts->line(place, pen), shape.line);
        ++place;
    }
    for (; place < m_parts->lines.size(); ++place) {
        ChartParts::setPoints(m_parts->lines.at(place), {});
        if (m_quantity == Quantity::Jitter)
            continue;
        for (const ChartParts::Band& band : {m_parts->bounds.at(place), m_parts->uncertainties.at(place)}) {
            ChartParts::setPoints(band.upper, {});
            ChartParts::setPoints(band.lower, {});
        }
    }
    placeCursor();
}

void HistoryChart::applyColors()
{
    const QPalette colors = palette();
    const QColor labels =
        isEnabled() ? secondaryText(colors, QPalette::Base) : colors.color(QPalette::Disabled, QPalette::Text);
    QFont small = font();
    if (small.pointSizeF() > 0.0)
        small.setPointSizeF(std::max(small.pointSizeF() * 0.9, 6.5));
    m_parts->paint(colors, labels, small);
    placePlot();
    drawScaleName();
    QPalette soft = colors;
    soft.setColor(QPalette::Text, labels); // what stands on a Base is Text
    m_empty->setPalette(soft);
}

// Both charts leave the same room for their labels, so that one moment is at one place in both.
void HistoryChart::placePlot()
{
    const QFontMetricsF metrics(m_parts->value->labelsFont());
    const double left = metrics.horizontalAdvance(Format::tick(-0.5)) + metrics.height() + 14.0;
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

// Less, and there is no room for a label.
QSize HistoryChart::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 30, fontMetrics().height() * 5};
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
    placeCursor();
    m_empty->setGeometry(rect());
    m_empty->raise();
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
    const QString title = HistoryReading::moment(m_buffer->ageOf(*nearest, m_nowUSec));
    QToolTip::showText(onScreen, toolTipOf(title, HistoryReading::values(*nearest, m_quantity)), this);
}

QString HistoryChart::summary() const
{
    return m_buffer ? HistoryReading::summary(*m_buffer, m_quantity) : QString();
}

QString HistoryChart::cursorText() const
{
    const HistorySlot* slot = m_cursor.slot(m_buffer);
    if (!slot)
        return {};
    QStringList words{HistoryReading::moment(m_buffer->ageOf(*slot, m_nowUSec))};
    words << HistoryReading::values(*slot, m_quantity);
    return words.join(QStringLiteral(", "));
}

void HistoryChart::placeCursor()
{
    const HistorySlot* slot = m_cursor.slot(m_buffer);
    m_parts->cursor->setVisible(slot != nullptr);
    if (!slot)
        return;
    const QRectF plot = m_parts->chart->plotArea();
    const double x = m_parts->chart->mapToPosition({-m_buffer->ageOf(*slot, m_nowUSec), 0.0}).x();
    m_parts->cursor->setLine(QLineF(x, plot.top(), x, plot.bottom()));
}

void HistoryChart::keyPressEvent(QKeyEvent* event)
{
    if (!m_cursor.move(m_buffer, event->key(), event->modifiers())) {
        QWidget::keyPressEvent(event);
        return;
    }
    placeCursor();
    const HistorySlot* slot = m_cursor.slot(m_buffer);
    const QPointF top = m_parts->cursor->line().p1();
    QToolTip::showText(m_parts->view->mapToGlobal(m_parts->view->mapFromScene(top)),
        toolTipOf(HistoryReading::moment(m_buffer->ageOf(*slot, m_nowUSec)), HistoryReading::values(*slot, m_quantity)),
        this);
    QAccessibleValueChangeEvent change(this, cursorText());
    QAccessible::updateAccessibility(&change);
}

void HistoryChart::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    m_cursor.toNewest(m_buffer);
    placeCursor();
}

void HistoryChart::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    m_cursor.leave();
    placeCursor();
}

} // namespace foliot::gui
