// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/selection_view.h"

#include "gui/format.h"
#include "gui/source_model.h"
#include "gui/tone.h"
#include "gui/verdict_text.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyledItemDelegate>

#include <algorithm>
#include <cmath>

namespace foliot::gui {

namespace {

constexpr int padding = 8;
constexpr int arrow = 7;
constexpr int gutter = 22; // room at both ends of the scale

QColor faded(QColor color, double opacity)
{
    color.setAlphaF(static_cast<float>(opacity));
    return color;
}

QFont secondaryFont(QFont font)
{
    // The size that desktops use for captions.
    if (font.pointSizeF() > 0.0)
        font.setPointSizeF(std::max(font.pointSizeF() * 0.9, 6.5));
    font.setBold(false);
    return font;
}

} // namespace

// One row: sign, name and verdict, then the bar.
class SelectionView::RowPainter : public QStyledItemDelegate {
public:
    explicit RowPainter(SelectionView* view)
        : QStyledItemDelegate(view)
        , m_view(view)
    {}

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const override
    {
        const QFontMetrics metrics(option.font);
        const QFontMetrics second(secondaryFont(option.font));
        return {200, metrics.height() + second.height() + padding + 2};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
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

private:
    static bool isEnabled(const QStyleOptionViewItem& option) { return (option.state & QStyle::State_Enabled) != 0; }

    static QColor textColor(const QStyleOptionViewItem& option)
    {
        return option.palette.color(isEnabled(option) ? QPalette::Active : QPalette::Disabled, QPalette::Text);
    }

    static QColor verdictColor(const QStyleOptionViewItem& option, const bus::SourceData& source)
    {
        return isEnabled(option) ? toneColor(VerdictText::tone(source.verdict), option.palette) : textColor(option);
    }

    static void paintBackground(QPainter& painter, const QStyleOptionViewItem& option)
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

    void paintLabel(QPainter& painter, const QStyleOptionViewItem& option, const bus::SourceData& source) const
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
        const QFont second = secondaryFont(option.font);
        const int height = QFontMetrics(font).height();
        const int secondHeight = QFontMetrics(second).height();
        QRect line(text.left(), text.center().y() - (height + secondHeight) / 2 + 1, text.width(), height);
        drawLine(painter, font, textColor(option), line, VerdictText::sourceName(source));
        line.moveTop(line.bottom() + 1);
        line.setHeight(secondHeight);
        drawLine(painter, second, verdictColor(option, source), line, secondLine(source));
    }

    // The addresses of a pool all have the pool's name.
    static QString secondLine(const bus::SourceData& source)
    {
        const QString word = VerdictText::word(source.verdict);
        if (source.origin != bus::Origin::Pool || source.address.isEmpty())
            return word;
        //: %1 is a verdict such as "Used", %2 a numeric address
        return SelectionView::tr("%1 · %2").arg(word, VerdictText::sourceAddress(source));
    }

    static void drawLine(
        QPainter& painter, const QFont& font, const QColor& color, const QRect& area, const QString& text)
    {
        painter.setFont(font);
        painter.setPen(color);
        const QString shown = QFontMetrics(font).elidedText(text, Qt::ElideRight, area.width());
        painter.drawText(area, static_cast<int>(Qt::AlignVCenter) | Qt::AlignLeading | Qt::TextSingleLine, shown);
    }

    void paintReason(QPainter& painter, const QStyleOptionViewItem& option, const bus::SourceData& source) const
    {
        QRect area = option.rect;
        area.setLeft(static_cast<int>(m_view->plotLeft()));
        area.setRight(static_cast<int>(m_view->plotRight()));
        const QColor color = isEnabled(option) ? secondaryText(option.palette, QPalette::Base) : textColor(option);
        drawLine(
            painter, secondaryFont(option.font), color, area, VerdictText::explanation(source.verdict, source.reason));
    }

    void paintBar(QPainter& painter, const QStyleOptionViewItem& option, const bus::SourceData& source) const
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

    static void paintArrow(QPainter& painter, const QColor& color, const QPointF& place, double direction)
    {
        QPainterPath head(place + QPointF(direction * arrow, 0.0));
        head.lineTo(place + QPointF(0.0, -arrow * 0.7));
        head.lineTo(place + QPointF(0.0, arrow * 0.7));
        head.closeSubpath();
        painter.fillPath(head, color);
    }

