// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/state/lines.h"

namespace foliot::daemon {

std::vector<std::string_view> linesOf(std::string_view text)
{
    std::vector<std::string_view> lines;
    for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end + 1);
    }
    return lines;
}

std::vector<std::string_view> wordsOf(std::string_view line)
{
    std::vector<std::string_view> words;
    for (auto end = line.find(' '); end != std::string_view::npos; end = line.find(' ')) {
        words.push_back(line.substr(0, end));
        line.remove_prefix(end + 1);
    }
    words.push_back(line);
    return words;
}

} // namespace foliot::daemon
