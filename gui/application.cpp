// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/application.h"

#include "gui/main_window.h"
#include "gui/tray_icon.h"

#include <QAction>
#include <QApplication>
#include <QSystemTrayIcon>
#include <QTimer>

namespace foliot::gui {

Application::Application(Start start, QObject* parent)
    : QObject(parent)
    , m_start(start)
    , m_bus(bus::choiceFromEnvironment())
    , m_session(QDBusConnection::sessionBus())
    , m_activation(m_session)
    , m_finder(m_session)
    , m_client(m_bus)
    , m_watch(m_client, m_bus.kind)
{
    QApplication::setQuitOnLastWindowClosed(false);
    connect(&m_activation, &Activation::becameFirst, this, &Application::begin);
    connect(&m_activation, &Activation::handedOver, qApp, &QCoreApplication::quit);
    connect(&m_activation, &Activation::activated, this, &Application::showWindow);
    connect(&m_activation, &Activation::refreshWanted, this, [this] {
        if (m_window)
            m_window->refreshAction()->trigger();
    });
    connect(&m_finder, &TrayFinder::found, this, &Application::makeTray);
    connect(&m_finder, &TrayFinder::missing, this, [this] {
        // Started into a notification area that does not exist: a window is better than nothing.
        if (m_start == Start::Tray && !m_window->isVisible())
            showWindow();
    });
}

Application::~Application() = default;

void Application::run()
{
    m_activation.claim();
}

void Application::begin()
{
    m_window = std::make_unique<MainWindow>(m_watch);
    connect(m_window.get(), &MainWindow::closed, this, &Application::windowClosed);
    connect(m_window.get(), &MainWindow::quitWanted, qApp, &QCoreApplication::quit);
    connect(m_window.get(), &MainWindow::lookedAtChanged, &m_watch, &ClockWatch::setLookedAt);
    if (m_start == Start::Window)
        showWindow();
    // After the first paint: the window does not wait for anybody.
    QTimer::singleShot(0, this, [this] {
        m_client.start();
        m_finder.look();
    });
}

void Application::showWindow()
{
    if (m_window)
        m_window->present();
}

void Application::makeTray()
{
    m_tray = std::make_unique<TrayIcon>(m_watch, *m_window);
    connect(m_tray.get(), &TrayIcon::openWanted, this, &Application::showWindow);
    connect(m_tray.get(), &TrayIcon::quitWanted, qApp, &QCoreApplication::quit);
}

void Application::windowClosed()
{
    if (m_tray && QSystemTrayIcon::isSystemTrayAvailable())
        m_tray->explainClosing();
    else
        QCoreApplication::quit();
}

} // namespace foliot::gui
