// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/publisher/call_budget.h"

#include "daemon/log.h"

namespace foliot::daemon {

using namespace std::chrono_literals;
using SteadyClock = std::chrono::steady_clock;

namespace {

constexpr auto silence = 1min; // between two lines in the log

} // namespace

CallBudget::CallBudget(Duration perTurn, std::chrono::milliseconds quiet, QObject* parent)
    : QObject(parent)
    , m_perTurn(perTurn)
{
    m_turn.setSingleShot(true);
    m_turn.setInterval(0ms);
    connect(&m_turn, &QTimer::timeout, this, [this] { m_spent = {}; });
    m_quiet.setSingleShot(true);
    m_quiet.setInterval(quiet);
    connect(&m_quiet, &QTimer::timeout, this, &CallBudget::floodEnded);
}

void CallBudget::spend(Duration duration)
{
    m_spent += duration;
    if (!m_turn.isActive())
        m_turn.start();
}

void CallBudget::refused()
{
    m_quiet.start();
    const auto now = SteadyClock::now();
    if (now < m_silentUntil)
        return;
    m_silentUntil = now + silence;
    qCWarning(logBus, "More calls come in over the bus than can be answered: some are refused.");
}

} // namespace foliot::daemon
