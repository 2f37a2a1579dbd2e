// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/document_reader.h"
#include "config/problems.h"
#include "config/read.h"
#include "config/syntax_error.h"
#include "config/text_check.h"
#include "config/toml.h"
#include "config/value_reader.h"

#include <algorithm>
#include <tuple>

namespace foliot::config {

namespace {

constexpr std::size_t mostErrors = 50; // more than a person reads at once

Errors inOrder(Errors errors)
{
    std::ranges::stable_sort(errors, {}, [](const Error& error) { return std::tuple(error.line, error.column); });
    if (errors.size() > mostErrors)
        errors.resize(mostErrors);
    return errors;
}

} // namespace

std::expected<Reading, Errors> examine(std::string_view text, std::string_view file)
{
    if (auto error = checkText(text, file))
        return std::unexpected(Errors{std::move(*error)});

    Problems problems(file);
    // The TOML parser stops at the first syntax error. Most are within one statement: taken away, the rest can be read.
    std::string remaining(text);
    Config config;
    for (int lastLine = 0;;) {
        const auto result = toml::parse(remaining, file);
        if (result) {
            config = readDocument(result.table(), problems);
            break;
        }
        const auto position = positionOf(result.error().source());
        addSyntaxError(problems, position, result.error().description(), remaining);
        // An error in the very next line is likely but an echo, as is one that went back.
        const bool isEcho = position.line <= lastLine + 1 && lastLine > 0;
        if (isEcho || problems.errors().size() >= mostErrors || !blankStatement(remaining, position.line))
            break;
        if (checkText(remaining, file)) // what was quoted may be no longer
            break;
        lastLine = position.line;
    }
    if (problems.errors().empty())
        return Reading{.config = std::move(config), .warnings = inOrder(problems.warnings())};
    return std::unexpected(inOrder(problems.errors()));
}

std::expected<Config, Errors> parse(std::string_view text, std::string_view file)
{
    return examine(text, file).transform([](Reading&& reading) { return std::move(reading.config); });
}

} // namespace foliot::config
