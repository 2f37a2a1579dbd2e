// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Runs a scenario: a discrete-event simulator around the very System, Exchange and serverReply that the daemon runs, with
// virtual clocks and a virtual network. The same seed gives the same run.

#include "ntp/exchange.h"
#include "simulation/oracle.h"
#include "simulation/scenario.h"
#include "simulation/virtual_clock.h"

#include <deque>
#include <functional>
#include <queue>

namespace foliot::simulation {

class Simulation {
public:
    // oracle: gets the same packets and is asked at the same seconds, when there is one.
    Simulation(const Scenario& scenario, std::uint64_t seed, Oracle* oracle = nullptr);

    Outcome run();

private:
    struct Remote {
        VirtualServer server;
        Path there;
        Path back;
        Path lateness; // of its answers
        ntp::Exchange exchange;
        std::uint64_t query = 0; // counts queries; tells a late timeout from a timely one
    };

    // Something due at a true time. Of two at the same time the one planned first comes first.
    struct Planned {
        double at = 0.0;
        std::uint64_t order = 0;
        std::function<void()> what;
    };
    struct Later {
        bool operator()(const Planned& a, const Planned& b) const
        {
            return a.at != b.at ? a.at > b.at : a.order > b.order;
        }
    };

    void plan(double at, std::function<void()> what);
    void tick();
    void tell(const sync::Event& event);
    void deliver();
    void carryOut(const sync::Action& action);
    void query(const sync::Query& action);
    void arrive(sync::SourceId source, const std::vector<std::byte>& packet);
    void command(const std::function<void()>& change, Nanoseconds step);
    void setRate(const KernelRate& rate);
    std::optional<ClockTrouble::Kind> troubleNow() const;
    void happen(const Happening& happening);
    void record();
    LocalStamp stamp() const;

    const Scenario& m_scenario;
    Oracle* m_oracle;
    Oscillator m_oscillator;
    VirtualClock m_clock;
    tests::Random m_random;
    sync::System m_system;
    std::vector<Remote> m_remotes;
    std::priority_queue<Planned, std::vector<Planned>, Later> m_planned;
    std::uint64_t m_plans = 0;
    std::deque<sync::Event> m_events;
    std::optional<double> m_timer;    // client monotonic
    std::optional<double> m_extraEnd; // likewise
    double m_baseFrequencyPpm = 0.0;
    sync::State m_state;
    bool m_claims = false;
    Outcome m_outcome;
};

// A run with one seed.
Outcome simulate(const Scenario& scenario, std::uint64_t seed, Oracle* oracle = nullptr);

} // namespace foliot::simulation
