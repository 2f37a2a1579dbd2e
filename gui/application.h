// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Puts the window, the tray icon and the daemon's client together, and decides what closing and starting again mean.

#include "bus/client/client.h"
#include "gui/activation.h"
#include "gui/clock_watch.h"
#include "gui/tray_finder.h"

#include <QObject>

#include <memory>

namespace foliot::gui {

class MainWindow;
class TrayIcon;

class Application : public QObject {
    Q_OBJECT

public:
    enum class Start : quint8 { Window, Tray };

    explicit Application(Start start, QObject* parent = nullptr);
    ~Application() override;

    // Decides whether this is the first Foliot of the session, and goes on accordingly.
    void run();

private:
    void begin();
    void showWindow();
    void makeTray();
    void windowClosed();

    Start m_start;
    bus::BusChoice m_bus;
    QDBusConnection m_session;
    Activation m_activation;
    TrayFinder m_finder;
    bus::Client m_client;
    ClockWatch m_watch;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<TrayIcon> m_tray;
};

} // namespace foliot::gui
