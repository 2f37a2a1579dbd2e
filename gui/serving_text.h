// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What is said of the time that this computer serves to others: where, and where with Network Time Security, by which
// certificates and how often.

#include "bus/client/data.h"

#include <QString>

namespace foliot::gui {

// Lines of plain text.
[[nodiscard]] QString servingText(const bus::ServerData& server, const bus::NtsServerData& ntsServer);

} // namespace foliot::gui
