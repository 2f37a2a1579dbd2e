// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "bus/standard_descriptors.h"
#include "gui/application.h"
#include "gui/language.h"
#include "gui/symbolic_icon.h"

#include <QApplication>
#include <QCommandLineParser>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <span>
#include <string_view>

using namespace foliot::gui;

namespace {

// Whether only a text is wanted, for which no display is needed.
bool isOnlyToTell(std::span<char*> arguments)
{
    constexpr std::string_view tellers[] = {"-h", "--help", "--help-all", "-v", "--version"};
    return std::ranges::any_of(
        arguments, [&](const char* argument) { return std::ranges::find(tellers, argument) != std::end(tellers); });
}

// Without one Qt ends the program with advice for whoever packaged it.
bool hasDisplay(std::span<char*> arguments)
{
    const auto isPlatform = [](std::string_view argument) {
        return argument == "-platform" || argument == "--platform" || argument == "-display" || argument == "--display";
    };
    const auto isNamed = [](const char* variable) { return !qEnvironmentVariableIsEmpty(variable); };
    constexpr const char* variables[] = {"DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "QT_QPA_PLATFORM"};
    return std::ranges::any_of(variables, isNamed) || std::ranges::any_of(arguments, isPlatform);
}

} // namespace

int main(int argc, char** argv)
{
    foliot::bus::holdStandardDescriptors();
    const std::span arguments(argv, static_cast<std::size_t>(argc));
    const bool isTelling = isOnlyToTell(arguments);
    if (!isTelling && !hasDisplay(arguments)) {
        std::fputs("foliot: there is no display here. What the window shows tell: foliotctl status, foliotctl watch\n",
            stderr);
        return EXIT_FAILURE;
    }
    const auto app = isTelling ? std::make_unique<QCoreApplication>(argc, argv)
                               : std::unique_ptr<QCoreApplication>(std::make_unique<QApplication>(argc, argv));
    QCoreApplication::setApplicationName(QStringLiteral("foliot"));
    QCoreApplication::setOrganizationName(QStringLiteral("foliot"));
    QCoreApplication::setApplicationVersion(QStringLiteral(FOLIOT_VERSION));
    if (!isTelling) {
        QGuiApplication::setApplicationDisplayName(QStringLiteral("Foliot"));
        QGuiApplication::setDesktopFileName(QStringLiteral("org.foliot.Foliot"));
        QGuiApplication::setWindowIcon(
            QIcon::fromTheme(QStringLiteral("org.foliot.Foliot"), ownIcon(QStringLiteral("org.foliot.Foliot"))));
    }

    const Language language;

    QCommandLineParser parser;
    parser.setApplicationDescription(
        QCoreApplication::translate("foliot::gui::main", "Shows how right the clock of this computer is."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption tray(QStringLiteral("tray"),
        QCoreApplication::translate("foliot::gui::main", "Start in the notification area, without the window."));
    parser.addOption(tray);
    parser.process(*app);

    Application application(parser.isSet(tray) ? Application::Start::Tray : Application::Start::Window);
    application.run();
    return QApplication::exec();
}
