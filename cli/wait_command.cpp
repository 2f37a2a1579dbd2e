// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/wait_command.h"

#include "cli/json.h"

#include <algorithm>
#include <chrono>

namespace foliot::cli {

using namespace Qt::StringLiterals;

WaitCommand::WaitCommand(const bus::BusChoice& bus, bool isJson, const WaitRequest& request)
    : Command(bus, isJson)
    , m_request(request)
{
    m_timeout.setSingleShot(true);
    connect(&m_timeout, &QTimer::timeout, this, &WaitCommand::giveUp);
}

void WaitCommand::start()
{
    if (m_request.timeoutSeconds) {
        constexpr double longest = 2e6; // what a timer's milliseconds can hold, 23 days
        const std::chrono::duration<double> timeout(std::min(*m_request.timeoutSeconds, longest));
        m_timeout.start(std::chrono::ceil<std::chrono::milliseconds>(timeout));
    }
    connect(&client(), &bus::Client::availabilityChanged, this, &WaitCommand::look);
    connect(&client(), &bus::Client::clockChanged, this, &WaitCommand::look);
    client().start();
}

bool WaitCommand::isRight(const bus::Summary& summary) const
{
    return summary.isSynchronized() && (!m_request.withinSeconds || summary.boundSeconds <= *m_request.withinSeconds);
}

void WaitCommand::look()
{
    const Snapshot now = snapshot();
    if (isRight(now.summary())) {
        finish(ExitCode::Success);
        return;
    }
    const bool isAbsent = !now.isAvailable() && now.availability != bus::Availability::Asking;
    if (isAbsent && !m_saidAbsent) {
        explainAbsence();
        writeError(u"Waiting for it.\n"_s);
    }
    m_saidAbsent = isAbsent || (m_saidAbsent && !now.isAvailable());
}

void WaitCommand::giveUp()
{
    if (isRight(snapshot().summary()))
        finish(ExitCode::Success); // its bound may not have been asked for again since
    else
        finish(client().isAvailable() ? ExitCode::NotSynchronized : ExitCode::NoDaemon);
}

void WaitCommand::finish(ExitCode code)
{
    disconnect(&client(), nullptr, this, nullptr);
    m_timeout.stop();
    if (isJson())
        print(statusJson(snapshot()), false);
    else if (code == ExitCode::NotSynchronized)
        writeError(u"foliotctl: timed out. %1\n"_s.arg(snapshot().sentence().headline));
    else if (code == ExitCode::NoDaemon)
        writeError(u"foliotctl: timed out.\n"_s);
    Q_EMIT finished(code);
}

} // namespace foliot::cli
