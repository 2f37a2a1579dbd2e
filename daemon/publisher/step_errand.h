// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A step that somebody asked for, from the request to what became of it. Whoever keeps the clock decides how far it goes
// unasked: when that is too little, the keeper asks the person, and the step is tried once more. Between ClockObject and
// the engine; one step at a time.

#include "daemon/clocks/clock.h"
#include "sync/state.h"

#include <QTimer>

#include <functional>
#include <optional>

namespace foliot::daemon {

enum class StepOutcome : quint8 {
    Done,        // or there was nothing to correct
    Declined,    // it would be larger than was agreed to, or nobody knows the time any more
    Refused,     // so large a step needs a person's word, which was not given
    Unavailable, // the clock could not be set
    Unanswered,
};

class StepErrand : public QObject {
    Q_OBJECT
public:
    // What it needs of the engine.
    struct Engine {
        std::function<std::optional<Nanoseconds>(Nanoseconds limit)> step; // what was commanded, if anything
        std::function<const sync::State&()> state;
    };
    // patience: how long the clock may take for a try.
    StepErrand(Clock& clock, Engine engine, std::chrono::milliseconds patience = std::chrono::seconds(10),
        QObject* parent = nullptr);

    // limit: the largest step the person agreed to. Not while another one is under way.
    void begin(Nanoseconds limit, const Person& person, std::function<void(StepOutcome)> done);

private:
    void attempt();
    void clockReported(const sync::ClockReport& report);
    void askPerson();
    void finish(StepOutcome outcome);

    enum class Stage : quint8 { Idle, FirstTry, Asking, SecondTry };

    Clock& m_clock;
    Engine m_engine;
    Stage m_stage = Stage::Idle;
    Nanoseconds m_limit{};
    Person m_person;
    std::function<void(StepOutcome)> m_done;
    QTimer m_patience;
};

} // namespace foliot::daemon
