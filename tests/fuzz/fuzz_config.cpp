// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Fuzz target: any octets as a configuration. Whatever is accepted is within its limits and survives being written.

#include "config/read.h"
#include "config/settings.h"

#include <cstdlib>
#include <string_view>

using namespace foliot::config;

int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t length);

int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t length)
{
    const std::string text(octets, octets + length);
    const auto config = parse(text, "f");
    if (!config) {
        if (config.error().empty() || config.error().size() > 50)
            std::abort();
        for (const auto& error : config.error())
            if (error.message.empty() || error.line < 0 || describe(error).empty())
                std::abort();
        return 0;
    }
    for (const auto& source : config->sources) {
        const auto again = parse(writeSource(source), "f");
        if (source.minPoll > source.maxPoll || !again || again->sources != std::vector{source})
            std::abort();
    }
    return 0;
}
