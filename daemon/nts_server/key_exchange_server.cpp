// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/nts_server/key_exchange_server.h"

#include "daemon/net/random.h"
#include "daemon/nts_server/listening_socket.h"

#include <algorithm>
#include <cstring>
#include <system_error>

#include <sys/resource.h>

namespace foliot::daemon {

namespace {

// Half of the descriptors that the process may have stay for all else that it does; as many as are wanted are asked for.
std::size_t withinDescriptors(std::size_t connections)
{
    const rlim_t wanted = 2 * std::max<std::size_t>(connections, 1);
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return connections;
    if (limit.rlim_cur < wanted) {
        const rlimit more{.rlim_cur = std::min(wanted, limit.rlim_max), .rlim_max = limit.rlim_max};
        if (::setrlimit(RLIMIT_NOFILE, &more) == 0)
            limit = more;
    }
    return static_cast<std::size_t>(std::min(wanted, limit.rlim_cur) / 2);
}

RealTime realTime()
{
    return RealTime{std::chrono::system_clock::now().time_since_epoch()};
}

QString cannotExchange(const Endpoint& local, int error)
{
    return QStringLiteral("cannot exchange keys on %1: %2")
        .arg(endpointText(local), QString::fromLocal8Bit(std::strerror(error)));
}

} // namespace

QString exchangingText(const ServedAddress& served)
{
    return QStringLiteral("exchanging keys on %1, %2 thread%3")
        .arg(endpointText(served.endpoint), QString::number(served.sockets),
            served.sockets == 1 ? QString() : QStringLiteral("s"));
}

KeyExchangeServer::KeyExchangeServer(
    const KeyExchangeSettings& settings, const Publication<nts::CookieKeys>& cookieKeys, QObject* parent)
    : QObject(parent)
    , m_settings(settings)
    , m_cookieKeys(cookieKeys)
    , m_mostConnections(withinDescriptors(settings.limit.inAll))
    , m_steeringKey(randomTransmitTimestamp())
    , m_identities(m_published.identities)
    , m_addresses([this](const Endpoint& local) { return open(local); })
{
    connect(&m_identities, &IdentityKeeper::changed, this, &KeyExchangeServer::certificatesChanged);
    connect(&m_addresses, &AddressOpener::opened, this, &KeyExchangeServer::opened);
}

KeyExchangeServer::~KeyExchangeServer() = default;

KeyExchangeRules KeyExchangeServer::rulesOfOneThread() const
{
    ConnectionLimit limit = m_settings.limit;
    limit.inAll = std::max<std::size_t>(m_mostConnections / std::max(m_settings.threads, 1U), 1);
    return {.limit = limit, .timeLimit = m_settings.timeLimit, .told = m_settings.told};
}

void KeyExchangeServer::start()
{
    m_identities.keep(m_settings.identities);
    try {
        for (unsigned i = 0; i < std::max(m_settings.threads, 1U); ++i)
            m_workers.push_back(std::make_unique<KeyExchangeWorker>(
                m_published, m_cookieKeys, rulesOfOneThread(), "nts-ke-" + std::to_string(i + 1)));
    } catch (const std::system_error& shortage) {
        m_workers.clear();
        m_threadProblem =
            QStringLiteral("cannot exchange keys: ") + QString::fromLocal8Bit(std::strerror(shortage.code().value()));
        return;
    }
    for (const Endpoint& address : m_settings.addresses)
        m_addresses.want(address);
}

std::expected<ServedAddress, QString> KeyExchangeServer::open(const Endpoint& local)
{
    auto group = openListeningGroup(
        local, static_cast<unsigned>(m_workers.size()), m_settings.limit.rate.prefixes, m_steeringKey);
    if (!group)
        return std::unexpected(cannotExchange(local, group.error()));
    for (std::size_t i = 0; i < m_workers.size(); ++i)
        if (const int error = m_workers[i]->listen(std::move(group->sockets[i])))
            return std::unexpected(cannotExchange(local, error));
    return ServedAddress{.endpoint = group->endpoint, .sockets = static_cast<int>(m_workers.size())};
}

bool KeyExchangeServer::change(const KeyExchangeSettings& settings)
{
    auto same = settings;
    same.identities = m_settings.identities;
    if (same != m_settings)
        return false;
    m_settings = settings;
    m_identities.keep(m_settings.identities);
    return true;
}

void KeyExchangeServer::admit(AccessList access)
{
    m_published.access.publish(std::move(access));
}

QStringList KeyExchangeServer::problems() const
{
    QStringList problems = m_addresses.problems() + m_identities.problems(realTime());
    if (!m_threadProblem.isEmpty())
        problems.prepend(m_threadProblem);
    if (m_mostConnections < m_settings.limit.inAll)
        problems.append(QStringLiteral("no more than %1 of %2 connections: the system allows no more descriptors")
                .arg(m_mostConnections)
                .arg(m_settings.limit.inAll));
    return problems;
}

KeyExchangeCounters KeyExchangeServer::counters() const
{
    KeyExchangeCounters sum;
    for (const auto& worker : m_workers)
        sum += worker->counters();
    return sum;
}

KeyExchangeReport KeyExchangeServer::report() const
{
    KeyExchangeReport report{.addresses = {},
        .problems = problems(),
        .threads = static_cast<unsigned>(m_workers.size()),
        .mostConnections = m_mostConnections,
        .identities = m_identities.identities(realTime()),
        .counters = counters()};
    for (const ServedAddress& address : served())
        report.addresses.append(endpointText(address.endpoint));
    return report;
}

} // namespace foliot::daemon
