// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/table.h"

#include "cli/text.h"

#include <algorithm>

namespace foliot::cli {

using namespace Qt::StringLiterals;

Table::Table(std::vector<Column> columns)
    : m_columns(std::move(columns))
{}

void Table::add(std::vector<Span> cells)
{
    Q_ASSERT(cells.size() == m_columns.size());
    m_rows.push_back(std::move(cells));
}

Lines Table::lines() const
{
    std::vector<int> widths;
    for (std::size_t index = 0; index < m_columns.size(); ++index) {
        int width = displayWidth(m_columns[index].heading);
        for (const auto& row : m_rows)
            width = std::max(width, displayWidth(row[index].text));
        widths.push_back(width);
    }
    const auto line = [&](const std::vector<Span>& cells) {
        Line result;
        for (std::size_t index = 0; index < cells.size(); ++index) {
            if (index > 0)
                result.push_back({.text = u"  "_s});
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

} // namespace foliot::cli
