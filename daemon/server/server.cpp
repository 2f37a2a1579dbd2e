// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/server/server.h"

#include "daemon/clocks/clock.h"
#include "daemon/server/loop_answering.h"
#include "daemon/server/server_rules.h"
#include "daemon/server/worker_answering.h"

#include <algorithm>

namespace foliot::daemon {

namespace {

std::unique_ptr<Answering> answeringBy(const config::Server& settings, const config::Simulation& simulation,
    Clock& clock, std::function<const sync::State&()> state, AnsweredBy answeredBy)
{
    if (!clock.isMachineClock())
        return std::make_unique<LoopAnswering>(settings, simulation, clock, std::move(state));
    switch (answeredBy) {
    case AnsweredBy::Workers:
        return std::make_unique<WorkerAnswering>(settings, clock, std::move(state));
    case AnsweredBy::EventLoop:
        break;
    }
    return std::make_unique<LoopAnswering>(settings, config::Simulation{}, clock, std::move(state));
}

} // namespace

Server::Server(const config::Server& settings, const config::Simulation& simulation, Clock& clock,
    std::function<const sync::State&()> state, AnsweredBy answeredBy, QObject* parent)
    : QObject(parent)
    , m_settings(settings)
    , m_answering(answeringBy(settings, simulation, clock, std::move(state), answeredBy))
    , m_addresses([this](const Endpoint& local) { return m_answering->open(local); })
{
    if (answeredBy == AnsweredBy::Workers) {
        m_networkWatch = std::make_unique<NetworkWatch>();
        connect(m_networkWatch.get(), &NetworkWatch::changed, this, [this] {
            admit();
            m_addresses.retry();
            Q_EMIT networkChanged();
        });
    }
    connect(&m_addresses, &AddressOpener::opened, this, &Server::opened);
    admit();
}

Server::~Server() = default;

void Server::admit()
{
    m_answering->admit(accessListOf(m_settings));
}

bool Server::change(const config::Server& settings)
{
    auto same = settings;
    same.allow = m_settings.allow;
    same.deny = m_settings.deny;
    if (same != m_settings)
        return false;
    m_settings = settings;
    admit();
    return true;
}

void Server::setKeys(const keys::KeyRing& keys)
{
    m_answering->setKeys(keys);
}

void Server::setCookieKeys(std::shared_ptr<const nts::CookieKeys> keys)
{
    m_answering->setCookieKeys(std::move(keys));
}

void Server::start(std::uint16_t defaultPort)
{
    for (const auto& text : m_settings.listen) {
        const auto local = numericEndpoint(text, defaultPort);
        if (local)
            m_addresses.want(*local);
        else
            m_mistakes.append(
                QStringLiteral("cannot serve on %1: not a numeric address").arg(QString::fromStdString(text)));
    }
}

QStringList Server::problems() const
{
    return m_mistakes + m_addresses.problems();
}

void Server::refresh()
{
    m_answering->refresh();
}

std::vector<Endpoint> Server::endpoints() const
{
    std::vector<Endpoint> endpoints;
    for (const auto& address : served())
        endpoints.push_back(address.endpoint);
    return endpoints;
}

ServerCounters Server::counters() const
{
    return m_answering->counters();
}

std::optional<std::vector<ClientRecord>> Server::clients(std::size_t most) const
{
    if (m_settings.clientLog == 0)
        return std::nullopt;
    // More than one address makes more than one table for a client that asks at several.
    return busiest(merged(m_answering->clients()), most);
}

ServerReport Server::report() const
{
    ServerReport report{.addresses = {}, .problems = problems(), .counters = counters()};
    for (const ServedAddress& address : served()) {
        report.addresses.append(endpointText(address.endpoint));
        // Only threads ask the kernel for a buffer of their own.
        if (address.receiveBuffer == 0)
            continue;
        report.threads += address.sockets;
        report.receiveBuffer =
            report.receiveBuffer == 0 ? address.receiveBuffer : std::min(report.receiveBuffer, address.receiveBuffer);
    }
    return report;
}

} // namespace foliot::daemon
