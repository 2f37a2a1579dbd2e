// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the processor's instructions for AES do for Aes; to be called only where it has them.

#include "nts/aes.h"

#include <span>

// To build what other processors run, FOLIOT_WITHOUT_AES_INSTRUCTIONS.
#if defined(__x86_64__) && !defined(FOLIOT_WITHOUT_AES_INSTRUCTIONS)
#define FOLIOT_HAS_AES_INSTRUCTIONS
#endif

namespace foliot::nts {

bool areThereAesInstructions();

// Of keys of 16, 24 or 32 octets, all as long as each other, with which the round keys begin. FIPS 197 section 5.2.
void expandKeys(std::span<Aes::RoundKeys* const> roundKeys, std::size_t keyLength);

void encryptByInstructions(const Aes& aes, std::span<Block> blocks);
void encryptByInstructions(std::span<const Aes* const> keys, std::span<Block> blocks);
void encryptByInstructions(std::span<Aes::Chain> chains);
void addStreamByInstructions(const Aes& aes, const WideNumber& counter, Aes::Octets text, std::span<std::byte> sum);

} // namespace foliot::nts
