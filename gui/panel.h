// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A titled part of the window: a heading, perhaps something at the far end of its line, and the content in a frame.

#include <QList>
#include <QWidget>

class QBoxLayout;
class QFrame;
class QLabel;

namespace foliot::gui {

class Panel : public QWidget {
    Q_OBJECT

public:
    explicit Panel(const QString& title, QWidget* parent = nullptr);

    // At the far end of the heading's line.
    void addToHeading(QWidget* widget);
    // The same for what is left out, all of it together, where the line is too short.
    void addToHeadingIfRoom(QWidget* widget);
    // Below the heading, one under the other, inside one frame.
    void addContent(QWidget* widget, int stretch = 0);

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void applyFont();
    void leaveOut();

    QLabel* m_title;
    QBoxLayout* m_heading;
    QList<QWidget*> m_optional;
    QFrame* m_frame;
    QBoxLayout* m_content;
};

} // namespace foliot::gui
