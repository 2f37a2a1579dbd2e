// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Prints foliot.toml(5), which is made from the table of settings when Foliot is built.

#include "config/settings.h"

#include <cstdio>

int main()
{
    return std::fputs(foliot::config::manualPage(FOLIOT_VERSION).c_str(), stdout) < 0 ? 1 : 0;
}
