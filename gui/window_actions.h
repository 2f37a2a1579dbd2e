// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What can be done in the window, with text, icon and keys, and the tool bar and menus that offer it. What comes of it is
// MainWindow's business.

#include <QCoreApplication>

class QAction;
class QMenu;
class QToolBar;
class QWidget;

namespace foliot::gui {

class WindowActions {
    Q_DECLARE_TR_FUNCTIONS(foliot::gui::MainWindow)

public:
    // The window owns the actions.
    explicit WindowActions(QWidget& window);

    [[nodiscard]] QToolBar* makeToolBar(QWidget* parent) const;
    // Of a source.
    [[nodiscard]] QMenu* makeContextMenu(QWidget* parent) const;

    QAction* add = nullptr;
    QAction* remove = nullptr;
    QAction* details = nullptr;
    QAction* refresh = nullptr;
    QAction* step = nullptr;
    QAction* serve = nullptr; // checked while time is to be served
    QAction* copy = nullptr;
    QAction* about = nullptr;
    QAction* close = nullptr;
    QAction* quit = nullptr;
};

} // namespace foliot::gui
