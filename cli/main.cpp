// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// foliotctl: the daemon on a terminal and in scripts.

#include "bus/standard_descriptors.h"
#include "cli/command.h"
#include "cli/output.h"
#include "cli/text.h"

#include <QCoreApplication>

namespace {

using namespace foliot;
using namespace Qt::StringLiterals;

// A script must not take for said what a full disk swallowed.
int exitCode(cli::ExitCode code)
{
    const auto problem = cli::outputProblem();
    if (!problem)
        return static_cast<int>(code);
    cli::writeError(u"foliotctl: the output cannot be written: %1\n"_s.arg(*problem));
    return static_cast<int>(code == cli::ExitCode::Success ? cli::ExitCode::Failed : code);
}

} // namespace

int main(int argc, char** argv)
{
    bus::holdStandardDescriptors();
    cli::adoptLocale();
    const QCoreApplication application(argc, argv);
    const auto parsed = cli::parseArguments(QCoreApplication::arguments().sliced(1));
    if (!parsed) {
        cli::writeError(u"foliotctl: %1\nSee: foliotctl --help\n"_s.arg(cli::printable(parsed.error())));
        return static_cast<int>(cli::ExitCode::Usage);
    }
    if (const auto* information = std::get_if<cli::Information>(&*parsed)) {
        cli::writeOut(information->text);
        return exitCode(cli::ExitCode::Success);
    }

    const auto command = cli::makeCommand(std::get<cli::Invocation>(*parsed), bus::choiceFromEnvironment());
    // Queued: a command may end before the event loop runs.
    QObject::connect(
        command.get(), &cli::Command::finished, QCoreApplication::instance(),
        [](cli::ExitCode code) { QCoreApplication::exit(exitCode(code)); }, Qt::QueuedConnection);
    command->start();
    return QCoreApplication::exec();
}
