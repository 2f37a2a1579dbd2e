// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The icon in the notification area: three shapes for well, needs attention, wrong or without service; the sentence as
// tooltip and at the head of its menu.

#include "bus/client/summary.h"

#include <QObject>
#include <QSystemTrayIcon>

#include <memory>

class QAction;
class QMenu;

namespace foliot::gui {

class ClockWatch;
class MainWindow;

class TrayIcon : public QObject {
    Q_OBJECT

public:
    TrayIcon(ClockWatch& watch, MainWindow& window, QObject* parent = nullptr);
    ~TrayIcon() override;

    // Says once, ever, that closing the window leaves the icon.
    void explainClosing();

    [[nodiscard]] static QString iconName(bus::Health health);
    [[nodiscard]] QString toolTip() const;
    [[nodiscard]] const QMenu& menu() const { return *m_menu; }

Q_SIGNALS:
    void openWanted();
    void quitWanted();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void showStatus();
    void drawIcon();

    ClockWatch& m_watch;
    std::unique_ptr<QMenu> m_menu;
    QAction* m_sentence;
    QSystemTrayIcon m_icon;
    bus::Health m_health = bus::Health::Attention;
};

} // namespace foliot::gui
