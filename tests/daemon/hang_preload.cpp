// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Preloaded into foliotd under test: the last real-time signal makes its main thread stand still for good, as an endless
// loop in the daemon would.

#include <csignal>
#include <cstdlib>

#include <unistd.h>

namespace {

void hang(int)
{
    for (;;)
        ::pause(); // comes back with every other signal, and goes on
}

[[gnu::constructor]] void prepare()
{
    if (std::getenv("FOLIOT_TEST_HANG") != nullptr)
        std::signal(SIGRTMAX, hang);
}

} // namespace
