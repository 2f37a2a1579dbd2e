// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The clock type `helper`: the machine's clock, read here and changed by foliot-helper. Calls the helper when made and
// again whenever it goes, longer and longer apart; commands wait for a call under way and fail while there is none.

#include "clock/contract.h"
#include "daemon/clocks/helper_caller.h"
#include "daemon/clocks/machine_clock.h"
#include "daemon/net/file_descriptor.h"

#include <QElapsedTimer>
#include <QTimer>

#include <deque>
#include <memory>

class QSocketNotifier;

namespace foliot::daemon {

struct HelperTiming {
    std::chrono::milliseconds callPatience{5'000};  // KAuth never answers some calls
    std::chrono::milliseconds replyPatience{2'000}; // a helper that takes longer is given up
    std::chrono::milliseconds firstRetry{250};      // doubled from try to try
    std::chrono::milliseconds longestRetry{60'000};
    std::chrono::milliseconds settled{30'000}; // after so long of service the next retry is a first one
};

class HelperClock : public MachineClock {
    Q_OBJECT
public:
    // caller: null when there is no plugin, for the reason given; every command then fails.
    HelperClock(
        HelperCaller* caller, const QString& whyNone, const HelperTiming& timing = {}, QObject* parent = nullptr);
    ~HelperClock() override;

    void steer(const sync::ClockCommand& command) override;
    void step(const sync::StepClock& step) override;
    void setStatus(const sync::DeclaredStatus& status) override;
    bool canSteer() const override { return true; }
    double baseFrequencyPpm() override;

    // Has the helper ask, by itself and through polkit, whether this person allows one step of up to so much beyond its
    // limits, within the minute after. The answer may take minutes.
    void askPerson(const Person& person, Nanoseconds limit, const std::function<void(bool granted)>& answer) override;

    bool isServed() const { return m_state == State::Served; }

Q_SIGNALS:
    void served();
    void lost(const QString& why);

private:
    enum class State : quint8 {
        Waiting, // for the next try
        Calling,
        Served,
    };
    struct Open { // a request that is not answered
        clock::Request request;
        std::function<void(bool granted)> person; // of a Permit
    };

    void call();
    void serve();
    void lose(const QString& why, sync::ClockFault fault);
    void request(clock::Request request, std::function<void(bool granted)> person = {});
    void send(const clock::Request& request);
    void refuse(const Open& open, sync::ClockFault fault);
    void receive();
    void finish(const Open& open, const clock::Reply& reply);
    void runAt(double basePpm, double extraPpm);
    void watchSilence();

    HelperCaller* const m_caller;
    const QString m_whyNone;
    const HelperTiming m_timing;
    State m_state = State::Waiting;
    QString m_lastWhy;
    std::chrono::milliseconds m_retry;
    QElapsedTimer m_servedSince;
    QTimer m_timer;          // until the next try, or the end of our patience with a call
    QTimer m_silence;        // the end of our patience with a reply
    QTimer m_extraEnds;      // the helper ends the extra rate; we note when
    FileDescriptor m_socket; // our end of the conversation
    std::unique_ptr<QSocketNotifier> m_notifier;
    std::deque<Open> m_open;
    std::uint64_t m_lastNumber = 0;
    double m_basePpm = 0.0; // while there is an extra rate
};

} // namespace foliot::daemon
