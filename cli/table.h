// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Columns that line up, and how a table is made to fit a page: columns leave by rank, then long cells are shortened.

#include "cli/output.h"

#include <QStringList>

#include <optional>

namespace foliot::cli {

enum class Alignment : quint8 { Left, Right };

struct Column {
    QString heading;
    Alignment alignment = Alignment::Left;
    int leaves = 0; // where room is short: 1 goes first, then 2 and so on; 0 stays
    int least = 0;  // columns that are enough of it where room is short; 0: it is not shortened
};

class Table {
public:
    explicit Table(std::vector<Column> columns);

    void add(std::vector<Span> cells); // as many as there are columns
    // Has the table take no more columns of a terminal than this, if that can be. Returns the headings that left.
    QStringList fit(int width);
    Lines lines() const; // the heading first
    // The same, fitted to the width where there is one, and a line that names what left and the command that shows it.
    struct Fitted {
        Lines lines;
        Lines note;

        Lines both() &&;
    };
    Fitted fitted(std::optional<int> width, const QString& command) &&;

private:
    std::vector<int> widths() const;
    void remove(std::size_t index);
    void shorten(int width);

    std::vector<Column> m_columns;
    std::vector<std::vector<Span>> m_rows;
};

} // namespace foliot::cli
