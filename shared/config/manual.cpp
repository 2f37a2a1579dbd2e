// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/setting_values.h"
#include "config/settings.h"

#include <format>

namespace foliot::config {

namespace {

constexpr std::string_view head = ".\\\" SPDX-FileCopyrightText: 2026 The Foliot authors\n"
                                  ".\\\" SPDX-License-Identifier: GPL-3.0-or-later\n"
                                  ".TH FOLIOT.TOML 5 2026-11-28 \"Foliot {}\" \"File Formats\"\n"
                                  ".SH NAME\n"
                                  "foliot.toml \\- configuration of foliotd\n"
                                  ".SH DESCRIPTION\n"
                                  ".BR foliotd (8)\n"
                                  "reads /etc/foliot/foliot.toml, which is written in TOML: sections in brackets, and "
                                  "in each of them lines of the form\n"
                                  ".IR \"key \" = \" value\" .\n"
                                  "Texts stand in quotes, durations are numbers of seconds, and # begins a remark.\n"
                                  "A key that is not known here is an error, so that nothing misspelt goes unnoticed.\n"
                                  ".PP\n"
                                  ".B foliotd \\-\\-check\n"
                                  ".I FILE\n"
                                  "says what is wrong in a file, and where;\n"
                                  ".B systemctl reload foliotd\n"
                                  "has the service take it. Settings that need a restart say so below.\n"
                                  ".SH SECTIONS\n";

constexpr std::string_view tail = ".SH EXAMPLE\n"
                                  ".nf\n"
                                  "[[source]]\n"
                                  "address = \"nts.example.org\"\n"
                                  "nts = true\n"
                                  "\n"
                                  "[[source]]\n"
                                  "address = \"pool.example.org\"\n"
                                  "pool = true\n"
                                  "\n"
                                  "[server]\n"
                                  "listen = [\"0.0.0.0\", \"[::]\"]\n"
                                  ".fi\n"
                                  ".SH SEE ALSO\n"
                                  ".BR foliotd (8),\n"
                                  ".BR foliotctl (1)\n";

// As roff wants it: what it would take for commands or for typographic characters is escaped.
std::string escaped(std::string_view text)
{
    std::string result;
    for (const char letter : text) {
        if (letter == '\\')
            result += "\\e";
        else if (letter == '-')
            result += "\\-";
        else
            result += letter;
    }
    return result.starts_with('.') || result.starts_with('\'') ? "\\&" + result : result;
}

} // namespace

std::string manualPage(std::string_view version)
{
    std::string text = std::vformat(head, std::make_format_args(version));
    for (const auto& section : sections()) {
        text += std::format(".SS {}\n{}\n", sectionHeader(section.name), escaped(section.meaning));
        for (const auto& setting : settings()) {
            if (setting.section != section.name)
                continue;
            const auto value = defaultValue(setting);
            text += std::format(".TP\n.B {}\n{}\n", escaped(setting.key), escaped(setting.meaning));
            if (setting.atRestart)
                text += "A change is taken at the next start.\n";
            text += std::format(".br\nValue: {}. ", escaped(allowedValues(setting)));
            text += !value.empty()             ? std::format("Default: {}\n", escaped(value))
                    : setting.key == "address" ? "It must be there.\n"
                                               : "Not set by default.\n";
        }
    }
    return text + std::string(tail);
}

} // namespace foliot::config
