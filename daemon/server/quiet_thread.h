// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Starts the threads that answer, beside the event loop.

#include <functional>
#include <string>
#include <thread>

namespace foliot::daemon {

// No signal comes to it: those are for the event loop. name: for whoever looks at the process; at most 15 characters.
// Throws std::system_error when there can be no more threads, as std::thread does.
std::thread startQuietThread(std::string name, std::function<void()> work);

} // namespace foliot::daemon
