// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// AES-SIV a second time, put together from AES-CMAC and AES-CTR as RFC 5297 section 2 says, for any number of components
// of associated data: the RFC's own examples have one and three, where NTS always has two.

#include "ntp/octet_text.h"

#include <span>

namespace foliot::nts {

// The tag, then the encrypted text. components: the associated data, the nonce last.
ntp::Octets referenceSiv(
    std::span<const std::byte> key, std::span<const ntp::Octets> components, std::span<const std::byte> plaintext);

} // namespace foliot::nts
