// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/history_panel.h"

#include "gui/chart_colors.h"
#include "gui/chart_key.h"
#include "gui/clock_watch.h"
#include "gui/history_chart.h"
#include "gui/panel.h"
#include "gui/scale_name.h"

#include <QComboBox>
#include <QDBusPendingCallWatcher>
#include <QVBoxLayout>

#include <array>
#include <cmath>

namespace foliot::gui {

namespace {

constexpr std::array rangeChoices{600.0, 3'600.0, 6.0 * 3'600.0, 86'400.0, 7.0 * 86'400.0};

} // namespace

HistoryPanel::HistoryPanel(ClockWatch& watch, QWidget* parent)
    : QWidget(parent)
    , m_watch(watch)
    , m_buffer(rangeChoices.front())
    , m_range(new QComboBox(this))
    , m_offset(new HistoryChart(HistoryChart::Quantity::Offset, this))
    , m_jitter(new HistoryChart(HistoryChart::Quantity::Jitter, this))
{
    m_range->addItems(
        {tr("up to 10 minutes"), tr("up to 1 hour"), tr("up to 6 hours"), tr("up to 1 day"), tr("up to 1 week")});
    m_range->setAccessibleName(tr("How far back the charts go at most"));
    m_range->setToolTip(tr("How far back the charts go at most. They begin when the service was started."));

    auto* offset = new Panel(tr("Offset"), this);
    offset->addToHeadingIfRoom(new ChartKey(ChartKey::Shape::Line, lineColor, tr("estimate"), offset));
    offset->addToHeadingIfRoom(new ChartKey(ChartKey::Shape::Patch, uncertaintyColor, tr("uncertainty"), offset));
    offset->addToHeadingIfRoom(new ChartKey(ChartKey::Shape::Patch, boundColor, tr("bound"), offset, boundEdge));
    offset->addToHeading(m_range);
    offset->addContent(m_offset);
    offset->setToolTip(tr("UTC minus this clock. Uncertainty: the clock is within it 99.9 % of the time if the network "
                          "paths are symmetric. Bound: the clock is within it whatever the paths are like, if most "
                          "servers tell the truth.") +
                       QLatin1Char(' ') + ScaleName::meaning());
    auto* jitter = new Panel(tr("Jitter"), this);
    jitter->addContent(m_jitter);
    jitter->setToolTip(tr("How much the measurements scatter.") + QLatin1Char(' ') + ScaleName::meaning());

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(8);
    layout->addWidget(offset, 5);
    layout->addWidget(jitter, 3);

    m_offset->setBuffer(&m_buffer);
    m_jitter->setBuffer(&m_buffer);
    connect(m_range, &QComboBox::activated, this, &HistoryPanel::chooseRange);
    connect(&watch, &ClockWatch::clockChanged, this, &HistoryPanel::record);
    connect(&watch, &ClockWatch::serviceAppeared, this, &HistoryPanel::reload);
    connect(&watch, &ClockWatch::serviceVanished, this, &HistoryPanel::forget);
    connect(&watch, &ClockWatch::ticked, this, &HistoryPanel::draw);
    if (watch.status().hasService)
        reload();
}

void HistoryPanel::setRangeSeconds(double seconds)
{
    int nearest = 0;
    for (int choice = 0; choice < static_cast<int>(rangeChoices.size()); ++choice) {
        if (std::abs(rangeChoices.at(static_cast<std::size_t>(choice)) - seconds) <
            std::abs(rangeChoices.at(static_cast<std::size_t>(nearest)) - seconds))
            nearest = choice;
    }
    m_range->setCurrentIndex(nearest);
    chooseRange(nearest);
}

void HistoryPanel::chooseRange(int choice)
{
    const double range = rangeChoices.at(static_cast<std::size_t>(choice));
    if (range == m_buffer.rangeSeconds())
        return;
    m_buffer = HistoryBuffer(range);
    m_offset->setBuffer(&m_buffer);
    m_jitter->setBuffer(&m_buffer);
    reload();
}

void HistoryPanel::reload()
{
    m_recordedUSec = 0;
    record();
    const unsigned question = ++m_question;
    auto* call = new QDBusPendingCallWatcher(
        m_watch.client().history(m_buffer.rangeSeconds(), static_cast<quint32>(HistoryBuffer::slotCount)), this);
    connect(call, &QDBusPendingCallWatcher::finished, this, [this, call, question] {
        call->deleteLater();
        const QDBusPendingReply<bus::ClockSamples> reply = *call;
        // Without a past the charts begin now: nothing to bother anybody with.
        if (question != m_question || reply.isError())
            return;
        m_buffer.add(reply.value(), m_watch.nowUSec());
        draw(m_watch.nowUSec());
    });
}

void HistoryPanel::record()
{
    const bus::ClockData& clock = m_watch.client().clock();
    // Before the first estimate there is nothing to draw.
    if (!m_watch.client().isAvailable() || clock.asOfBoottimeUSec == m_recordedUSec ||
        !std::isfinite(clock.uncertaintySeconds))
        return;
    m_recordedUSec = clock.asOfBoottimeUSec;
    m_buffer.add({.boottimeUSec = clock.asOfBoottimeUSec,
                     .offsetSeconds = clock.offsetSeconds,
                     .uncertaintySeconds = clock.uncertaintySeconds,
                     .boundSeconds = clock.boundSeconds,
                     .jitterSeconds = clock.jitterSeconds,
                     .frequencyPpm = clock.frequencyPpm},
        m_watch.nowUSec());
}

void HistoryPanel::forget()
{
    ++m_question;
    m_buffer.clear();
    m_offset->advance(m_watch.nowUSec());
    m_jitter->advance(m_watch.nowUSec());
}

void HistoryPanel::draw(quint64 nowUSec)
{
    m_buffer.prune(nowUSec);
    if (!m_watch.isLookedAt())
        return;
    m_offset->advance(nowUSec);
    m_jitter->advance(nowUSec);
}

} // namespace foliot::gui
