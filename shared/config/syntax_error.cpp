// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/syntax_error.h"

#include "config/quotation.h"

#include <algorithm>

namespace foliot::config {

namespace {

std::string_view lineOf(std::string_view text, int number)
{
    for (; number > 1 && !text.empty(); --number)
        text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
    return text.substr(0, text.find('\n'));
}

// The quote that is not closed in its line; from 1, 0 when there is none.
int openQuote(std::string_view line)
{
    Quotation quotation;
    int column = 0;
    int opened = 0;
    for (std::size_t i = 0; i < line.size();) {
        const bool wasOpen = quotation.isOpenInLine();
        const auto next = i + quotation.take(line, i);
        for (; i < next; ++i)
            column += (static_cast<unsigned char>(line[i]) & 0xc0U) != 0x80U; // not one that continues a character
        if (!wasOpen && quotation.isOpenInLine())
            opened = column;
    }
    return quotation.isOpenInLine() ? opened : 0;
}

// True for a line like "key = value", without which the rest of the text reads the same.
bool isStatement(std::string_view line)
{
    const auto start = line.find_first_not_of(" \t");
    const auto equals = line.find('=');
    return start != std::string_view::npos && equals != std::string_view::npos && line[start] != '[' &&
           line[start] != '"' && line[start] != '\'';
}

// True for a value that is neither number nor truth, as in "address = time.example.org" or "address = 192.0.2.1".
bool isBareText(std::string_view value)
{
    const bool isWord = value == "true" || value == "false" || value.ends_with("inf") || value.ends_with("nan");
    const bool isNumber =
        value.find_first_not_of("0123456789+-.eE_") == std::string_view::npos && std::ranges::count(value, '.') <= 1;
    return !value.empty() && !isWord && !isNumber &&
           std::string_view("\"'[{=#").find(value.front()) == std::string_view::npos;
}

// What stands behind the first "=" of a line, up to a blank.
std::string_view valueIn(std::string_view line)
{
    const auto equals = std::min(line.find('='), line.size());
    line.remove_prefix(std::min(line.find_first_not_of(" \t", equals + 1), line.size()));
    return line.substr(0, line.find_first_of(" \t\r#"));
}

} // namespace

void addSyntaxError(Problems& problems, Position position, std::string_view description, std::string_view text)
{
    const auto line = lineOf(text, position.line);
    if (const int column = openQuote(line); column > 0 && column <= position.column)
        return problems.add({.line = position.line, .column = column}, {}, "this quote is not closed in its line",
            "write it behind the text as well");
    problems.add(position, {}, std::string(description),
        isStatement(line) && isBareText(valueIn(line))
            ? "a text has quotes around it; true, false and numbers have none"
            : "");
}

bool blankStatement(std::string& text, int line)
{
    std::size_t start = 0;
    for (int i = 1; i < line; ++i) {
        start = text.find('\n', start);
        if (start == std::string::npos)
            return false;
        ++start;
    }
    const auto end = std::min(text.find('\n', start), text.size());
    if (!isStatement(std::string_view(text).substr(start, end - start)))
        return false;
    std::fill(text.begin() + static_cast<std::ptrdiff_t>(start), text.begin() + static_cast<std::ptrdiff_t>(end), ' ');
    return true;
}

} // namespace foliot::config
