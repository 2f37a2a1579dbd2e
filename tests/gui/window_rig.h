// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The real window over a real bus, and the daemon's publisher at the other end.

#include "gui/clock_watch.h"
#include "gui/main_window.h"
#include "gui/message_bar.h"
#include "gui/placeholder_page.h"
#include "gui/published_scene.h"
#include "support/private_session_bus.h"

#include <QAction>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <memory>

namespace foliot::tests {

// Gives the program settings of its own. False: there is no bus to be had.
inline bool prepareWindowTests()
{
    QCoreApplication::setOrganizationName(QStringLiteral("foliot-tests"));
    QSettings::setDefaultFormat(QSettings::IniFormat);
    static const QTemporaryDir settings;
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings.path());
    return !PrivateSessionBus().address().isEmpty();
}

class WindowRig {
public:
    WindowRig()
        : daemon(bus.address())
        , client(daemon.choice())
        , watch(client, bus::BusKind::Session)
        , window(std::make_unique<gui::MainWindow>(watch))
    {
        QObject::connect(window.get(), &gui::MainWindow::lookedAtChanged, &watch, &gui::ClockWatch::setLookedAt);
        window->show();
        client.start();
    }

    bool publish(const QString& name)
    {
        daemon.show(scene(name));
        return daemon.start() && QTest::qWaitFor([&] { return client.isAvailable(); });
    }

    template<typename Widget>
    Widget* find() const
    {
        return window->findChild<Widget*>();
    }
    QAction* action(const QString& text) const
    {
        const QList<QAction*> actions = window->findChildren<QAction*>();
        const auto found = std::ranges::find_if(actions, [&](QAction* action) { return action->text() == text; });
        return found == actions.end() ? nullptr : *found;
    }
    bool showsPlaceholder() const { return find<gui::PlaceholderPage>()->isVisible(); }
    QString message() const
    {
        const auto* bar = find<gui::MessageBar>();
        return bar->isVisible() ? bar->text() : QString();
    }

    PrivateSessionBus bus;
    PublishedScene daemon;
    bus::Client client;
    gui::ClockWatch watch;
    std::unique_ptr<gui::MainWindow> window;
};

} // namespace foliot::tests
