// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Signs for verdicts and states: each has a shape of its own, so that they are told apart without colour. Drawn from
// paths in the colours of the palette at the moment of drawing: sharp at every scale, right after a change of scheme.

#include "gui/tone.h"

#include <QIcon>
#include <QRectF>

class QPainter;

namespace foliot::gui {

enum class Glyph : quint8 {
    CheckFilled, // a disc with a tick: selected, all is well
    Check,       // a ring with a tick: agrees
    Tilde,       // a ring with a wave: agrees, jitters
    Cross,       // an octagon with a cross: lies
    Question,    // a ring with a question mark: undecided
    Slash,       // a ring with a stroke: excluded by the user
    Warning,     // a triangle with an exclamation mark: unusable, needs attention
    Silent,      // a broken ring with a cross: does not answer
    Waiting,     // a ring with three dots: not yet
    Information, // a ring with an i: worth knowing
    Unplugged,   // a broken ring with a stroke: no daemon
};

void paintGlyph(QPainter& painter, const QRectF& area, Glyph glyph, const QColor& color, const QColor& background);

// An icon of the sign, for views and labels.
[[nodiscard]] QIcon glyphIcon(Glyph glyph, Tone tone);

} // namespace foliot::gui
