// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// foliotctl: the daemon on a terminal and in scripts.

#include "cli/command.h"
#include "cli/output.h"
#include "cli/text.h"

#include <QCoreApplication>

int main(int argc, char** argv)
{
    using namespace foliot;
    using namespace Qt::StringLiterals;

    cli::adoptLocale();
    const QCoreApplication application(argc, argv);
    const auto parsed = cli::parseArguments(QCoreApplication::arguments().sliced(1));
    if (!parsed) {
        cli::writeError(u"foliotctl: %1\nSee: foliotctl --help\n"_s.arg(cli::printable(parsed.error())));
        return static_cast<int>(cli::ExitCode::Usage);
    }
    if (const auto* information = std::get_if<cli::Information>(&*parsed)) {
        cli::writeOut(information->text);
        return static_cast<int>(cli::ExitCode::Success);
    }

    const auto command = cli::makeCommand(std::get<cli::Invocation>(*parsed), bus::choiceFromEnvironment());
    // Queued: a command may end before the event loop runs.
    QObject::connect(
        command.get(), &cli::Command::finished, QCoreApplication::instance(),
        [](cli::ExitCode code) { QCoreApplication::exit(static_cast<int>(code)); }, Qt::QueuedConnection);
    command->start();
    return QCoreApplication::exec();
}
