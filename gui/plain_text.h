// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Text from outside (names, addresses, errors of others) made safe to show: it is never read as markup, never moves the
// text around it, never runs on without end.

#include <QString>
#include <QStringList>

namespace foliot::gui {

// bus::printable() of the first `longest` characters; an ellipsis tells that there are more.
[[nodiscard]] QString plainText(const QString& outside, qsizetype longest = 200);

// A tooltip of paragraphs, the first one bold; what they hold is text, not markup.
[[nodiscard]] QString toolTipOf(const QString& title, const QStringList& paragraphs);

// Text for places whose reader may or may not take it for markup (notification area): without the characters that would
// tell the difference.
[[nodiscard]] QString withoutMarkup(QString text);

// Text that keeps its own direction inside text of the other one: "+40 ms" and "2001:db8::1" fall apart otherwise where
// writing runs to the left. Unchanged where it runs to the right.
[[nodiscard]] QString isolated(const QString& text);

// Text for a menu: an ampersand is no mnemonic.
[[nodiscard]] QString menuText(QString text);

} // namespace foliot::gui
