// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What is wrong with the daemon and shows in no measurement: its file, its memory, a rival, its servers.

#include "bus/client/data.h"

namespace foliot::gui {

// One sentence a line; empty when all is well.
[[nodiscard]] QString problemText(
    const bus::ClockData& clock, const bus::ServerData& server, const bus::NtsServerData& ntsServer);

} // namespace foliot::gui
