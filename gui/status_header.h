// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The head of the window: a sign, one sentence that says how right the clock is, the facts behind it, and when something
// is wrong what to do about it.

#include "gui/clock_sentence.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace foliot::gui {

class ElidedLabel;
class GlyphSign;

class StatusHeader : public QWidget {
    Q_OBJECT

public:
    explicit StatusHeader(QWidget* parent = nullptr);

    void setStatus(const ClockStatus& status);

Q_SIGNALS:
    void addSourceWanted();
    void stepClockWanted();

protected:
    void changeEvent(QEvent* event) override;

private:
    void applyFonts();

    ClockStatus m_status;
    GlyphSign* m_sign;
    ElidedLabel* m_headline;
    ElidedLabel* m_facts;
    QLabel* m_advice;
    QPushButton* m_remedy;
};

} // namespace foliot::gui
