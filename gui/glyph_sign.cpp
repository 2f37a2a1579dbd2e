// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/glyph_sign.h"

#include <QPainter>

namespace foliot::gui {

GlyphSign::GlyphSign(double lines, QWidget* parent)
    : QWidget(parent)
    , m_lines(lines)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void GlyphSign::setGlyph(Glyph glyph, Tone tone)
{
    if (m_glyph == glyph && m_tone == tone)
        return;
    m_glyph = glyph;
    m_tone = tone;
    update();
}

QSize GlyphSign::sizeHint() const
{
    const int size = qRound(fontMetrics().height() * m_lines);
    return {size, size};
}

void GlyphSign::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintGlyph(
        painter, rect(), m_glyph, toneColor(m_tone, palette(), QPalette::Window), palette().color(QPalette::Window));
}

} // namespace foliot::gui
