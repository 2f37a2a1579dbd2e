// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A value that one thread publishes and others read without waiting for anybody: readers copy it and look whether it
// changed meanwhile. Every access is an atomic one, so that no order of events is a data race.

#include <array>
#include <atomic>
#include <cstdint>
#include <cstring>
#include <optional>
#include <type_traits>

namespace foliot::daemon {

template<typename Value>
class Seqlock {
    static_assert(std::is_trivially_copyable_v<Value>);

public:
    // By one thread at a time.
    void write(const Value& value)
    {
        std::array<std::uint64_t, wordCount> words{};
        std::memcpy(words.data(), &value, sizeof(Value));
        const auto version = m_version.load(std::memory_order_relaxed);
        m_version.store(version + 1, std::memory_order_relaxed);
        // Whoever sees one of these words sees the odd version too.
        for (std::size_t i = 0; i < wordCount; ++i)
            m_words[i].store(words[i], std::memory_order_release);
        m_version.store(version + 2, std::memory_order_release);
    }

    // Even, and different after each write: tells cheaply that there is something new.
    std::uint64_t version() const { return m_version.load(std::memory_order_acquire); }

    // Empty when a write came in between; the old value is then still good for a moment.
    std::optional<Value> tryRead() const
    {
        const auto before = m_version.load(std::memory_order_acquire);
        std::array<std::uint64_t, wordCount> words{};
        for (std::size_t i = 0; i < wordCount; ++i)
            words[i] = m_words[i].load(std::memory_order_acquire);
        if (before % 2 != 0 || m_version.load(std::memory_order_relaxed) != before)
            return std::nullopt;
        Value value;
        std::memcpy(static_cast<void*>(&value), words.data(), sizeof(Value));
        return value;
    }

private:
    static constexpr std::size_t wordCount = (sizeof(Value) + sizeof(std::uint64_t) - 1) / sizeof(std::uint64_t);

    alignas(64) std::atomic<std::uint64_t> m_version = 0;
    std::array<std::atomic<std::uint64_t>, wordCount> m_words{};
};

} // namespace foliot::daemon
