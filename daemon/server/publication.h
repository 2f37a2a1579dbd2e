// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A value that is made whole, published by the event loop and read by others, who keep what they have until there is another
// one. Looking for another one is one load; only taking it over waits, and then for no longer than a pointer is copied.

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>

namespace foliot::daemon {

template<typename Value>
class Publication {
public:
    Publication()
        : m_value(std::make_shared<const Value>())
    {}
    explicit Publication(Value first)
        : m_value(std::make_shared<const Value>(std::move(first)))
    {}

    void publish(Value value) { publish(std::make_shared<const Value>(std::move(value))); }

    // One that others publish too.
    void publish(std::shared_ptr<const Value> next)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_value.swap(next);
        }
        m_version.fetch_add(1, std::memory_order_release);
    } // the old value ends here, or with its last reader

    std::uint64_t version() const { return m_version.load(std::memory_order_acquire); }

    std::shared_ptr<const Value> value() const
    {
        const std::lock_guard lock(m_mutex);
        return m_value;
    }

private:
    alignas(64) std::atomic<std::uint64_t> m_version = 1;
    mutable std::mutex m_mutex;
    std::shared_ptr<const Value> m_value;
};

// One reader's copy, which lasts from one renew() to the next.
template<typename Value>
class Subscription {
public:
    explicit Subscription(const Publication<Value>& publication)
        : m_publication(publication)
        , m_value(publication.value())
    {}

    // True when it may be another one.
    bool renew()
    {
        // The version first: a value published in between is taken over once more.
        const auto version = m_publication.version();
        if (version == m_version)
            return false;
        m_version = version;
        m_value = m_publication.value();
        return true;
    }

    const Value& value() const { return *m_value; }
    // To be kept beyond the next renew().
    const std::shared_ptr<const Value>& shared() const { return m_value; }

private:
    const Publication<Value>& m_publication;
    std::uint64_t m_version = 0;
    std::shared_ptr<const Value> m_value;
};

} // namespace foliot::daemon
