// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/show_command.h"

#include "cli/json.h"
#include "cli/nts_report.h"
#include "cli/nts_server_report.h"
#include "cli/server_report.h"
#include "cli/source_report.h"
#include "cli/status_report.h"
#include "cli/terminal.h"

#include <utility>

namespace foliot::cli {

namespace {

Lines authenticationText(const Snapshot& snapshot)
{
    Lines lines = authenticationLines(snapshot, terminalWidth());
    lines.push_back({});
    for (Line& line : ntsServerLines(snapshot))
        lines.push_back(std::move(line));
    return lines;
}

} // namespace

ShowCommand::ShowCommand(const bus::BusChoice& bus, bool isJson, What what)
    : Command(bus, isJson)
    , m_what(what)
{}

void ShowCommand::start()
{
    connect(&client(), &bus::Client::availabilityChanged, this, &ShowCommand::show);
    client().start();
}

QJsonObject ShowCommand::json(const Snapshot& now) const
{
    switch (m_what) {
    case What::Status:
        return statusJson(now);
    case What::Sources:
    case What::SourceDetails:
        return sourcesJson(now);
    case What::Authentication:
        return authenticationJson(now);
    case What::Server:
        return serverJson(now);
    }
    Q_UNREACHABLE_RETURN({});
}

void ShowCommand::show()
{
    const Snapshot now = snapshot();
    if (now.availability == bus::Availability::Asking)
        return;
    disconnect(&client(), nullptr, this, nullptr);
    if (isJson())
        print(json(now), false);
    if (!now.isAvailable()) {
        if (!isJson())
            explainAbsence();
        Q_EMIT finished(ExitCode::NoDaemon);
        return;
    }
    const auto text = [&] {
        switch (m_what) {
        case What::Status:
            return statusLines(now);
        case What::Sources:
            return sourcesLines(now, terminalWidth());
        case What::SourceDetails:
            return sourceDetailLines(now);
        case What::Authentication:
            return authenticationText(now);
        case What::Server:
            return serverLines(now);
        }
        Q_UNREACHABLE_RETURN(Lines());
    };
    if (!isJson())
        writeOut(render(text(), renderingForStandardOutput()));
    const bool isFine = m_what != What::Status || now.summary().isSynchronized();
    Q_EMIT finished(isFine ? ExitCode::Success : ExitCode::NotSynchronized);
}

} // namespace foliot::cli
