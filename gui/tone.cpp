// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/tone.h"

#include <algorithm>
#include <cmath>

namespace foliot::gui {

namespace {

constexpr double readable = 4.5;

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& color)
{
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

// The colour nearest to `wanted` that can be read on the background, darker or lighter as the background asks.
QColor readableOn(const QColor& background, const QColor& wanted)
{
    const QColor end = luminance(background) > 0.18 ? QColor(Qt::black) : QColor(Qt::white);
    constexpr int steps = 20;
    for (int step = 0; step < steps; ++step) {
        const QColor candidate = mixed(wanted, end, static_cast<double>(step) / steps);
        if (contrast(candidate, background) >= readable)
            return candidate;
    }
    return end;
}

QColor hueOf(Tone tone, const QPalette& palette)
{
    switch (tone) {
    case Tone::Neutral:
        return palette.color(QPalette::Text);
    case Tone::Good:
        return QColor(0x1f, 0x9d, 0x55);
    case Tone::Attention:
        return QColor(0xe0, 0x7b, 0x00);
    case Tone::Bad:
        return QColor(0xda, 0x44, 0x53);
    case Tone::Accent:
        return palette.color(QPalette::Accent);
    }
    return {};
}

} // namespace

QColor mixed(const QColor& first, const QColor& second, double share)
{
    const auto part = [share](float a, float b) { return static_cast<float>(a + (b - a) * share); };
    return QColor::fromRgbF(
        part(first.redF(), second.redF()), part(first.greenF(), second.greenF()), part(first.blueF(), second.blueF()));
}

double contrast(const QColor& first, const QColor& second)
{
    const double a = luminance(first);
    const double b = luminance(second);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

QColor toneColor(Tone tone, const QPalette& palette, QPalette::ColorRole background)
{
    if (tone == Tone::Neutral)
        return secondaryText(palette, background);
    return readableOn(palette.color(background), hueOf(tone, palette));
}

QColor secondaryText(const QPalette& palette, QPalette::ColorRole background)
{
    const QColor ground = palette.color(background);
    return readableOn(ground, mixed(palette.color(QPalette::WindowText), ground, 0.32));
}

QColor hairline(const QPalette& palette, QPalette::ColorRole background)
{
    return mixed(palette.color(background), palette.color(QPalette::WindowText), 0.14);
}

QColor faded(QColor color, double opacity)
{
    color.setAlphaF(static_cast<float>(opacity));
    return color;
}

QFont captionFont(QFont font)
{
    if (font.pointSizeF() > 0.0)
        font.setPointSizeF(std::max(font.pointSizeF() * 0.9, 6.5));
    font.setBold(false);
    return font;
}

} // namespace foliot::gui
