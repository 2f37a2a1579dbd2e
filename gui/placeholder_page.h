// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Stands in for the whole window while there is nothing to draw, because there is no service or no source: says so, and
// what to do.

#include "gui/clock_sentence.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QToolButton;

namespace foliot::gui {

class GlyphSign;

class PlaceholderPage : public QWidget {
    Q_OBJECT

public:
    explicit PlaceholderPage(QWidget* parent = nullptr);

    void setStatus(const ClockStatus& status);

Q_SIGNALS:
    void addSourceWanted();

protected:
    void changeEvent(QEvent* event) override;

private:
    void applyFonts();

    GlyphSign* m_sign;
    QLabel* m_title;
    QLabel* m_text;
    QWidget* m_commandBox;
    QLabel* m_command;
    QToolButton* m_copy;
    QPushButton* m_add;
};

} // namespace foliot::gui
