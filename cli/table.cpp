// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/table.h"

#include "cli/text.h"

#include <algorithm>
#include <climits>
#include <iterator>
#include <numeric>

namespace foliot::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr int gap = 2; // blanks between two columns

int totalOf(const std::vector<int>& widths)
{
    return std::accumulate(widths.begin(), widths.end(), -gap, [](int sum, int width) { return sum + width + gap; });
}

} // namespace

Table::Table(std::vector<Column> columns)
    : m_columns(std::move(columns))
{}

void Table::add(std::vector<Span> cells)
{
    Q_ASSERT(cells.size() == m_columns.size());
    m_rows.push_back(std::move(cells));
}

std::vector<int> Table::widths() const
{
    std::vector<int> widths;
    for (std::size_t index = 0; index < m_columns.size(); ++index) {
        int width = displayWidth(m_columns[index].heading);
        for (const auto& row : m_rows)
            width = std::max(width, displayWidth(row[index].text));
        widths.push_back(width);
    }
    return widths;
}

QStringList Table::fit(int width)
{
    const auto leastTotal = [this] {
        std::vector<int> least = widths();
        for (std::size_t index = 0; index < least.size(); ++index) {
            if (m_columns[index].least > 0)
                least[index] = std::min(least[index], m_columns[index].least);
        }
        return totalOf(least);
    };
    const auto rank = [](const Column& column) { return column.leaves > 0 ? column.leaves : INT_MAX; };
    QStringList left;
    while (leastTotal() > width) {
        const auto next = std::ranges::min_element(m_columns, {}, rank);
        if (next->leaves == 0)
            break;
        left.append(next->heading);
        remove(static_cast<std::size_t>(next - m_columns.begin()));
    }
    shorten(width);
    return left;
}

void Table::remove(std::size_t index)
{
    const auto offset = static_cast<std::ptrdiff_t>(index);
    m_columns.erase(m_columns.begin() + offset);
    for (auto& row : m_rows)
        row.erase(row.begin() + offset);
}

// The columns that may be are cut by what is missing, the first of them as far as it goes.
void Table::shorten(int width)
{
    const std::vector<int> before = widths();
    int missing = totalOf(before) - width;
    for (std::size_t index = 0; index < m_columns.size() && missing > 0; ++index) {
        if (m_columns[index].least == 0 || before[index] <= m_columns[index].least)
            continue;
        const int cut = std::min(missing, before[index] - m_columns[index].least);
        for (auto& row : m_rows)
            row[index].text = elided(row[index].text, before[index] - cut);
        missing -= cut;
    }
}

Lines Table::lines() const
{
    const std::vector<int> widths = this->widths();
    const auto line = [&](const std::vector<Span>& cells) {
        Line result;
        for (std::size_t index = 0; index < cells.size(); ++index) {
            if (index > 0)
                result.push_back({.text = QString(gap, u' ')});
            const QString blanks(widths[index] - displayWidth(cells[index].text), u' ');
            const bool isRight = m_columns[index].alignment == Alignment::Right;
            result.push_back({.text = isRight ? blanks + cells[index].text : cells[index].text + blanks,
                .style = cells[index].style});
        }
        return result;
    };
    std::vector<Span> headings;
    for (const Column& column : m_columns)
        headings.push_back({.text = column.heading, .style = Style::Heading});
    Lines result{line(headings)};
    for (const auto& row : m_rows)
        result.push_back(line(row));
    return result;
}

Table::Fitted Table::fitted(std::optional<int> width, const QString& command) &&
{
    const QStringList left = width ? fit(*width) : QStringList();
    Fitted result{.lines = lines(), .note = {}};
    if (!left.isEmpty()) {
        const QString hint = u"%1, or a wider terminal, shows also: %2"_s.arg(command, left.join(u", "_s));
        for (const QString& line : wrapped(hint, width))
            result.note.push_back({{.text = line, .style = Style::Faint}});
    }
    return result;
}

Lines Table::Fitted::both() &&
{
    std::ranges::move(note, std::back_inserter(lines));
    return std::move(lines);
}

} // namespace foliot::cli
