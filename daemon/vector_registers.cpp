// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/vector_registers.h"

#ifdef __x86_64__
#include <immintrin.h>
#endif

namespace foliot::daemon {

#ifdef __x86_64__

namespace {

[[gnu::target("avx")]] void zeroUpperHalves()
{
    _mm256_zeroupper();
}

} // namespace

void releaseVectorRegisters()
{
    static const bool hasWideRegisters = __builtin_cpu_supports("avx") != 0;
    if (hasWideRegisters)
        zeroUpperHalves();
}

#else

void releaseVectorRegisters()
{}

#endif

} // namespace foliot::daemon
