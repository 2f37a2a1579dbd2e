// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Fuzz target: any octets as a protected request.

#include "fuzz_input.h"
#include "nts/invariants.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t length)
{
    return foliot::abortIfBroken(
        foliot::nts::brokenProtectedRequestInvariant(std::as_bytes(std::span{octets, length})));
}
