// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/problem_text.h"

#include "gui/plain_text.h"

#include <QCoreApplication>

namespace foliot::gui {

namespace {

constexpr qsizetype longestProblems = 400; // of two addresses

class Texts {
    Q_DECLARE_TR_FUNCTIONS(foliot::gui::MainWindow)
};

} // namespace

QString problemText(const bus::ClockData& clock, const bus::ServerData& server, const bus::NtsServerData& ntsServer)
{
    QStringList sentences;
    for (const QString& line : clock.configurationProblem.split(QLatin1Char('\n'), Qt::SkipEmptyParts))
        //: %1 is a place in a file and what is wrong there, in English
        sentences << Texts::tr("The settings from before stay in force, because the configuration file is wrong: %1")
                         .arg(plainText(line));
    if (!clock.restartNeeded.isEmpty())
        //: %1 is a list of settings, as they are called in the configuration file
        sentences << Texts::tr("The service takes these settings only when it is restarted: %1")
                         .arg(plainText(clock.restartNeeded.join(QLatin1String(", "))));
    if (!clock.sourcesLeftOut.isEmpty())
        //: %1 is one sentence for each such source, in English
        sentences << Texts::tr("Not every source is asked as it was set up: %1")
                         .arg(plainText(clock.sourcesLeftOut.join(QLatin1Char(' '))));
    if (!clock.otherClockKeepers.isEmpty())
        //: %1 is a list of programs
        sentences << Texts::tr("Another program keeps this clock, so the service only watches it: %1")
                         .arg(plainText(clock.otherClockKeepers.join(QLatin1String(", "))));
    if (!clock.leapListProblem.isEmpty())
        //: %1 is what is wrong, in English
        sentences
            << Texts::tr("Leap seconds are known from the sources alone: %1").arg(plainText(clock.leapListProblem));
    if (!clock.stateProblem.isEmpty())
        //: %1 is what is wrong, in English
        sentences << Texts::tr("What is learnt about the clock is lost at the next restart: %1")
                         .arg(plainText(clock.stateProblem));
    if (!server.problems.isEmpty()) {
        const QString problems = plainText(server.problems.join(QLatin1String("; ")), longestProblems);
        if (server.addresses.isEmpty())
            //: %1 is what is wrong, in English
            sentences << Texts::tr("Time is not served to the network: %1").arg(problems);
        else
            //: %1 is what is wrong, in English
            sentences << Texts::tr("Time is not served on every address: %1").arg(problems);
    }
    if (!ntsServer.problems.isEmpty())
        //: %1 is what is wrong, in English
        sentences << Texts::tr("Authenticated time is not served as it was set up: %1")
                         .arg(plainText(ntsServer.problems.join(QLatin1String("; ")), longestProblems));
    return sentences.join(QLatin1Char('\n'));
}

} // namespace foliot::gui
