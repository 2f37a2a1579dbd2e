// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// screenshots FOLDER [light|dark] [SCENE...]
// Draws the real window in each scene, over a bus of its own, into FOLDER/SCENE-SCHEME.png. Made for scripts/screenshots;
// scale and language come from the environment (QT_SCALE_FACTOR, LANGUAGE).

#include "gui/clock_watch.h"
#include "gui/main_window.h"
#include "gui/published_scene.h"
#include "gui/symbolic_icon.h"
#include "support/private_session_bus.h"

#include <QApplication>
#include <QDir>
#include <QLibraryInfo>
#include <QPalette>
#include <QSettings>
#include <QStyle>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>

using namespace foliot;

namespace {

// The colours of Breeze Dark, for styles that bring no dark scheme of their own.
QPalette darkPalette()
{
    QPalette colors;
    const auto set = [&colors](QPalette::ColorRole role, const char* color) { colors.setColor(role, QColor(color)); };
    set(QPalette::Window, "#202326");
    set(QPalette::WindowText, "#fcfcfc");
    set(QPalette::Base, "#141618");
    set(QPalette::AlternateBase, "#1d1f22");
    set(QPalette::Text, "#fcfcfc");
    set(QPalette::PlaceholderText, "#a1a9b1");
    set(QPalette::Button, "#292c30");
    set(QPalette::ButtonText, "#fcfcfc");
    set(QPalette::ToolTipBase, "#292c30");
    set(QPalette::ToolTipText, "#fcfcfc");
    set(QPalette::Highlight, "#3daee9");
    set(QPalette::HighlightedText, "#fcfcfc");
    set(QPalette::Accent, "#3daee9");
    set(QPalette::Link, "#1d99f3");
    set(QPalette::Light, "#40464c");
    set(QPalette::Midlight, "#33383c");
    set(QPalette::Mid, "#26292c");
    set(QPalette::Dark, "#111214");
    set(QPalette::Shadow, "#0b0c0d");
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        colors.setColor(QPalette::Disabled, role, QColor("#6d7378"));
    return colors;
}

} // namespace

int main(int argc, char** argv)
{
    QApplication app(argc, argv);
    QStringList arguments = QApplication::arguments().mid(1);
    if (arguments.isEmpty())
        qFatal("screenshots FOLDER [light|dark] [SCENE...]");
    const QDir folder(arguments.takeFirst());
    const bool isDark = !arguments.isEmpty() && arguments.first() == QLatin1String("dark");
    if (!arguments.isEmpty() && (isDark || arguments.first() == QLatin1String("light")))
        arguments.removeFirst();
    if (arguments.isEmpty())
        arguments = tests::sceneNames() << QStringLiteral("no-service");
    if (isDark)
        QApplication::setPalette(darkPalette());

    // Nobody's settings are read or written.
    const QTemporaryDir settings;
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings.path());
    QTranslator texts;
    if (texts.load(QLocale(), QStringLiteral("foliot"), QStringLiteral("_"), QStringLiteral(":/i18n")) ||
        texts.load(QStringLiteral(":/i18n/foliot_en.qm")))
        QApplication::installTranslator(&texts);

    tests::PrivateSessionBus bus;
    if (bus.address().isEmpty())
        qFatal("no bus: %s", qPrintable(bus.output()));
    for (const QString& name : std::as_const(arguments)) {
        tests::PublishedScene daemon(bus.address());
        const bool hasService = name != QLatin1String("no-service");
        if (hasService) {
            if (!daemon.start())
                qFatal("the scene could not be published");
            daemon.live(tests::scene(name));
        }
        bus::Client client(daemon.choice());
        gui::ClockWatch watch(client, bus::BusKind::System);
        gui::MainWindow window(watch);
        QObject::connect(&window, &gui::MainWindow::lookedAtChanged, &watch, &gui::ClockWatch::setLookedAt);
        window.present();
        client.start();
        const bool isShown = QTest::qWaitFor([&] {
            return client.availability() == (hasService ? bus::Availability::Present : bus::Availability::Absent);
        });
        if (!isShown || !QTest::qWaitForWindowExposed(&window))
            qFatal("the window did not come up");
        // The charts draw what came back on the next tick.
        (void)QTest::qWaitFor([] { return false; }, 1'500);
        window.clearFocus();
        const QString file = folder.filePath(QStringLiteral("%1-%2.png").arg(name, isDark ? "dark" : "light"));
        if (!window.grab().save(file))
            qFatal("%s cannot be written", qPrintable(file));
    }
    return 0;
}
