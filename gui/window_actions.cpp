// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/window_actions.h"

#include "gui/symbolic_icon.h"

#include <QAction>
#include <QKeySequence>
#include <QMenu>
#include <QStyle>
#include <QToolBar>
#include <QToolButton>

namespace foliot::gui {

WindowActions::WindowActions(QWidget& window)
{
    const auto make = [&window](const QString& icon, const QString& text, const QKeySequence& keys) {
        auto* action = new QAction(themeIcon(icon), text, &window);
        action->setShortcut(keys);
        window.addAction(action);
        return action;
    };
    add = make(QStringLiteral("list-add"), tr("&Add Source…"), QKeySequence::New);
    remove = make(QStringLiteral("list-remove"), tr("&Remove"), QKeySequence::Delete);
    details = make(QStringLiteral("documentinfo"), tr("&Details"), QKeySequence(Qt::ALT | Qt::Key_Return));
    refresh = make(QStringLiteral("view-refresh"), tr("Re&fresh Now"), QKeySequence::Refresh);
    step = make(QStringLiteral("clock"), tr("&Step Clock…"), {});
    serve = new QAction(tr("Ser&ve Time to My Network"), &window); // its mark stands where icons do
    serve->setCheckable(true);
    copy = make(QStringLiteral("edit-copy"), tr("&Copy"), QKeySequence::Copy);
    about = make(QStringLiteral("help-about"), tr("A&bout Foliot"), {});
    close = make(QStringLiteral("window-close"), tr("C&lose Window"), QKeySequence::Close);
    quit = make(QStringLiteral("application-exit"), tr("&Quit"), QKeySequence(Qt::CTRL | Qt::Key_Q));
    details->setToolTip(tr("All that is known about the source"));
    refresh->setToolTip(tr("Ask all sources for the time now"));
    step->setToolTip(tr("Correct the clock at once instead of gradually"));
}

QToolBar* WindowActions::makeToolBar(QWidget* parent) const
{
    auto* bar = new QToolBar(tr("Tools"), parent);
    bar->setObjectName(QStringLiteral("tools"));
    bar->setMovable(false);
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    const int iconSize = parent->style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, bar);
    bar->setIconSize(QSize(iconSize, iconSize));
    bar->addAction(add);
    bar->addAction(remove);
    bar->addAction(details);
    bar->addAction(refresh);

    auto* space = new QWidget(bar);
    space->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addWidget(space);

    auto* menu = new QMenu(parent);
    menu->setToolTipsVisible(true);
    menu->addAction(copy);
    menu->addAction(step);
    menu->addAction(serve);
    menu->addSeparator();
    menu->addAction(about);
    menu->addSeparator();
    menu->addAction(close);
    menu->addAction(quit);
    auto* more = new QToolButton(bar);
    more->setIcon(themeIcon(QStringLiteral("application-menu")));
    more->setToolTip(tr("Menu"));
    more->setAccessibleName(tr("Menu"));
    more->setMenu(menu);
    more->setPopupMode(QToolButton::InstantPopup);
    more->setShortcut(Qt::Key_F10);
    more->setFocusPolicy(Qt::TabFocus);
    bar->addWidget(more);
    return bar;
}

QMenu* WindowActions::makeContextMenu(QWidget* parent) const
{
    auto* menu = new QMenu(parent);
    menu->addAction(details);
    menu->addAction(copy);
    menu->addAction(remove);
    menu->addSeparator();
    menu->addAction(add);
    menu->addAction(refresh);
    return menu;
}

} // namespace foliot::gui
