// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Fuzz target: any octets as what a client says in a key exchange.

#include "fuzz_input.h"
#include "nts/invariants.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t length)
{
    return foliot::abortIfBroken(foliot::nts::brokenRequestInvariant(std::as_bytes(std::span{octets, length})));
}
