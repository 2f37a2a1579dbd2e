// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/facts.h"

#include "cli/text.h"

#include <algorithm>

namespace foliot::cli {

using namespace Qt::StringLiterals;

void Facts::add(const QString& name, const QString& value, Style style)
{
    m_facts.push_back({name, {.text = value, .style = style}});
}

void Facts::add(bus::Term name, const QString& value, Style style)
{
    add(QString::fromLatin1(bus::term(name)), value, style);
}

void Facts::appendTo(Lines& lines) const
{
    int width = 0;
    for (const auto& [name, value] : m_facts)
        width = std::max(width, displayWidth(name));
    for (const auto& [name, value] : m_facts) {
        const QString blanks(width - displayWidth(name) + 2, u' ');
        lines.push_back({{.text = u"  "_s + name + blanks}, value});
    }
}

} // namespace foliot::cli
