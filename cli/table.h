// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Columns that line up.

#include "cli/output.h"

namespace foliot::cli {

enum class Alignment : quint8 { Left, Right };

struct Column {
    QString heading;
    Alignment alignment = Alignment::Left;
};

class Table {
public:
    explicit Table(std::vector<Column> columns);

    void add(std::vector<Span> cells); // as many as there are columns
    Lines lines() const;               // the heading first

private:
    std::vector<Column> m_columns;
    std::vector<std::vector<Span>> m_rows;
};

} // namespace foliot::cli
