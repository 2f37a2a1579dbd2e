// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A thread that exchanges keys: waits for clients on its listening sockets and for what they say, never for one of them.
// The time service has other threads, which it shares nothing with but what is published.

#include "daemon/net/file_descriptor.h"
#include "daemon/nts_server/connection_limits.h"
#include "daemon/nts_server/grant.h"
#include "daemon/nts_server/identity.h"
#include "daemon/nts_server/key_exchange_counters.h"
#include "daemon/nts_server/served_exchange.h"
#include "daemon/server/publication.h"

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace foliot::daemon {

// What the threads go by, published by the event loop.
struct KeyExchangePublished {
    Publication<Identities> identities;
    Publication<AccessList> access;
};

struct KeyExchangeRules {
    ConnectionLimit limit;                     // of this thread
    std::chrono::milliseconds timeLimit{5000}; // of a connection as a whole
    TimeServer told;
};

class KeyExchangeWorker {
public:
    // name: of the thread. What is published outlives the worker. Throws std::system_error without descriptors or threads.
    KeyExchangeWorker(const KeyExchangePublished& published, const Publication<nts::CookieKeys>& cookieKeys,
        const KeyExchangeRules& rules, const std::string& name);
    ~KeyExchangeWorker();
    KeyExchangeWorker(const KeyExchangeWorker&) = delete;
    KeyExchangeWorker& operator=(const KeyExchangeWorker&) = delete;

    // Takes clients from this socket too from now on. By the owner's thread. 0 or errno.
    int listen(FileDescriptor socket);

    KeyExchangeCounters counters() const { return m_live.read(); }

private:
    using Number = std::uint64_t;
    struct Connection {
        Number number;
        FileDescriptor socket;
        NetworkAddress client;
        RawTime deadline;
        std::unique_ptr<ServedExchange> exchange; // none before anything was said, and after all was
        std::vector<std::byte> unsent;
        std::size_t ignored = 0; // octets that came after the end
        bool hasEnded = false;   // and was counted; we wait for the client to close
        bool saysNoMore = false; // the client; it may still listen
    };
    using Connections = std::map<Number, Connection>; // in the order in which they came, and thereby of their deadlines

    void run();
    void handle(Number number, std::uint32_t events);
    void accept(int listener);
    void survive();
    void add(FileDescriptor socket, const NetworkAddress& client);
    bool read(Connection& connection);
    bool hear(Connection& connection, std::span<const std::byte> octets);
    bool end(Connection& connection, KeyExchangeEnd end);
    bool send(Connection& connection, std::vector<std::byte> octets);
    bool watchFor(Connection& connection);
    void drop(Connections::iterator which, KeyExchangeEnd reason);
    void endOverdue();
    int untilNext() const;

    const KeyExchangeRules m_rules;
    Subscription<Identities> m_identities;
    Subscription<AccessList> m_access;
    Subscription<nts::CookieKeys> m_cookieKeys;
    nts::CookieJar m_jar; // of those
    ConnectionLimits m_limits;
    FileDescriptor m_epoll;
    FileDescriptor m_wake;                   // readable when the thread is to end
    std::vector<FileDescriptor> m_listeners; // of the owner; the thread knows them by number
    Connections m_connections;
    Number m_nextNumber = 1;
    RawTime m_now{};
    std::vector<std::byte> m_buffer;
    LiveKeyExchangeCounters m_live;
    std::thread m_thread; // the last: it uses all of the others
};

} // namespace foliot::daemon
