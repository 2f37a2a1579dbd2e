// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/clock_watch.h"

#include "bus/client/boottime.h"
#include "gui/verdict_text.h"

#include <QDBusPendingCallWatcher>
#include <QMetaObject>

#include <utility>

namespace foliot::gui {

namespace {

constexpr int lookedAtMs = 1'000;

} // namespace

ClockWatch::ClockWatch(bus::Client& client, bus::BusKind busKind, QObject* parent)
    : QObject(parent)
    , m_client(client)
    , m_busKind(busKind)
    , m_nowUSec(bus::boottimeUSec())
    , m_heardUSec(m_nowUSec)
{
    connect(&client, &bus::Client::availabilityChanged, this, &ClockWatch::availabilityChanged);
    connect(&client, &bus::Client::clockChanged, this, [this] {
        heard();
        Q_EMIT clockChanged();
    });
    connect(&client, &bus::Client::sourceAdded, this, &ClockWatch::putSource);
    connect(&client, &bus::Client::sourceChanged, this, &ClockWatch::putSource);
    connect(&client, &bus::Client::sourceRemoved, this, [this](quint32 id) {
        m_sources.remove(id);
        heard();
    });
    connect(&m_timer, &QTimer::timeout, this, &ClockWatch::tick);
    restartTimer();
    describe();
}

void ClockWatch::setLookedAt(bool isLookedAt)
{
    if (m_isLookedAt == isLookedAt)
        return;
    m_isLookedAt = isLookedAt;
    restartTimer();
    if (isLookedAt)
        tick();
}

void ClockWatch::setPatience(int milliseconds)
{
    m_patienceMs = milliseconds;
    restartTimer();
}

void ClockWatch::restartTimer()
{
    // Nobody reads the seconds of a hidden window; the tray icon changes on news, or when there are none for too long.
    m_timer.setTimerType(m_isLookedAt ? Qt::CoarseTimer : Qt::VeryCoarseTimer);
    m_timer.start(m_isLookedAt ? std::min(lookedAtMs, m_patienceMs) : m_patienceMs);
}

void ClockWatch::tick()
{
    m_nowUSec = bus::boottimeUSec();
    m_sources.setNow(m_nowUSec);
    describe();
    const double quietMs = bus::ageSeconds(m_heardUSec, m_nowUSec) * 1e3;
    if (m_client.isAvailable() && quietMs >= m_patienceMs)
        ask();
    Q_EMIT ticked(m_nowUSec);
}

void ClockWatch::heard()
{
    m_heardUSec = bus::boottimeUSec();
    m_isSilent = false;
    // Many properties and sources change in one go; the sentence is made once for all of them.
    if (std::exchange(m_isDescribing, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_isDescribing = false;
            describe();
        },
        Qt::QueuedConnection);
}

void ClockWatch::ask()
{
    if (std::exchange(m_isAsking, true))
        return;
    auto* call = new QDBusPendingCallWatcher(m_client.ping(), this);
    connect(call, &QDBusPendingCallWatcher::finished, this, [this, call] {
        call->deleteLater();
        m_isAsking = false;
        if (!call->isError())
            return heard();
        // It answered no to a harmless question, or not at all: either way its numbers cannot be trusted to be fresh.
        m_isSilent = m_client.isAvailable();
        describe();
    });
}

void ClockWatch::availabilityChanged()
{
    const bool hadService = m_status.hasService;
    m_heardUSec = bus::boottimeUSec();
    m_isSilent = false;
    if (!m_client.isAvailable())
        m_sources.clear();
    // At once, not when the event loop comes round: nothing stale stands for a moment.
    describe();
    if (hadService == m_status.hasService)
        return;
    Q_EMIT clockChanged();
    if (m_status.hasService)
        Q_EMIT serviceAppeared();
    else
        Q_EMIT serviceVanished();
}

void ClockWatch::putSource(quint32 id)
{
    if (const bus::SourceData* source = m_client.source(id))
        m_sources.put(*source);
    heard();
}

void ClockWatch::describe()
{
    m_nowUSec = bus::boottimeUSec();
    ClockSituation situation{.availability = m_client.availability(),
        .problem = m_client.problem(),
        .busKind = m_busKind,
        .isSilent = m_isSilent,
        .clock = m_client.clock()};
    for (const bus::SourceData& source : m_sources.sources()) {
        ++situation.sources;
        situation.answering += source.lastAnswerBoottimeUSec != 0 ? 1 : 0;
        situation.silence.add(source);
        situation.falsetickers += source.verdict == bus::Verdict::Falseticker ? 1 : 0;
        if (situation.clock.selectedSource == source.id)
            situation.selectedName = VerdictText::sourceName(source);
    }
    ClockStatus status = ClockSentence::describe(situation, m_nowUSec);
    if (status == m_status)
        return;
    m_status = std::move(status);
    Q_EMIT statusChanged();
}

} // namespace foliot::gui
