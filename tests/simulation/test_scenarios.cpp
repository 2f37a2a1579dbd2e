// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What holds in every scenario, whatever happens in it.

#include "simulation/scenarios/catalogue.h"
#include "simulation/simulation.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace foliot;
using namespace foliot::simulation;

namespace {

// Once each, and no longer than what happens in it: the benchmark takes its time.
Scenario shortened(Scenario scenario)
{
    constexpr double enough = 60'000.0;
    const bool isSteady = scenario.happenings.empty() && scenario.watchedFrom == 0.0 && scenario.settledAfter < enough;
    const bool swings = scenario.clock.oscillator.swing.period > enough;
    if (isSteady && !swings && scenario.sources.front().server.silent.empty())
        scenario.duration = std::min(scenario.duration, enough);
    return scenario;
}

struct Result {
    Scenario scenario;
    double rms = 0.0; // s
    double oracleRms = 0.0;
    std::uint64_t claimed = 0; // seconds
    std::uint64_t boundHeld = 0;
    std::uint64_t uncertaintyHeld = 0;
    std::uint64_t kernelHeld = 0; // the kernel's maximum error covered the error
    std::size_t laterSteps = 0;   // all but the first of a start
    std::size_t bigCommands = 0;  // beyond what a clock may be told
};

constexpr double startSeconds = 100.0; // by then a step at the start has come

bool isWithinLimits(const sync::ClockCommand& command)
{
    return std::abs(command.baseFrequencyPpm) <= 500.0 && std::abs(command.extraRatePpm) <= 100'000.0 &&
           command.extraFor >= Nanoseconds{} && command.extraFor <= std::chrono::seconds(20);
}

void add(Result& result, const Outcome& outcome)
{
    result.rms += outcome.rms();
    result.claimed += outcome.claimed();
    result.boundHeld += outcome.boundHeld();
    result.uncertaintyHeld += outcome.uncertaintyHeld();
    for (std::size_t i = 0; i < outcome.errors.size(); ++i)
        result.kernelHeld += outcome.bounds[i] > 0.0 && std::abs(outcome.errors[i]) <= outcome.maxErrors[i] ? 1U : 0U;
    if (!outcome.steps.empty()) {
        const bool isLate = outcome.firstSaid(sync::Notice::ClockStepped) > startSeconds;
        result.laterSteps += outcome.steps.size() - (isLate ? 0U : 1U);
    }
    for (const sync::ClockCommand& command : outcome.commands)
        result.bigCommands += isWithinLimits(command) ? 0U : 1U;
}

} // namespace

class TestScenarios : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        for (const Scenario& whole : catalogue()) {
            const Scenario scenario = shortened(whole);
            Result result{.scenario = scenario};
            Oracle oracle(scenario);
            add(result, simulate(scenario, 1, &oracle));
            result.oracleRms = oracle.rms();
            m_results.push_back(result);
        }
    }

    void errorIsWithinWhatIsClaimed_data() { all(); }
    void errorIsWithinWhatIsClaimed()
    {
        const Result& result = current();
        const double claim = result.scenario.rmsWithin > 0.0 ? result.scenario.rmsWithin : 1.5 * result.oracleRms;
        QVERIFY2(result.rms <= claim, qPrintable(QString("%1 us, not %2").arg(result.rms * 1e6).arg(claim * 1e6)));
    }

    void boundHoldsAlways_data() { all(); }
    void boundHoldsAlways()
    {
        QVERIFY(current().claimed > 0);
        QCOMPARE(current().boundHeld, current().claimed);
    }

    void kernelsMaximumErrorHoldsAlways_data() { all(); }
    void kernelsMaximumErrorHoldsAlways() { QCOMPARE(current().kernelHeld, current().claimed); }

    // Errors last, so that of one run in a few dozen more than a thousandth is beyond; of all together it is less.
    void uncertaintyHoldsButForOneSecondInAThousand()
    {
        std::uint64_t claimed = 0;
        std::uint64_t held = 0;
        for (const Result& result : m_results) {
            if (result.scenario.pathsDiffer)
                continue;
            claimed += result.claimed;
            held += result.uncertaintyHeld;
        }
        const double share = static_cast<double>(held) / static_cast<double>(claimed);
        QVERIFY2(share >= 0.999, qPrintable(QString::number(share)));
    }

    void nothingIsSteppedAfterTheStart_data() { all(); }
    void nothingIsSteppedAfterTheStart() { QCOMPARE(current().laterSteps, std::size_t(0)); }

    // FAULTS row 70
    void commandsStayWithinWhatAClockMayBeTold_data() { all(); }
    void commandsStayWithinWhatAClockMayBeTold() { QCOMPARE(current().bigCommands, std::size_t(0)); }

private:
    void all() const
    {
        QTest::addColumn<std::size_t>("result");
        for (std::size_t i = 0; i < m_results.size(); ++i)
            QTest::newRow(m_results[i].scenario.name.c_str()) << i;
    }

    const Result& current() const
    {
        QFETCH(std::size_t, result);
        return m_results.at(result);
    }

    std::vector<Result> m_results;
};

QTEST_GUILESS_MAIN(TestScenarios)
#include "test_scenarios.moc"
