// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The upper halves of the vector registers are unused after their release, whatever was in them.

#include "daemon/vector_registers.h"

#include <QTest>

#include <array>

using namespace foliot::daemon;

#ifdef __x86_64__

namespace {

// What is left in the upper half of a register that was all ones.
std::array<std::uint64_t, 2> upperHalfAfterRelease()
{
    std::array<std::uint64_t, 2> upper{};
    asm volatile("vpcmpeqd %%xmm15, %%xmm15, %%xmm15\n\tvinsertf128 $1, %%xmm15, %%ymm15, %%ymm15" ::: "xmm15");
    releaseVectorRegisters();
    asm volatile("vextractf128 $1, %%ymm15, %0" : "=m"(upper));
    return upper;
}

} // namespace

#endif

class TestVectorRegisters : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void releaseClearsTheUpperHalves()
    {
#ifdef __x86_64__
        if (!__builtin_cpu_supports("avx"))
            QSKIP("this processor has no wide vector registers");
        QCOMPARE(upperHalfAfterRelease(), (std::array<std::uint64_t, 2>{}));
#else
        QSKIP("only x86 has upper halves that slow others down");
#endif
    }
};

QTEST_APPLESS_MAIN(TestVectorRegisters)

#include "test_vector_registers.moc"
