// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/glyph_icon.h"

#include "gui/painted_icon.h"

#include <QGuiApplication>
#include <QPainter>
#include <QPainterPath>

#include <cmath>
#include <numbers>

namespace foliot::gui {

namespace {

// All shapes live in a square of 16 units with its centre at (8, 8).
constexpr double side = 16.0;
constexpr QPointF centre{8.0, 8.0};
constexpr double ringRadius = 6.4;
constexpr double ringWidth = 1.5;

QPainterPath polygon(int corners, double radius, double turn)
{
    QPolygonF points;
    for (int corner = 0; corner < corners; ++corner) {
        const double angle = turn + 2.0 * std::numbers::pi * corner / corners;
        points << centre + radius * QPointF(std::sin(angle), -std::cos(angle));
    }
    QPainterPath path;
    path.addPolygon(points);
    path.closeSubpath();
    return path;
}

QPainterPath tick()
{
    QPainterPath path({4.9, 8.3});
    path.lineTo(7.1, 10.5);
    path.lineTo(11.2, 5.9);
    return path;
}

QPainterPath cross(double reach)
{
    QPainterPath path(centre + QPointF(-reach, -reach));
    path.lineTo(centre + QPointF(reach, reach));
    path.moveTo(centre + QPointF(reach, -reach));
    path.lineTo(centre + QPointF(-reach, reach));
    return path;
}

QPainterPath stroke()
{
    QPainterPath path({3.6, 12.4});
    path.lineTo(12.4, 3.6);
    return path;
}

QPainterPath wave()
{
    QPainterPath path({4.6, 8.8});
    path.cubicTo(6.0, 5.6, 7.4, 7.2, 8.0, 8.0);
    path.cubicTo(8.6, 8.8, 10.0, 10.4, 11.4, 7.2);
    return path;
}

QPainterPath questionMark()
{
    QPainterPath path({6.0, 6.3});
    path.cubicTo(6.1, 3.8, 10.2, 3.9, 10.1, 6.4);
    path.cubicTo(10.0, 8.0, 8.0, 7.9, 8.0, 9.6);
    return path;
}

class Brushwork {
public:
    Brushwork(QPainter& painter, const QColor& color)
        : m_painter(painter)
        , m_color(color)
    {}

    void line(const QPainterPath& path, double width) { line(path, width, m_color); }
    void line(const QPainterPath& path, double width, const QColor& color)
    {
        m_painter.strokePath(path, QPen(color, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    }
    void dot(const QPointF& place, double radius) { dot(place, radius, m_color); }
    void dot(const QPointF& place, double radius, const QColor& color)
    {
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(color);
        m_painter.drawEllipse(place, radius, radius);
    }
    void fill(const QPainterPath& path) { m_painter.fillPath(path, m_color); }
    void ring()
    {
        QPainterPath path;
        path.addEllipse(centre, ringRadius, ringRadius);
        line(path, ringWidth);
    }
    void brokenRing()
    {
        QPainterPath path;
        const QRectF box(centre - QPointF(ringRadius, ringRadius), centre + QPointF(ringRadius, ringRadius));
        for (const int start : {15, 105, 195, 285}) {
            path.arcMoveTo(box, start);
            path.arcTo(box, start, 60);
        }
        line(path, ringWidth);
    }

private:
    QPainter& m_painter;
    QColor m_color;
};

class GlyphEngine final : public PaintedIcon {
public:
    GlyphEngine(Glyph glyph, Tone tone)
        : m_glyph(glyph)
        , m_tone(tone)
    {}

    void paint(QPainter* painter, const QRect& area, QIcon::Mode mode, QIcon::State) override
    {
        const QPalette palette = QGuiApplication::palette();
        QColor color = toneColor(m_tone, palette);
        QColor background = palette.color(QPalette::Base);
        if (mode == QIcon::Selected) {
            color = palette.color(QPalette::HighlightedText);
            background = palette.color(QPalette::Highlight);
        } else if (mode == QIcon::Disabled) {
            color = palette.color(QPalette::Disabled, QPalette::Text);
        }
        paintGlyph(*painter, area, m_glyph, color, background);
    }

    QIconEngine* clone() const override { return new GlyphEngine(m_glyph, m_tone); }
    QString key() const override { return QStringLiteral("foliot-glyph"); }

private:
    Glyph m_glyph;
    Tone m_tone;
};

} // namespace

void paintGlyph(QPainter& painter, const QRectF& area, Glyph glyph, const QColor& color, const QColor& background)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const double size = std::min(area.width(), area.height());
    painter.translate(area.center() - QPointF(size, size) / 2.0);
    painter.scale(size / side, size / side);
    Brushwork brush(painter, color);
    switch (glyph) {
    case Glyph::CheckFilled:
        brush.dot(centre, ringRadius + ringWidth / 2.0);
        brush.line(tick(), 1.9, background);
        break;
    case Glyph::Check:
        brush.ring();
        brush.line(tick(), 1.7);
        break;
    case Glyph::Tilde:
        brush.ring();
        brush.line(wave(), 1.6);
        break;
    case Glyph::Cross:
        brush.fill(polygon(8, 7.6, std::numbers::pi / 8.0));
        brush.line(cross(2.6), 1.9, background);
        break;
    case Glyph::Question:
        brush.ring();
        brush.line(questionMark(), 1.5);
        brush.dot({8.0, 11.8}, 0.9);
        break;
    case Glyph::Slash:
        brush.ring();
        brush.line(stroke(), ringWidth);
        break;
    case Glyph::Warning: {
        QPainterPath triangle({8.0, 1.9});
        triangle.lineTo(15.0, 13.9);
        triangle.lineTo(1.0, 13.9);
        triangle.closeSubpath();
        brush.fill(triangle);
        brush.line(triangle, 1.4);
        QPainterPath mark({8.0, 6.0});
        mark.lineTo(8.0, 9.6);
        brush.line(mark, 1.7, background);
        brush.dot({8.0, 12.1}, 1.0, background);
        break;
    }
    case Glyph::Silent:
        brush.brokenRing();
        brush.line(cross(2.2), 1.6);
        break;
    case Glyph::Waiting:
        brush.ring();
        for (const double x : {5.0, 8.0, 11.0})
            brush.dot({x, 8.0}, 0.95);
        break;
    case Glyph::Information: {
        brush.ring();
        brush.dot({8.0, 5.0}, 0.95);
        QPainterPath stem({8.0, 7.4});
        stem.lineTo(8.0, 11.2);
        brush.line(stem, 1.6);
        break;
    }
    case Glyph::Unplugged:
        brush.brokenRing();
        brush.line(stroke(), 1.6);
        break;
    }
    painter.restore();
}

QIcon glyphIcon(Glyph glyph, Tone tone)
{
    return QIcon(new GlyphEngine(glyph, tone));
}

} // namespace foliot::gui
