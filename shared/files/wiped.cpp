// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "files/wiped.h"

#include <string.h>

namespace foliot::files {

void wipe(std::span<std::byte> octets)
{
    if (!octets.empty()) // of which there may be no address
        ::explicit_bzero(octets.data(), octets.size());
}

} // namespace foliot::files
