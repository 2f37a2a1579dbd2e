// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// foliotd: reads its command line and its configuration, and runs until it is told to end.

#include "bus/printable.h"
#include "bus/standard_descriptors.h"
#include "config/read.h"
#include "daemon/clocks/make_clock.h"
#include "daemon/configuration_file.h"
#include "daemon/daemon.h"
#include "daemon/log.h"
#include "daemon/named_files.h"
#include "daemon/options.h"
#include "daemon/service_signals.h"

#include <QCoreApplication>

#include <cstdio>

using namespace foliot;
using namespace foliot::daemon;

namespace {

void print(std::FILE* stream, const QString& text)
{
    std::fputs(text.toLocal8Bit().constData(), stream);
}

void printErrors(const config::Errors& errors)
{
    for (const config::Error& error : errors)
        print(stderr, problemLine(error) + u'\n');
}

int check(const QString& file)
{
    const auto reading = config::read(file.toStdString());
    if (!reading) {
        printErrors(reading.error());
        return ExitBadConfiguration;
    }
    printErrors(reading->warnings);
    const NamedFiles files = checkNamedFiles(reading->config, file.toStdString());
    printErrors(files.warnings);
    printErrors(files.errors);
    if (!files.errors.empty())
        return ExitBadConfiguration;
    print(stdout, bus::printable(file) + QStringLiteral(": good\n"));
    return ExitClean;
}

} // namespace

int main(int argc, char** argv)
{
    bus::holdStandardDescriptors();
    ServiceSignals::keepReloads();
    // Qt's own event loop: ServiceSignals relies on it, and a daemon has no use for GLib's.
    qputenv("QT_NO_GLIB", "1");
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("foliotd"));
    QCoreApplication::setApplicationVersion(QStringLiteral(FOLIOT_VERSION));

    Options options;
    if (const auto error = parseOptions(QCoreApplication::arguments(), options)) {
        print(stderr, error->text);
        return ExitBadCommandLine;
    }
    if (options.toPrint) {
        print(stdout, *options.toPrint);
        return ExitClean;
    }
    if (options.check)
        return check(*options.check);

    startLogging();
    auto reading = readConfiguration(options.configuration);
    if (!reading)
        return ExitBadConfiguration;
    if (options.endSlew)
        return endLeftovers(kernelFilesOf(reading->config).crash) ? ExitClean : ExitCannotStart;
    logWarnings(*reading);

    ServiceSignals serviceSignals;
    Daemon daemon(std::move(reading->config), options);
    QObject::connect(&serviceSignals, &ServiceSignals::reloadRequested, &daemon, &Daemon::reload);
    QObject::connect(&serviceSignals, &ServiceSignals::terminationRequested, &application, [&daemon] {
        daemon.stop();
        QCoreApplication::exit(ExitClean);
    });
    if (!daemon.start()) {
        daemon.stop();
        return ExitCannotStart;
    }
    return QCoreApplication::exec();
}
