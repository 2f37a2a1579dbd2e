// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/nts_server/key_exchange_worker.h"

#include "daemon/net/random.h"
#include "daemon/net/socket.h"
#include "daemon/server/quiet_thread.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <ctime>
#include <system_error>

#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

namespace foliot::daemon {

namespace {

constexpr std::size_t readAtOnce = 16'384;
constexpr int pauseMs = 100; // when nothing of ours could be given up for another connection

// What an event is about: connections have numbers that are not used again, so that an event that comes too late finds none.
constexpr std::uint64_t wakeTag = 0;
constexpr std::uint64_t listenerTag = std::uint64_t{1} << 63;

RawTime rawTime()
{
    timespec time{};
    ::clock_gettime(CLOCK_MONOTONIC_RAW, &time);
    return RawTime{std::chrono::seconds(time.tv_sec) + Nanoseconds(time.tv_nsec)};
}

bool watch(int epoll, int operation, int descriptor, std::uint32_t events, std::uint64_t tag)
{
    epoll_event event{.events = events, .data = {.u64 = tag}};
    return ::epoll_ctl(epoll, operation, descriptor, &event) == 0;
}

FileDescriptor mustBe(int descriptor)
{
    if (descriptor < 0)
        throw std::system_error(errno, std::generic_category());
    return FileDescriptor(descriptor);
}

// The kernel forgets the connection at once, unlike after a goodbye.
void reset(const FileDescriptor& socket)
{
    constexpr linger atOnce{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(socket.get(), SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
}

bool isShortage(int error)
{
    return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM;
}

} // namespace

KeyExchangeWorker::KeyExchangeWorker(const KeyExchangePublished& published,
    const Publication<nts::CookieKeys>& cookieKeys, const KeyExchangeRules& rules, const std::string& name)
    : m_rules(rules)
    , m_identities(published.identities)
    , m_access(published.access)
    , m_cookieKeys(cookieKeys)
    , m_limits(rules.limit, {randomTransmitTimestamp(), randomTransmitTimestamp()})
    , m_epoll(mustBe(::epoll_create1(EPOLL_CLOEXEC)))
    , m_wake(mustBe(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)))
    , m_buffer(readAtOnce)
{
    if (!watch(m_epoll.get(), EPOLL_CTL_ADD, m_wake.get(), EPOLLIN, wakeTag))
        throw std::system_error(errno, std::generic_category());
    m_thread = startQuietThread(name, [this] { run(); });
}

KeyExchangeWorker::~KeyExchangeWorker()
{
    ::eventfd_write(m_wake.get(), 1);
    m_thread.join();
}

int KeyExchangeWorker::listen(FileDescriptor socket)
{
    const int descriptor = socket.get();
    if (!watch(m_epoll.get(), EPOLL_CTL_ADD, descriptor, EPOLLIN, listenerTag | static_cast<unsigned>(descriptor)))
        return errno;
    m_listeners.push_back(std::move(socket));
    return 0;
}

void KeyExchangeWorker::run()
{
    std::array<epoll_event, 64> events{};
    for (;;) {
        const int count = ::epoll_wait(m_epoll.get(), events.data(), static_cast<int>(events.size()), untilNext());
        m_now = rawTime();
        m_identities.renew();
        m_access.renew();
        if (m_cookieKeys.renew())
            m_jar = nts::CookieJar(m_cookieKeys.value());
        for (const epoll_event& event : std::span(events).first(static_cast<std::size_t>(std::max(count, 0)))) {
            const std::uint64_t tag = event.data.u64;
            if (tag == wakeTag)
                return;
            if ((tag & listenerTag) != 0)
                accept(static_cast<int>(tag & ~listenerTag));
            else
                handle(tag, event.events);
        }
        endOverdue();
        m_live.setOpen(m_connections.size());
    }
}

int KeyExchangeWorker::untilNext() const
{
    if (m_connections.empty())
        return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(m_connections.begin()->second.deadline - rawTime());
    return static_cast<int>(std::max(left, std::chrono::milliseconds{0}).count());
}

void KeyExchangeWorker::accept(int listener)
{
    sockaddr_storage from{};
    socklen_t length = sizeof from;
    FileDescriptor socket{
        ::accept4(listener, reinterpret_cast<sockaddr*>(&from), &length, SOCK_NONBLOCK | SOCK_CLOEXEC)};
    if (!socket.isValid()) {
        if (isShortage(errno))
            survive();
        return;
    }
    const NetworkAddress client = networkEndpointOf(from).address;
    auto refusal = m_limits.enter(client, m_access.value(), m_now);
    if (!refusal && m_identities.value().isEmpty()) {
        m_limits.left(client);
        refusal = KeyExchangeEnd::NotReady;
    }
    if (refusal) {
        reset(socket);
        m_live.count(*refusal);
        return;
    }
    if (m_connections.size() >= m_rules.limit.inAll)
        drop(m_connections.begin(), KeyExchangeEnd::Displaced);
    add(std::move(socket), client);
}

// The connection that came stays where it is until there is a descriptor for it.
void KeyExchangeWorker::survive()
{
    m_live.countAcceptFailure();
    if (!m_connections.empty())
        return drop(m_connections.begin(), KeyExchangeEnd::Displaced);
    pollfd waited{.fd = m_wake.get(), .events = POLLIN, .revents = 0};
    ::poll(&waited, 1, pauseMs);
}

void KeyExchangeWorker::add(FileDescriptor socket, const NetworkAddress& client)
{
    const Number number = m_nextNumber++;
    const auto added = m_connections.emplace_hint(m_connections.end(), number,
        Connection{
            .number = number, .socket = std::move(socket), .client = client, .deadline = m_now + m_rules.timeLimit});
    Connection& connection = added->second;
    // What it said is mostly there already: it is taken out of the listening socket when it speaks.
    if (!watch(m_epoll.get(), EPOLL_CTL_ADD, connection.socket.get(), EPOLLIN, number) || !read(connection))
        drop(added, KeyExchangeEnd::LeftEarly);
}

void KeyExchangeWorker::handle(Number number, std::uint32_t events)
{
    const auto found = m_connections.find(number);
    if (found == m_connections.end())
        return;
    Connection& connection = found->second;
    bool stays = true;
    if ((events & EPOLLOUT) != 0)
        stays = send(connection, std::exchange(connection.unsent, {})) && watchFor(connection);
    if (stays && (events & ~static_cast<std::uint32_t>(EPOLLOUT)) != 0)
        stays = read(connection);
    if (!stays)
        drop(found, KeyExchangeEnd::LeftEarly);
}

// False here and below: the connection is of no more use.
bool KeyExchangeWorker::read(Connection& connection)
{
    const ssize_t count = ::recv(connection.socket.get(), m_buffer.data(), m_buffer.size(), 0);
    if (count < 0)
        return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
    if (count > 0)
        return hear(connection, std::span(m_buffer).first(static_cast<std::size_t>(count)));
    if (connection.saysNoMore)
        return false; // said twice: there is nobody any more
    connection.saysNoMore = true;
    if (connection.exchange)
        end(connection, connection.exchange->ended());
    return !connection.unsent.empty() && watchFor(connection);
}

bool KeyExchangeWorker::hear(Connection& connection, std::span<const std::byte> octets)
{
    if (connection.hasEnded) {
        connection.ignored += octets.size();
        return connection.ignored <= ServedExchange::maxOctets;
    }
    if (!connection.exchange)
        connection.exchange = std::make_unique<ServedExchange>(m_identities.shared(), m_rules.told);
    const auto ended = connection.exchange->received(octets, m_jar);
    if (ended)
        return end(connection, *ended);
    return send(connection, connection.exchange->toSend());
}

// Says what is left to say. A client that is still speaking would not hear it if we closed: it gets the time that it has.
bool KeyExchangeWorker::end(Connection& connection, KeyExchangeEnd end)
{
    m_live.count(end);
    connection.hasEnded = true;
    auto octets = connection.exchange ? connection.exchange->toSend() : std::vector<std::byte>{};
    connection.exchange.reset();
    return !octets.empty() && send(connection, std::move(octets));
}

bool KeyExchangeWorker::send(Connection& connection, std::vector<std::byte> octets)
{
    std::vector<std::byte>& unsent = connection.unsent;
    const bool wasStuck = !unsent.empty();
    unsent.insert(unsent.end(), octets.begin(), octets.end());
    if (wasStuck || unsent.empty())
        return true;
    const ssize_t sent = ::send(connection.socket.get(), unsent.data(), unsent.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR)
        return false;
    unsent.erase(unsent.begin(), unsent.begin() + std::max<ssize_t>(sent, 0));
    if (!unsent.empty())
        return watchFor(connection);
    if (connection.hasEnded)
        ::shutdown(connection.socket.get(), SHUT_WR);
    return !connection.saysNoMore;
}

bool KeyExchangeWorker::watchFor(Connection& connection)
{
    std::uint32_t events = 0;
    if (!connection.saysNoMore)
        events |= EPOLLIN;
    if (!connection.unsent.empty())
        events |= EPOLLOUT;
    return watch(m_epoll.get(), EPOLL_CTL_MOD, connection.socket.get(), events, connection.number);
}

void KeyExchangeWorker::drop(Connections::iterator which, KeyExchangeEnd reason)
{
    Connection& connection = which->second;
    if (!connection.hasEnded)
        m_live.count(reason);
    m_limits.left(connection.client);
    m_connections.erase(which);
}

void KeyExchangeWorker::endOverdue()
{
    while (!m_connections.empty() && m_connections.begin()->second.deadline <= m_now) {
        Connection& connection = m_connections.begin()->second;
        if (!connection.hasEnded && connection.exchange)
            end(connection, connection.exchange->timeUp());
        drop(m_connections.begin(), KeyExchangeEnd::TooSlow);
    }
}

} // namespace foliot::daemon
