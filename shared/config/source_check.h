// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What no single setting of a [[source]] section shows to be wrong, and the settings that follow from others of it.

#include "config/address.h"
#include "config/config.h"
#include "config/problems.h"

#include <map>
#include <string_view>
#include <vector>

namespace foliot::config {

using Positions = std::map<std::string_view, Position>; // of the keys that a section has

// Sees the sources of one file, in their order.
class SourceCheck {
public:
    explicit SourceCheck(Problems& problems)
        : m_problems(problems)
    {}

    // Tells what is wrong with the source, and sets what is not written but follows: its port, its shortest interval. An
    // address loses its port. header: where the section begins.
    void check(Source& source, const Positions& positions, Position header);

    // Where sources name symmetric keys.
    const std::vector<Position>& keys() const { return m_keys; }

private:
    void checkAddress(Source& source, const Positions& positions, Position header);

    Problems& m_problems;
    std::vector<Address> m_addresses; // of the sources so far
    std::vector<Position> m_keys;
};

} // namespace foliot::config
