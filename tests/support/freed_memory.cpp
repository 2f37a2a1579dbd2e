// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/freed_memory.h"

#include <algorithm>
#include <cstdlib>
#include <new>

#include <malloc.h>

namespace {

thread_local std::string_view soughtInFreed; // empty: nothing is
thread_local int timesFoundInFreed = 0;

void giveBack(void* block) noexcept
{
    if (block && !soughtInFreed.empty()) {
        const std::string_view content(static_cast<const char*>(block), ::malloc_usable_size(block));
        timesFoundInFreed += content.contains(soughtInFreed) ? 1 : 0;
    }
    std::free(block);
}

} // namespace

void* operator new(std::size_t size)
{
    if (void* block = std::malloc(std::max(size, 1UZ)))
        return block;
    throw std::bad_alloc();
}

void* operator new(std::size_t size, const std::nothrow_t& /*tag*/) noexcept
{
    return std::malloc(std::max(size, 1UZ));
}

void operator delete(void* block) noexcept
{
    giveBack(block);
}

void operator delete(void* block, std::size_t /*size*/) noexcept
{
    giveBack(block);
}

namespace foliot::tests {

FreedMemory::FreedMemory(std::string_view sought)
{
    timesFoundInFreed = 0;
    soughtInFreed = sought;
}

FreedMemory::~FreedMemory()
{
    soughtInFreed = {};
}

int FreedMemory::timesFound() const
{
    return timesFoundInFreed;
}

} // namespace foliot::tests