    // The offset in figures, on the side of the bar that has more room.
    void paintValue(QPainter& painter, const QStyleOptionViewItem& option, const bus::SourceData& source, double low,
        double high) const
    {
        const QString text = Format::seconds(source.offsetSeconds, Format::Sign::Always);
        const QFont font = secondaryFont(option.font);
        const double width = QFontMetricsF(font).horizontalAdvance(text) + 2.0;
        const double roomBefore = low - m_view->plotLeft();
        const bool isBefore = roomBefore > m_view->plotRight() - high;
        const QRectF area(
            isBefore ? low - width - padding : high + padding, option.rect.top(), width, option.rect.height());
        painter.setFont(font);
        painter.setPen(verdictColor(option, source));
        painter.drawText(area, static_cast<int>(Qt::AlignCenter) | Qt::TextSingleLine, text);
    }

    SelectionView* m_view;
};

// The figures below the rows. They stay when the rows scroll.
class SelectionView::Axis : public QWidget {
public:
    explicit Axis(SelectionView* view)
        : QWidget(view)
        , m_view(view)
    {}

    QSize sizeHint() const override { return {100, fontMetrics().height() + padding}; }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.fillRect(rect(), palette().color(QPalette::Base));
        painter.setPen(hairline(palette()));
        painter.drawLine(0, 0, width(), 0);
        const QFont font = secondaryFont(this->font());
        painter.setFont(font);
        const QFontMetricsF metrics(font);
        const double shift = m_view->viewport()->x() - x();
        for (const double tick : m_view->ticks()) {
            const double place = m_view->xOf(tick) + shift;
            const QString text = Format::tick(tick);
            const double textWidth = metrics.horizontalAdvance(text);
            painter.setPen(hairline(palette()));
            painter.drawLine(QPointF(place, 0.0), QPointF(place, 3.0));
            painter.setPen(isEnabled() ? secondaryText(palette(), QPalette::Base)
                                       : palette().color(QPalette::Disabled, QPalette::Text));
            const double start = std::clamp(place - textWidth / 2.0, 2.0, std::max(width() - textWidth - 2.0, 2.0));
            painter.drawText(QRectF(start - 1.0, 3.0, textWidth + 2.0, height() - 3.0), Qt::AlignCenter, text);
        }
    }

private:
    SelectionView* m_view;
};

SelectionView::SelectionView(QWidget* parent)
    : QListView(parent)
    , m_axis(new Axis(this))
{
    setItemDelegate(new RowPainter(this));
    setModelColumn(SourceModel::NameColumn);
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
            if (from.column() <= modelColumn() && to.column() >= modelColumn())
                rescale();
        });
    connect(model, &QAbstractItemModel::rowsInserted, this, &SelectionView::rescale);
    connect(model, &QAbstractItemModel::rowsRemoved, this, &SelectionView::rescale);
    connect(model, &QAbstractItemModel::modelReset, this, &SelectionView::rescale);
    rescale();
}

void SelectionView::setAgreement(const std::optional<OffsetRange>& agreement)
{
    if (m_agreement == agreement)
        return;
    m_agreement = agreement;
    rescale();
    viewport()->update();
}

void SelectionView::rescale()
{
    QList<OffsetRange> ranges;
    for (int row = 0; row < model()->rowCount(); ++row) {
        const auto source = model()->index(row, modelColumn()).data(SourceModel::SourceRole).value<bus::SourceData>();
        if (source.hasInterval)
            ranges.append({.low = source.intervalLowSeconds, .high = source.intervalHighSeconds});
    }
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

int SelectionView::labelWidth() const
{
    const int wanted = fontMetrics().averageCharWidth() * 26;
    return std::min(wanted, viewport()->width() * 2 / 5);
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

QList<double> SelectionView::ticks() const
{
    const double width = plotRight() - plotLeft();
    if (!m_hasScale || width < 20.0)
        return {};
    const double widest = QFontMetricsF(secondaryFont(font())).horizontalAdvance(QStringLiteral("+500 ms "));
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
        event->type() == QEvent::LayoutDirectionChange)
        placeAxis();
}

void SelectionView::placeAxis()
{
    const int height = m_axis->sizeHint().height();
    setViewportMargins(0, 0, 0, height);
    const QRect rows = viewport()->geometry();
    m_axis->setGeometry(rows.left(), rows.bottom() + 1, rows.width(), height);
}

} // namespace foliot::gui
