// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Several functions as one, for std::visit.

namespace foliot::config {

template<typename... Functions>
struct Overloaded : Functions... {
    using Functions::operator()...;
};

} // namespace foliot::config
