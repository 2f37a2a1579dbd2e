// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "bench/timekeeping_report.h"

#include <cmath>
#include <format>
#include <fstream>
#include <string_view>
#include <thread>

namespace foliot::simulation {

namespace {

// JSON has no infinity: a clock that never got there has no value.
std::string number(const std::optional<double>& value)
{
    return value && std::isfinite(*value) ? std::format("{:.6g}", *value) : "null";
}

std::string machine()
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

std::string object(const Row& row)
{
    std::string text =
        std::format("{{\"name\": \"{}\", \"value\": {}, \"unit\": \"{}\", \"reference\": {}, \"goal\": {}", row.name,
            number(row.value), row.unit, number(row.reference), number(row.goal));
    if (row.aim == Aim::AtLeast)
        text += ", \"aim\": \"at least\"";
    const auto more = [&text](std::string_view name, const std::optional<double>& value) {
        if (value)
            text += std::format(", \"{}\": {}", name, number(value));
    };
    more("mean", row.mean);
    more("standard_error", row.standardError);
    more("maximum", row.maximum);
    more("oracle", row.oracle);
    if (!row.where.empty())
        text += std::format(", \"where\": \"{}\"", row.where);
    return text + "}";
}

std::string cell(const std::optional<double>& value)
{
    return value ? std::format("{:9.4g}", *value) : std::string(9, ' ');
}

} // namespace

std::string asJson(std::span<const Row> rows)
{
    std::string text = std::format("{{\"bench\": \"timekeeping\", \"machine\": \"{}\", \"rows\": [", machine());
    std::string_view separator = "\n";
    for (const Row& row : rows) {
        text += std::format("{}  {}", separator, object(row));
        separator = ",\n";
    }
    return text + "\n]}\n";
}

std::string asTable(std::span<const Row> rows)
{
    std::string text = std::format("{:46} {:>9} {:5} {:>9} {:>9} {:>9} {:>9} {:>9}\n", "", "value", "", "goal",
        "best peer", "oracle", "std error", "maximum");
    for (const Row& row : rows)
        text += std::format("{:46} {:9.4g} {:5} {} {} {} {} {} {}{}\n", row.name, row.value,
            row.unit == "packets" || row.unit == "cells" ? "" : row.unit, cell(row.goal), cell(row.reference),
            cell(row.oracle), cell(row.standardError), cell(row.maximum), row.reachesGoal() ? "" : "MISSED ",
            row.where);
    return text;
}

} // namespace foliot::simulation
