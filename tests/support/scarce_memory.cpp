// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/scarce_memory.h"

#include <openssl/crypto.h>
#include <openssl/err.h>

#include <cerrno>
#include <cstdlib>
#include <limits>

namespace {

// How many more pieces a thread can have.
thread_local long piecesLeft = std::numeric_limits<long>::max();

bool isSpent()
{
    return piecesLeft <= 0 || --piecesLeft < 0;
}

} // namespace

extern "C" {
// By the linker's --wrap: what libraries in this program itself ask the heap for.
void* __real_malloc(std::size_t size);
int __real_posix_memalign(void** piece, std::size_t alignment, std::size_t size);
void* __wrap_malloc(std::size_t size);
int __wrap_posix_memalign(void** piece, std::size_t alignment, std::size_t size);
}

void* __wrap_malloc(std::size_t size)
{
    return isSpent() ? nullptr : __real_malloc(size);
}

int __wrap_posix_memalign(void** piece, std::size_t alignment, std::size_t size)
{
    return isSpent() ? ENOMEM : __real_posix_memalign(piece, alignment, size);
}

namespace foliot::tests {

namespace {

void* allocate(std::size_t size, const char*, int)
{
    return __wrap_malloc(size);
}

void* reallocate(void* piece, std::size_t size, const char*, int)
{
    return isSpent() ? nullptr : std::realloc(piece, size);
}

void release(void* piece, const char*, int)
{
    std::free(piece);
}

} // namespace

bool watchMemory()
{
    return CRYPTO_set_mem_functions(allocate, reallocate, release) == 1;
}

Scarcity::Scarcity(long pieces)
{
    piecesLeft = pieces;
}

Scarcity::~Scarcity()
{
    piecesLeft = std::numeric_limits<long>::max();
    ERR_clear_error();
}

long Scarcity::left() const
{
    return piecesLeft;
}

} // namespace foliot::tests
