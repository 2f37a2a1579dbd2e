// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Icons of one colour. Actions use the icon theme of the desktop where it has what is needed, else Foliot's own
// drawings; own drawings take the colour of the text, light or dark, at the moment of drawing.

#include <QIcon>
#include <QString>

namespace foliot::gui {

// By its freedesktop name: "list-add".
[[nodiscard]] QIcon themeIcon(const QString& name);

// One of Foliot's own drawings, by its file name without ".svg".
[[nodiscard]] QIcon ownIcon(const QString& name);

// As it is installed, when it is: then the desktop draws it in the colours of its panel. Otherwise the own drawing.
[[nodiscard]] QIcon installedIcon(const QString& name);

} // namespace foliot::gui
