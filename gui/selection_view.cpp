// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/selection_view.h"

#include "gui/scale_name.h"
#include "gui/selection_axis.h"
#include "gui/selection_row_painter.h"
#include "gui/source_model.h"
#include "gui/tone.h"
#include "gui/verdict_text.h"

#include <QPainter>

#include <algorithm>
#include <utility>

namespace foliot::gui {

namespace {

constexpr int gutter = 22; // room at both ends of the scale

bus::SourceData sourceAt(const QListView& view, int row)
{
    return view.model()->index(row, view.modelColumn()).data(SourceModel::SourceRole).value<bus::SourceData>();
}

} // namespace

SelectionView::SelectionView(QWidget* parent)
    : QListView(parent)
    , m_axis(new SelectionAxis(this))
{
    setItemDelegate(new SelectionRowPainter(this));
    setModelColumn(SourceModel::PictureColumn);
    setSelectionMode(ExtendedSelection);
    setSelectionBehavior(SelectRows);
    setUniformItemSizes(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    setMouseTracking(true);
    setAccessibleName(tr("Picture of the selection"));
    setAccessibleDescription(
        tr("The interval in which the time of each source can lie, and where most of them agree."));
    placeAxis();
}

SelectionView::~SelectionView() = default;

void SelectionView::setModel(QAbstractItemModel* model)
{
    QListView::setModel(model);
    connect(model, &QAbstractItemModel::dataChanged, this,
        [this](const QModelIndex& from, const QModelIndex& to, const QList<int>&) {
            if (from.column() <= modelColumn() && to.column() >= modelColumn()) {
                readRows(from.row(), to.row());
                fit();
            }
        });
    connect(model, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex&, int first, int last) {
        readRows(first, last);
        fit();
    });
    connect(model, &QAbstractItemModel::rowsAboutToBeRemoved, this, [this](const QModelIndex&, int first, int last) {
        for (int row = first; row <= last; ++row)
            m_wishes.remove(sourceAt(*this, row).id);
    });
    connect(model, &QAbstractItemModel::rowsRemoved, this, &SelectionView::fit);
    connect(model, &QAbstractItemModel::modelReset, this, &SelectionView::readAllRows);
    readAllRows();
}

void SelectionView::setAgreement(const std::optional<OffsetRange>& agreement)
{
    if (m_agreement == agreement)
        return;
    m_agreement = agreement;
    rescale();
    viewport()->update();
}

void SelectionView::readAllRows()
{
    m_wishes.clear();
    readRows(0, model()->rowCount() - 1);
    fit();
}

void SelectionView::readRows(int first, int last)
{
    QFont bold = font();
    bold.setBold(true);
    const QFontMetrics plainMetrics(font());
    const QFontMetrics selectedMetrics(bold);
    const QFontMetrics secondMetrics(captionFont(font()));
    for (int row = first; row <= last; ++row) {
        const bus::SourceData source = sourceAt(*this, row);
        const QFontMetrics& metrics = source.verdict == bus::Verdict::Selected ? selectedMetrics : plainMetrics;
        Wish& wish = m_wishes[source.id];
        wish.labelWidth = std::max(metrics.horizontalAdvance(VerdictText::sourceName(source)),
            secondMetrics.horizontalAdvance(SelectionRowPainter::secondLine(source)));
        wish.interval.reset();
        if (source.hasInterval)
            wish.interval = OffsetRange{.low = source.intervalLowSeconds, .high = source.intervalHighSeconds};
    }
}

void SelectionView::fit()
{
    widenLabels();
    rescale();
}

void SelectionView::rescale()
{
    QList<OffsetRange> ranges;
    for (const Wish& wish : std::as_const(m_wishes))
        if (wish.interval)
            ranges.append(*wish.interval);
    if (m_agreement)
        ranges.append(*m_agreement);
    const auto current = m_hasScale ? std::optional(m_scale) : std::nullopt;
    const SymlogScale scale = scaleFor(ranges, current);
    m_hasScale = !ranges.isEmpty();
    if (scale == m_scale)
        return;
    m_scale = scale;
    viewport()->update();
    m_axis->update();
}

// As wide as the widest label needs, so that no name is cut while there is room.
void SelectionView::widenLabels()
{
    int text = QFontMetrics(font()).averageCharWidth() * 14;
    for (const Wish& wish : std::as_const(m_wishes))
        text = std::max(text, wish.labelWidth);
    const int wanted = text + style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this) + 2 * padding + 2;
    if (m_labelWidth == wanted)
        return;
    m_labelWidth = wanted;
    viewport()->update();
    m_axis->update();
}

