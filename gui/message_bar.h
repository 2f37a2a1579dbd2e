// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What became of something the user asked for, in a bar inside the window: never a dialog that gets in the way. One
// message at a time; good news leaves by itself, bad news stays until it is closed.

#include "gui/glyph_icon.h"

#include <QFrame>
#include <QTimer>

#include <functional>

class QLabel;
class QToolButton;

namespace foliot::gui {

class MessageBar : public QFrame {
    Q_OBJECT

public:
    enum class Kind : quint8 { Information, Success, Error };

    struct Action {
        QString text;
        std::function<void()> run;
    };

    explicit MessageBar(QWidget* parent = nullptr);

    // Plain text. The action, when it has a text, is a button beside it.
    void show(Kind kind, const QString& text, const Action& action = {});
    void dismiss();

    [[nodiscard]] QString text() const;
    [[nodiscard]] Kind kind() const { return m_kind; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    [[nodiscard]] Tone tone() const;

    Kind m_kind = Kind::Information;
    QLabel* m_icon;
    QLabel* m_text;
    QToolButton* m_action;
    QToolButton* m_close;
    std::function<void()> m_run;
    QTimer m_leave;
};

} // namespace foliot::gui
