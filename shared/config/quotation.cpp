// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/quotation.h"

#include <algorithm>

namespace foliot::config {

namespace {

constexpr std::size_t multiLine = 3; // quotes that open and close a text of several lines
constexpr std::size_t mostAtEnd = 5; // it may end with two quotes of its own

// How often the character at index stands there in a row.
std::size_t runAt(std::string_view text, std::size_t index)
{
    return std::min(text.find_first_not_of(text[index], index), text.size()) - index;
}

} // namespace

std::size_t Quotation::open(char quote, std::size_t run)
{
    if (run == 2) // an empty text
        return run;
    m_quote = quote;
    m_isMultiLine = run >= multiLine;
    return m_isMultiLine ? multiLine : 1;
}

std::size_t Quotation::take(std::string_view text, std::size_t index)
{
    const char character = text[index];
    if (m_isRemark) {
        m_isRemark = character != '\n';
        return 1;
    }
    if (m_quote == 0) {
        m_isRemark = character == '#';
        return character == '"' || character == '\'' ? open(character, runAt(text, index)) : 1;
    }
    const bool isLast = index + 1 >= text.size();
    if (character == '\\' && m_quote == '"')
        return isLast || text[index + 1] == '\n' ? 1 : 2;
    if (character == '\n' && !m_isMultiLine) // the parser goes no further
        m_quote = 0;
    if (character != m_quote)
        return 1;
    const auto run = m_isMultiLine ? std::min(runAt(text, index), mostAtEnd) : 1;
    if (!m_isMultiLine || run >= multiLine)
        m_quote = 0;
    return run;
}

} // namespace foliot::config
