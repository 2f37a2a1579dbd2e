// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What may be shown, on a terminal or in a window, of what outsiders wrote: servers, configurations, other programs.

#include <QString>

namespace foliot::bus {

// Control characters, and invisible ones that reorder or hide others, become escapes: "\u{1b}".
QString printable(const QString& text);

} // namespace foliot::bus
