// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "files/wiped.h"

#include <string.h>

namespace foliot::files {

void wipe(std::span<char> letters)
{
    ::explicit_bzero(letters.data(), letters.size());
}

} // namespace foliot::files
