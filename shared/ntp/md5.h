// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// MD5, RFC 1321. Not for security: the reference identifier of a server with an IPv6 address is defined by it.

#include <array>
#include <cstddef>
#include <span>

namespace foliot::ntp {

std::array<std::byte, 16> md5(std::span<const std::byte> message);

} // namespace foliot::ntp
