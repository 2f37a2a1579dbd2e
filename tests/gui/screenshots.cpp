// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// screenshots FOLDER [light|dark] [SCENE...]
// Draws the real window in each scene, over a bus of its own, into FOLDER/SCENE-SCHEME.png. Made for scripts/screenshots;
// scale and language come from the environment (QT_SCALE_FACTOR, LANGUAGE). SCENE+details draws the dialog about the last
// source of the scene, SCENE+add the one that adds a source, told a wrong address, SCENE+small a small window, and "icons" a
// sheet of all icons at the sizes of a panel.

#include "gui/add_source_dialog.h"
#include "gui/clock_watch.h"
#include "gui/language.h"
#include "gui/main_window.h"
#include "gui/published_scene.h"
#include "gui/source_details_dialog.h"
#include "gui/symbolic_icon.h"
#include "gui/tray_icon.h"
#include "gui/verdict_text.h"
#include "support/private_session_bus.h"

#include <QApplication>
#include <QDir>
#include <QPainter>
#include <QPalette>
#include <QSettings>
#include <QStyle>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

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

QPixmap windowPicture(const QString& name, const QString& busAddress)
{
    const QString sceneName = name.section(QLatin1Char('+'), 0, 0);
    const QString variant = name.section(QLatin1Char('+'), 1);
    tests::PublishedScene daemon(busAddress);
    const bool hasService = sceneName != QLatin1String("no-service");
    if (hasService) {
        if (!daemon.start())
            qFatal("the scene could not be published");
        daemon.live(tests::scene(sceneName));
    }
    QSettings().clear();
    bus::Client client(daemon.choice());
    gui::ClockWatch watch(client, bus::BusKind::System);
    gui::MainWindow window(watch);
    QObject::connect(&window, &gui::MainWindow::lookedAtChanged, &watch, &gui::ClockWatch::setLookedAt);
    if (variant == QLatin1String("small"))
        window.resize(window.minimumSizeHint().expandedTo(QSize(720, 480)));
    window.present();
    client.start();
    const bool isShown = QTest::qWaitFor(
        [&] { return client.availability() == (hasService ? bus::Availability::Present : bus::Availability::Absent); });
    if (!isShown || !QTest::qWaitForWindowExposed(&window))
        qFatal("the window did not come up");
    // The charts draw what came back on the next tick.
    (void)QTest::qWaitFor([] { return false; }, 1'500);
    if (variant == QLatin1String("details")) {
        auto* table = window.findChild<QTreeView*>();
        table->setCurrentIndex(table->model()->index(table->model()->rowCount() - 1, 0));
        window.openDetails();
        auto* dialog = window.findChild<gui::SourceDetailsDialog*>();
        (void)QTest::qWaitForWindowExposed(dialog);
        return dialog->grab();
    }
    if (variant == QLatin1String("add")) {
        window.openAddDialog({.address = QStringLiteral("192.0.2.")});
        auto* dialog = window.findChild<gui::AddSourceDialog*>();
        (void)QTest::qWaitForWindowExposed(dialog);
        return dialog->grab();
    }
    window.clearFocus();
    return window.grab();
}

// Rows: the tray icon's states, the program, then the signs; columns: sizes.
QPixmap iconSheet()
{
    constexpr int sizes[] = {16, 22, 32, 48};
    constexpr int cell = 56;
    QList<QIcon> icons;
    for (const bus::Health health : {bus::Health::Good, bus::Health::Attention, bus::Health::Bad})
        icons << gui::ownIcon(gui::TrayIcon::iconName(health));
    icons << gui::ownIcon(QStringLiteral("org.foliot.Foliot"));
    for (int verdict = 0; verdict <= static_cast<int>(bus::Verdict::Selected); ++verdict) {
        const auto word = static_cast<bus::Verdict>(verdict);
        icons << gui::glyphIcon(gui::VerdictText::glyph(word), gui::VerdictText::tone(word));
    }
    const double ratio = qGuiApp->devicePixelRatio();
    QPixmap sheet(QSize(cell * static_cast<int>(std::size(sizes)), cell * static_cast<int>(icons.size())) * ratio);
    sheet.setDevicePixelRatio(ratio);
    sheet.fill(QGuiApplication::palette().color(QPalette::Window));
    QPainter painter(&sheet);
    for (qsizetype row = 0; row < icons.size(); ++row) {
        for (std::size_t column = 0; column < std::size(sizes); ++column) {
            const QRect area(static_cast<int>(column) * cell, static_cast<int>(row) * cell, cell, cell);
            const QSize size(sizes[column], sizes[column]);
            QRect place(QPoint(), size);
            place.moveCenter(area.center());
            painter.drawPixmap(place, icons.at(row).pixmap(size, ratio));
        }
    }
    return sheet;
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
    if (arguments.isEmpty()) {
        arguments = tests::sceneNames() << QStringLiteral("no-service") << QStringLiteral("falseticker+details");
        arguments.removeAll(QStringLiteral("strange")); // for looking at, not for showing
    }
    if (isDark)
        QApplication::setPalette(darkPalette());

    // Nobody's settings are read or written.
    const QTemporaryDir settings;
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings.path());
    const gui::Language language;

    tests::PrivateSessionBus bus;
    if (bus.address().isEmpty())
        qFatal("no bus: %s", qPrintable(bus.output()));
    for (const QString& name : std::as_const(arguments)) {
        const QString shown = QString(name).replace(QLatin1Char('+'), QLatin1Char('-'));
        const QString file = folder.filePath(QStringLiteral("%1-%2.png").arg(shown, isDark ? "dark" : "light"));
        const QPixmap picture = name == QLatin1String("icons") ? iconSheet() : windowPicture(name, bus.address());
        if (!picture.save(file))
            qFatal("%s cannot be written", qPrintable(file));
    }
    return 0;
}
