// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A System with a clock, servers and a network that a test arranges by hand. The oscillator is perfect and so are the
// paths, 1 ms each way, so that all that happens is what the test is about. Queries are answered, commands are carried
// out and reported, wakeups come when they are due.

#include "sync/system.h"

#include <functional>
#include <limits>
#include <map>
#include <vector>

namespace foliot::tests {

// How a source's next queries end.
struct Server {
    enum class Way { Answers, IsSilent, Kisses, CannotBeAsked };
    Way way = Way::Answers;
    ntp::KissCode kiss = ntp::KissCode::Rate;
    sync::QueryFault fault = sync::QueryFault::NetworkUnreachable;
    Seconds error{}; // of its time
    ntp::LeapIndicator leap = ntp::LeapIndicator::None;
    std::uint8_t stratum = 2;
    Seconds rootDelay{};
    Seconds rootDispersion{};
    std::uint32_t referenceId = 0;
    std::uint32_t address = 0;        // as a reference identifier
    std::uint32_t ourReferenceId = 0; // we, as this server would name us
};

class SystemDesk {
public:
    // clockOffset: clock minus UTC at the start.
    explicit SystemDesk(const sync::SystemOptions& options = {}, Seconds clockOffset = Seconds(0.01));

    void add(std::uint32_t source, const sync::SourceOptions& options = {}, const Server& server = {});
    Server& server(std::uint32_t source) { return m_servers[{source}]; }

    void tell(const sync::Event& event);
    void pass(Seconds duration);
    // The machine sleeps, with clocks that keep the time meanwhile but for this error.
    void sleep(Seconds duration, Seconds error = {});
    void setClockBy(Seconds step) { m_real += nanoseconds(step); }

    Now now() const;
    Seconds elapsed() const { return Seconds(m_raw); }
    Seconds clockError() const; // clock minus UTC
    sync::State state() const { return m_system.snapshot(); }
    sync::SourceState source(std::uint32_t id) const;

    // What was asked for since the start or the last forget().
    template<typename Action>
    std::vector<Action> asked() const
    {
        std::vector<Action> all;
        for (const sync::Action& action : m_actions) {
            if (const auto* wanted = std::get_if<Action>(&action))
                all.push_back(*wanted);
        }
        return all;
    }
    std::vector<sync::Announce> said(sync::Notice notice) const;
    std::size_t queries(std::uint32_t source) const;
    void forget() { m_actions.clear(); }

    std::uint64_t wakeups = 0;
    sync::ClockFault fault = sync::ClockFault::None; // of every command from now on
    bool reports = true;                             // the clock says what it did

private:
    static Nanoseconds nanoseconds(Seconds seconds);
    void handle(const sync::Event& event);
    void carryOut(const sync::Action& action);
    sync::Event endOf(const sync::Query& query, const Now& asked, Nanoseconds later);
    void command(const std::function<void()>& change, Nanoseconds stepped);
    void advance(Nanoseconds duration);
    void due(Nanoseconds in, const std::function<void()>& what) { m_due.emplace(m_raw + in, what); }

    Nanoseconds m_raw{};
    Nanoseconds m_boot{};
    Nanoseconds m_real;
    Nanoseconds m_slept{};
    double m_basePpm = 0.0;
    double m_extraPpm = 0.0;
    Nanoseconds m_extraUntil{};
    std::map<sync::SourceId, Server> m_servers;
    std::multimap<Nanoseconds, std::function<void()>> m_due; // by raw time
    sync::Actions m_actions;
    sync::System m_system;
};

} // namespace foliot::tests
