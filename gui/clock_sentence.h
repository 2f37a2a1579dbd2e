// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How right the clock is, or what is wrong and what to do, in sentences. A pure function of what the daemon said and of
// the moment: header and tray icon read its result, so that they never contradict each other. What is claimed is
// decided by bus/client/summary.h.

#include "bus/client/summary.h"
#include "gui/glyph_icon.h"

#include <QCoreApplication>
#include <QString>

namespace foliot::gui {

struct ClockStatus {
    // What a person can do about it here, offered as a button.
    enum class Remedy : quint8 { None, AddSource, StepClock };

    bus::Health health = bus::Health::Attention;
    Glyph glyph = Glyph::Waiting;
    Tone tone = Tone::Neutral;
    QString headline; // one sentence
    QString facts;    // source, stratum, frequency, uncertainty; empty when there is nothing true to say
    QString age; // when the clock was last measured; changes every second, so nothing that is pushed to others has it
    QString advice;  // what it means and what to do; empty when all is well
    QString command; // what to type, when that is what helps
    Remedy remedy = Remedy::None;
    bool hasService = false; // false: nothing else is known, and nothing else is to be shown
    bool isEmpty = false;    // the service has no source: there is nothing to draw, only something to do
    bool isStale = false;    // the service has stopped reporting: its numbers are history

    friend bool operator==(const ClockStatus&, const ClockStatus&) = default;
};

// What the sentences are made of.
struct ClockSituation {
    bus::Availability availability = bus::Availability::Asking;
    QString problem;
    bus::BusKind busKind = bus::BusKind::System;
    bool isSilent = false; // asked, and gave no sign of life
    bus::ClockData clock;
    QString selectedName;
    int sources = 0;
    int answering = 0; // have answered at least once
    int falsetickers = 0;
    bus::SilenceSurvey silence;
};

class ClockSentence final {
    Q_DECLARE_TR_FUNCTIONS(foliot::gui::ClockSentence)

public:
    [[nodiscard]] static ClockStatus describe(const ClockSituation& situation, quint64 nowUSec);
    // Age and facts in one line.
    [[nodiscard]] static QString factsWithAge(const ClockStatus& status);
};

} // namespace foliot::gui
