// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The command line.

#include <QString>
#include <QStringList>

#include <optional>

namespace foliot::daemon {

enum ExitCode : int {
    ExitClean = 0,
    ExitBadConfiguration = 1,
    ExitBadCommandLine = 2,
    ExitCannotStart = 3,
};

struct Options {
    QString configuration;        // a file; empty: the usual one, or the defaults when it is not there
    std::optional<QString> check; // a file to read and judge, instead of running
    bool useBus = true;
    bool besideOthers = false;      // steer although another time daemon runs
    bool endSlew = false;           // end what a killed foliotd left in the kernel clock, instead of running
    std::optional<QString> toPrint; // --help, --help-config or --version: print this and end
};

// Error: a text for standard error.
struct OptionError {
    QString text;
};
std::optional<OptionError> parseOptions(const QStringList& arguments, Options& options);

} // namespace foliot::daemon