int SelectionView::labelWidth() const
{
    return std::min(m_labelWidth, viewport()->width() * 2 / 5);
}

double SelectionView::plotLeft() const
{
    return layoutDirection() == Qt::RightToLeft ? gutter : labelWidth() + gutter;
}

double SelectionView::plotRight() const
{
    return viewport()->width() - gutter - (layoutDirection() == Qt::RightToLeft ? labelWidth() : 0);
}

QRect SelectionView::labelArea(const QRect& row) const
{
    const QRect area(padding, row.top(), labelWidth() - padding, row.height());
    return layoutDirection() == Qt::RightToLeft ? area.translated(viewport()->width() - labelWidth() - padding, 0)
                                                : area;
}

double SelectionView::xOf(double seconds) const
{
    return plotLeft() + m_scale.position(seconds) * (plotRight() - plotLeft());
}

// Below the names, where the figures leave room for it.
QString SelectionView::scaleName(const QFont& font) const
{
    const QFontMetricsF metrics(font);
    const double widestFigure = metrics.horizontalAdvance(QStringLiteral("+500 ms "));
    const double room = (layoutDirection() == Qt::RightToLeft ? viewport()->width() - plotRight() : plotLeft()) -
                        padding - widestFigure / 2.0;
    return m_hasScale ? ScaleName::of(m_scale, metrics, room) : QString();
}

QList<double> SelectionView::ticks() const
{
    const double width = plotRight() - plotLeft();
    if (!m_hasScale || width < 20.0)
        return {};
    const double widest = QFontMetricsF(captionFont(font())).horizontalAdvance(QStringLiteral("+500 ms "));
    return m_scale.ticks(widest / width);
}

QSize SelectionView::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 70, fontMetrics().height() * 14};
}

QSize SelectionView::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 36, fontMetrics().height() * 6};
}

void SelectionView::paintEvent(QPaintEvent* event)
{
    {
        QPainter painter(viewport());
        const double height = viewport()->height();
        if (m_agreement) {
            double low = std::clamp(xOf(m_agreement->low), plotLeft(), plotRight());
            double high = std::clamp(xOf(m_agreement->high), plotLeft(), plotRight());
            if (high - low < 3.0) {
                low -= 1.5;
                high += 1.5;
            }
            const QColor color = isEnabled() ? toneColor(Tone::Good, palette()) : hairline(palette());
            painter.fillRect(QRectF(low, 0.0, high - low, height), faded(color, 0.16));
            painter.setPen(QPen(faded(color, 0.7), 1.0));
            painter.drawLine(QPointF(low, 0.0), QPointF(low, height));
            painter.drawLine(QPointF(high, 0.0), QPointF(high, height));
        }
        painter.setPen(hairline(palette()));
        for (const double tick : ticks()) {
            if (tick != 0.0)
                painter.drawLine(QPointF(xOf(tick), 0.0), QPointF(xOf(tick), height));
        }
        if (m_hasScale) {
            painter.setPen(QPen(secondaryText(palette(), QPalette::Base), 1.0, Qt::DashLine));
            painter.drawLine(QPointF(xOf(0.0), 0.0), QPointF(xOf(0.0), height));
        }
        if (model() && model()->rowCount() == 0) {
            painter.setPen(secondaryText(palette(), QPalette::Base));
            painter.drawText(
                viewport()->rect(), static_cast<int>(Qt::AlignCenter) | Qt::TextWordWrap, tr("No sources"));
        }
    }
    QListView::paintEvent(event);
}

void SelectionView::resizeEvent(QResizeEvent* event)
{
    QListView::resizeEvent(event);
    placeAxis();
}

void SelectionView::changeEvent(QEvent* event)
{
    QListView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange ||
        event->type() == QEvent::LayoutDirectionChange) {
        placeAxis();
        if (model())
            readAllRows();
    }
}

void SelectionView::placeAxis()
{
    const int height = m_axis->sizeHint().height();
    setViewportMargins(0, 0, 0, height);
    const QRect rows = viewport()->geometry();
    m_axis->setGeometry(rows.left(), rows.bottom() + 1, rows.width(), height);
}

} // namespace foliot::gui
