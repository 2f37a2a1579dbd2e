// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Names and values in two columns.

#include "bus/client/terms.h"
#include "cli/output.h"

#include <utility>
#include <vector>

namespace foliot::cli {

class Facts {
public:
    void add(const QString& name, const QString& value, Style style = Style::Plain);
    void add(bus::Term name, const QString& value, Style style = Style::Plain);
    void appendTo(Lines& lines) const;

private:
    std::vector<std::pair<QString, Span>> m_facts;
};

} // namespace foliot::cli
