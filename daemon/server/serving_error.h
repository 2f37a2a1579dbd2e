// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Why time is not served although a person asked for it.

#include <QString>

#include <cstdint>

namespace foliot::daemon {

struct ServingError {
    enum class Kind : std::uint8_t {
        NotServed, // on no address
        NotKept,   // it could not be written down for the next start
    };

    Kind kind = Kind::NotServed;
    QString text; // what is wrong, a sentence or more

    friend bool operator==(const ServingError&, const ServingError&) = default;
};

} // namespace foliot::daemon
