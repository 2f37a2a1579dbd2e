// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The clock that the daemon keeps: helper, kernel, simulated or none. Read and stamped through it, steered through it,
// so that a simulated clock sees real packets and the engine cannot tell the difference.

#include "ntp/time.h"
#include "sync/action.h"
#include "sync/clock_command.h"

#include <QObject>
#include <QString>

#include <functional>

namespace foliot::daemon {

// A time that the kernel put on a packet, CLOCK_REALTIME of the machine.
struct MachineStamp {
    RealTime real;
    StampOrigin origin = StampOrigin::Kernel;
};

// Somebody who wants something done to the clock.
struct Person {
    QString program;         // its unique name on the bus
    bool mayBeAsked = false; // for a password

    friend bool operator==(const Person&, const Person&) = default;
};

class Clock : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    // The three clocks read together.
    virtual Now now() = 0;

    // How far apart the readings were that the latest now() took for one.
    virtual Nanoseconds readingWidth() const = 0;

    // Maps a machine stamp, a moment ago at most, onto this clock. Empty when the machine's clock was stepped
    // between the stamp and now, so that its place on the oscillator cannot be told.
    virtual std::optional<LocalStamp> stamp(const MachineStamp& stamp) = 0;

    // Commands. Each is answered by one reported(), perhaps at once, perhaps later.
    virtual void steer(const sync::ClockCommand& command) = 0;
    virtual void step(const sync::StepClock& step) = 0;
    virtual void setStatus(const sync::DeclaredStatus& status) = 0; // answered only when it fails

    // Whoever keeps the clock may have limits that a person has to lift, for one step of up to so much, soon after. The
    // answer may take minutes; it comes at once when there is nothing to ask.
    virtual void askPerson(
        const Person& /*person*/, Nanoseconds /*limit*/, const std::function<void(bool granted)>& answer)
    {
        answer(true);
    }

    // True when it is CLOCK_REALTIME of this machine, which any thread may read; else this object alone knows the time.
    virtual bool isMachineClock() const { return false; }

    // False for "none": measure only.
    virtual bool canSteer() const = 0;

    // Base frequency that the kernel (or simulation) runs at now, in ppm.
    virtual double baseFrequencyPpm() = 0;

Q_SIGNALS:
    void reported(const foliot::sync::ClockReport& report);
};

} // namespace foliot::daemon
