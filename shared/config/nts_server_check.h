// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What no single setting of [nts-server] shows to be wrong.

#include "config/config.h"
#include "config/problems.h"

#include <functional>
#include <string_view>

namespace foliot::config {

// placeOf: where a key of [nts-server] stands, or else the section.
void checkNtsServer(
    const Config& config, const std::function<Position(std::string_view key)>& placeOf, Problems& problems);

} // namespace foliot::config
