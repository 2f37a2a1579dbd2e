// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Whether memory that is given back to the heap still holds what should have been wiped.

#include <QtClassHelperMacros>

#include <string_view>

namespace foliot::tests {

// While it lives, each block that this thread gives back is looked through.
class FreedMemory {
public:
    explicit FreedMemory(std::string_view sought); // outlives this
    ~FreedMemory();
    Q_DISABLE_COPY_MOVE(FreedMemory)

    int timesFound() const;
};

} // namespace foliot::tests
