// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The few boxes that stand in front of the window. Each is made, not shown, and deletes itself when it is closed.

#include <QString>

class QMessageBox;
class QWidget;

namespace foliot::gui {

// Whether to step the clock by so many seconds, positive forward. accepted() is yes; that takes a choice, not just the
// Return key.
[[nodiscard]] QMessageBox* stepQuestion(double seconds, QWidget* parent);

[[nodiscard]] QMessageBox* aboutBox(const QString& serviceVersion, QWidget* parent);

} // namespace foliot::gui
