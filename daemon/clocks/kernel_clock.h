// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The clock type `kernel`: the machine's clock, changed by this process, which needs CAP_SYS_TIME for it. For servers
// without polkit; the try-out and the tests never use it.

#include "clock/keeper.h"
#include "clock/step_limits.h"
#include "daemon/clocks/machine_clock.h"

#include <QTimer>

namespace foliot::daemon {

class KernelClock : public MachineClock {
    Q_OBJECT
public:
    struct Files {
        std::string crash{}; // the base frequency, while an extra rate is in force; empty: remembered nowhere
        clock::StepLimits::Files steps{};
    };
    // adjust: the system call, but for tests.
    explicit KernelClock(const Files& files, int (*adjust)(timex*) = ::adjtimex, QObject* parent = nullptr);
    ~KernelClock() override; // ends the extra rate

    void steer(const sync::ClockCommand& command) override;
    void step(const sync::StepClock& step) override;
    void setStatus(const sync::DeclaredStatus& status) override;
    bool canSteer() const override { return true; }
    double baseFrequencyPpm() override;

private:
    clock::Reply perform(const clock::Request& request);
    sync::ClockReport carryOut(const clock::Request& request);
    void endExtraRate();
    void awaitEnd();

    clock::Keeper m_keeper;
    clock::StepLimits m_limits; // the helper's, though here they bind nobody but the servers we believe
    QTimer m_end;               // of the extra rate
    bool m_saidForgetful = false;
};

// Ends the extra rate that a killed foliotd left: for the service manager, after the process. False when it cannot.
bool endLeftovers(const std::string& crashFile);

} // namespace foliot::daemon
