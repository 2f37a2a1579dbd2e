// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/options.h"

#include "config/settings.h"

#include <QCommandLineParser>

namespace foliot::daemon {

std::optional<OptionError> parseOptions(const QStringList& arguments, Options& options)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral(
        "Keeps this computer's clock right by asking NTP servers, and serves the time to others.\n\n"
        "Signals: SIGTERM and SIGINT end it, SIGHUP reads the configuration again.\n"
        "Exit status: 0 ended when asked to, or the checked file is good; 1 the configuration cannot be used;\n"
        "2 the command line is wrong; 3 it cannot start, for example because another foliotd has its name on the "
        "bus."));
    const QCommandLineOption help({QStringLiteral("h"), QStringLiteral("help")}, QStringLiteral("Show this text."));
    const QCommandLineOption version(
        {QStringLiteral("v"), QStringLiteral("version")}, QStringLiteral("Show the version."));
    const QCommandLineOption helpConfig(
        QStringLiteral("help-config"), QStringLiteral("Explain every setting of the configuration."));
    const QCommandLineOption configFile(QStringLiteral("config"),
        QStringLiteral("Read the configuration from FILE instead of /etc/foliot/foliot.toml."), QStringLiteral("FILE"));
    const QCommandLineOption check(QStringLiteral("check"),
        QStringLiteral("Say what is wrong with the configuration in FILE and with the files that it names, warn of "
                       "what can hardly be meant, and end."),
        QStringLiteral("FILE"));
    const QCommandLineOption noBus(QStringLiteral("no-bus"),
        QStringLiteral(
            "Do without D-Bus, in one thread, without watching the network for changes, and without regard to "
            "other time daemons; for measurements."));
    const QCommandLineOption beside(
        QStringLiteral("beside-others"), QStringLiteral("Steer the clock although another time daemon is running."));
    const QCommandLineOption endSlew(QStringLiteral("end-slew"),
        QStringLiteral(
            "End the slew that a killed foliotd left in the kernel clock, and end. For the service manager."));
    parser.addOptions({help, version, helpConfig, configFile, check, noBus, beside, endSlew});

    if (!parser.parse(arguments))
        return OptionError{parser.errorText() + QStringLiteral("\nTry: foliotd --help\n")};
    if (const auto extra = parser.positionalArguments(); !extra.isEmpty()) {
        return OptionError{QStringLiteral("Not an option of foliotd: %1\nTry: foliotd --help\n").arg(extra.first())};
    }
    for (const QCommandLineOption& file : {configFile, check}) {
        if (parser.isSet(file) && parser.value(file).isEmpty())
            return OptionError{QStringLiteral("--%1 needs the name of a file, and it is empty.\nTry: foliotd --help\n")
                    .arg(file.names().first())};
    }
    if (parser.isSet(help))
        options.toPrint = parser.helpText();
    else if (parser.isSet(helpConfig))
        options.toPrint = QString::fromStdString(config::describeSettings());
    else if (parser.isSet(version))
        options.toPrint = QStringLiteral("foliotd %1\n").arg(QStringLiteral(FOLIOT_VERSION));
    options.configuration = parser.value(configFile);
    if (parser.isSet(check))
        options.check = parser.value(check);
    options.useBus = !parser.isSet(noBus);
    options.besideOthers = parser.isSet(beside) || parser.isSet(noBus);
    options.endSlew = parser.isSet(endSlew);
    return std::nullopt;
}

} // namespace foliot::daemon
