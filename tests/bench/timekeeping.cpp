// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How right the clock is kept, in the simulator: our error beside the best that chrony, ntpsec and ntpd-rs reach on the
// same model. --json prints rows for scripts/bench, --seeds N says how many runs each row is the mean of.

#include "bench/timekeeping_peers.h"
#include "simulation/simulation.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <format>
#include <fstream>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

using namespace foliot;
using namespace foliot::simulation;

namespace {

struct Row {
    std::string name;
    double value = 0.0;
    std::string unit;
    std::optional<double> reference;
    std::optional<double> goal;
};

struct Worst {
    double bound = 1.0; // share of the time that the number held
    double uncertainty = 1.0;
    double uncertaintyOverRms = 0.0;
};

struct Mean {
    double rms = 0.0;
    double largest = 0.0;
    double packets = 0.0;
    double medianUncertainty = 0.0;
};

class Bench {
public:
    Bench(int seeds, bool json)
        : m_seeds(seeds)
        , m_json(json)
    {}

    void run()
    {
        const auto start = std::chrono::steady_clock::now();
        for (const Cell& cell : cells)
            poll64(cell);
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
        const double simulated = 100'000.0 * m_seeds * static_cast<double>(cells.size());
        for (const Start& s : starts)
            convergence(s);
        severalSources();
        oneWay();
        add({.name = "bound_holds_percent.worst", .value = m_worst.bound * 100.0, .unit = "%", .goal = 100.0});
        add({.name = "uncertainty_holds_percent.worst",
            .value = m_worst.uncertainty * 100.0,
            .unit = "%",
            .goal = 99.9});
        add({.name = "uncertainty_over_rms.worst", .value = m_worst.uncertaintyOverRms, .unit = "1", .goal = 4.0});
        add({.name = "client_seconds_per_second", .value = simulated / took.count(), .unit = "s/s", .goal = 500'000.0});
        print();
    }

private:
    Mean mean(const Scenario& scenario)
    {
        Mean mean;
        for (int seed = 1; seed <= m_seeds; ++seed) {
            const Outcome outcome = simulate(scenario, static_cast<std::uint64_t>(seed));
            mean.rms += outcome.rms() / m_seeds;
            mean.largest += outcome.largest() / m_seeds;
            mean.packets += static_cast<double>(outcome.packets) / m_seeds;
            mean.medianUncertainty += outcome.medianUncertainty(scenario.settledAfter) / m_seeds;
            m_worst.bound = std::min(m_worst.bound, outcome.boundHoldsShare());
            m_worst.uncertainty = std::min(m_worst.uncertainty, outcome.uncertaintyHoldsShare());
        }
        m_worst.uncertaintyOverRms = std::max(m_worst.uncertaintyOverRms, mean.medianUncertainty / mean.rms);
        return mean;
    }

    void poll64(const Cell& cell)
    {
        Scenario scenario{.name = cell.name, .sources = {sourceWithJitter(cell.jitter)}};
        scenario.clock.oscillator.wander = cell.wander;
        const Mean ours = mean(scenario);
        add({.name = std::format("rms_us.poll64.{}", cell.name),
            .value = ours.rms * 1e6,
            .unit = "us",
            .reference = cell.bestRmsUs(),
            .goal = 0.9 * cell.bestRmsUs()});
        add({.name = std::format("max_us.poll64.{}", cell.name),
            .value = ours.largest * 1e6,
            .unit = "us",
            .reference = cell.bestMaxUs(),
            .goal = cell.chronyMaxUs});
        std::cerr << std::format(
            "{:14} rms {:7.2f} us, chrony {:6.2f} us, ratio {:.2f}; max {:6.1f} us, chrony {:6.1f} us;"
            " {:.0f} packets\n",
            cell.name, ours.rms * 1e6, cell.chronyRmsUs, ours.rms * 1e6 / cell.chronyRmsUs, ours.largest * 1e6,
            cell.chronyMaxUs, ours.packets);
    }

    void convergence(const Start& start)
    {
        Scenario scenario{.name = start.name, .sources = {sourceWithJitter(1e-5)}, .duration = 3000.0};
        scenario.clock.offset = start.offset;
        scenario.clock.oscillator.error = start.frequency;
        scenario.system.mayStepAtStart = false;
        double millisecond = 0.0;
        double tenth = 0.0;
        for (int seed = 1; seed <= m_seeds; ++seed) {
            const Outcome outcome = simulate(scenario, static_cast<std::uint64_t>(seed));
            millisecond += outcome.belowFrom(1e-3) / m_seeds;
            tenth += outcome.belowFrom(1e-4) / m_seeds;
        }
        add({.name = std::format("converge_s.1ms.{}", start.name),
            .value = millisecond,
            .unit = "s",
            .reference = start.bestMillisecond,
            .goal = start.goalMillisecond});
        add({.name = std::format("converge_s.100us.{}", start.name),
            .value = tenth,
            .unit = "s",
            .reference = start.bestTenth,
            .goal = start.goalTenth});
    }

    void severalSources()
    {
        const SourceSpec good = sourceWithJitter(1e-4);
        several("three_good", alike(3, good), 20.1, 21.2);
        several("three_good_J1e-3", alike(3, sourceWithJitter(1e-3)), 65.7, 65.7);
        std::vector<SourceSpec> falseOne = alike(3, good);
        falseOne[0].server.error = 0.005;
        several("one_of_three_false_by_5ms", falseOne, 20.8, 21.3);
        std::vector<SourceSpec> falseTwo = alike(5, good);
        falseTwo[0].server.error = 0.1;
        falseTwo[1].server.error = -0.1;
        several("two_of_five_false_by_100ms", falseTwo, 20.8, 21.8);
        std::vector<SourceSpec> drifting = alike(3, good);
        drifting[0].server.drift = 1e-6;
        several("one_of_three_drifts_1ppm", drifting, 20.7, 21.3);
    }

    void oneWay()
    {
        SourceSpec source = sourceWithJitter(1e-4);
        source.there.jitter = 0.0;
        several("jitter_on_the_way_back", {source}, 28.8, 28.8);
    }

    void several(const std::string& name, const std::vector<SourceSpec>& sources, double best, double chrony)
    {
        const Mean ours = mean({.name = name, .sources = sources});
        add({.name = std::format("rms_us.{}", name),
            .value = ours.rms * 1e6,
            .unit = "us",
            .reference = best,
            .goal = chrony});
    }

    void add(const Row& row)
    {
        m_rows.push_back(row);
        std::cerr << std::format("{} {:.4g} {}\n", row.name, row.value, row.unit);
    }

    static std::string numberOrNull(const std::optional<double>& number)
    {
        return number ? std::format("{:.6g}", *number) : "null";
    }

    static std::string machine()
    {
        std::ifstream cpus("/proc/cpuinfo");
        std::string line;
        std::string model = "unknown processor";
        while (std::getline(cpus, line)) {
            if (line.starts_with("model name") && line.contains(": ")) {
                model = line.substr(line.find(": ") + 2);
                break;
            }
        }
        std::erase_if(model, [](char c) { return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20; });
        return std::format("{}, {} threads", model, std::thread::hardware_concurrency());
    }

    void print() const
    {
        if (!m_json)
            return;
        std::cout << std::format("{{\"bench\": \"timekeeping\", \"machine\": \"{}\", \"rows\": [", machine());
        std::string_view separator = "\n";
        for (const Row& row : m_rows) {
            std::cout
                << separator
                << std::format(
                       "  {{\"name\": \"{}\", \"value\": {:.6g}, \"unit\": \"{}\", \"reference\": {}, \"goal\": {}}}",
                       row.name, row.value, row.unit, numberOrNull(row.reference), numberOrNull(row.goal));
            separator = ",\n";
        }
        std::cout << "\n]}\n";
    }

    int m_seeds;
    bool m_json;
    Worst m_worst;
    std::vector<Row> m_rows;
};

} // namespace

int main(int argc, char** argv)
{
    int seeds = 5;
    bool json = false;
    const std::vector<std::string_view> arguments(argv + 1, argv + argc);
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        if (arguments[i] == "--json") {
            json = true;
        } else if (arguments[i] == "--seeds" && i + 1 < arguments.size()) {
            seeds = std::max(1, std::atoi(std::string(arguments[++i]).c_str()));
        } else {
            std::cerr << "usage: bench_timekeeping [--json] [--seeds N]\n";
            return 2;
        }
    }
    Bench(seeds, json).run();
    return 0;
}
