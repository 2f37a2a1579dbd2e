// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "bus/standard_descriptors.h"
#include "gui/application.h"
#include "gui/symbolic_icon.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QLibraryInfo>
#include <QTranslator>

using namespace foliot::gui;

int main(int argc, char** argv)
{
    foliot::bus::holdStandardDescriptors();
    QApplication app(argc, argv);
    QApplication::setApplicationName(QStringLiteral("foliot"));
    QApplication::setApplicationDisplayName(QStringLiteral("Foliot"));
    QApplication::setOrganizationName(QStringLiteral("foliot"));
    QApplication::setApplicationVersion(QStringLiteral(FOLIOT_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("org.foliot.Foliot"));
    QApplication::setWindowIcon(
        QIcon::fromTheme(QStringLiteral("org.foliot.Foliot"), ownIcon(QStringLiteral("org.foliot.Foliot"))));

    QTranslator qtTexts;
    if (qtTexts.load(QLocale(), QStringLiteral("qtbase"), QStringLiteral("_"),
            QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QApplication::installTranslator(&qtTexts);
    QTranslator texts;
    // English is written in the source, except for its plurals.
    if (texts.load(QLocale(), QStringLiteral("foliot"), QStringLiteral("_"), QStringLiteral(":/i18n")) ||
        texts.load(QStringLiteral(":/i18n/foliot_en.qm")))
        QApplication::installTranslator(&texts);

    QCommandLineParser parser;
    parser.setApplicationDescription(
        QCoreApplication::translate("foliot::gui::main", "Shows how right the clock of this computer is."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption tray(QStringLiteral("tray"),
        QCoreApplication::translate("foliot::gui::main", "Start in the notification area, without the window."));
    parser.addOption(tray);
    parser.process(app);

    Application application(parser.isSet(tray) ? Application::Start::Tray : Application::Start::Window);
    application.run();
    return QApplication::exec();
}
