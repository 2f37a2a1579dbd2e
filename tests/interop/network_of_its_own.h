// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Moves the test, and all that it starts from then on, into a network namespace with nothing but a loopback interface:
// every port is free, port 123 too, and nothing can leave the machine.

#include <QString>

namespace foliot::tests {

// Two more addresses on that loopback interface, because ntpsec takes no server at 127.0.0.0/8.
inline constexpr const char16_t* firstAddress = u"10.99.0.1";
inline constexpr const char16_t* secondAddress = u"10.99.0.2";

// Why it could not be done (no privilege), or empty. Call before any thread is started.
QString enterNetworkOfItsOwn();

} // namespace foliot::tests
