// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/serving.h"

#include "daemon/clocks/clock.h"
#include "daemon/log.h"
#include "daemon/net/file_descriptor.h"
#include "daemon/state/kept_serving.h"

#include <utility>

#include <sys/socket.h>

namespace foliot::daemon {

std::vector<std::string> usualListen(const Clock& clock)
{
    std::vector<std::string> listen{clock.isMachineClock() ? "0.0.0.0" : "127.0.0.1"};
    if (FileDescriptor{::socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0)}.isValid())
        listen.emplace_back(clock.isMachineClock() ? "[::]" : "[::1]");
    return listen;
}

Serving::Serving(Clock& clock, Start start, QObject* parent)
    : QObject(parent)
    , m_clock(clock)
    , m_start(std::move(start))
    , m_choice(m_start.listen.empty() ? usualListen(clock) : m_start.listen)
    , m_nts(m_start.directory)
{
    connect(&m_nts, &NtsServer::cookieKeysChanged, this, [this] {
        if (m_server)
            m_server->setCookieKeys(m_nts.cookieKeys());
    });
    if (!m_start.directory)
        return;
    if (const auto isKept = loadKeptServing(*m_start.directory))
        m_choice.remember(*isKept);
    else
        qCWarning(logServer).noquote() << QString::fromStdString(isKept.error().message);
}

Serving::~Serving() = default;

void Serving::configure(
    const config::Server& settings, const config::Simulation& simulation, const config::NtsServer& nts)
{
    m_choice.configure(settings);
    m_ntsSettings = nts;
    // A simulated network is made with the server behind it.
    if (simulation != std::exchange(m_simulation, simulation))
        m_server.reset();
    apply();
}

void Serving::setKeys(const keys::KeyRing& keys)
{
    m_keys = keys;
    if (m_server)
        m_server->setKeys(m_keys);
}

void Serving::refresh()
{
    if (m_server)
        m_server->refresh();
}

void Serving::apply()
{
    const auto wanted = m_choice.wanted();
    const auto before = std::exchange(m_inForce, wanted);
    // First, so that who comes with a cookie when time begins to be served finds its key.
    m_nts.configure({.server = m_inForce, .ntsServer = m_ntsSettings});
    const bool isGoingOn = m_server && (wanted == before || m_server->change(wanted));
    if (!isGoingOn) {
        m_server.reset();
        if (!wanted.listen.empty())
            startServer();
    }
    Q_EMIT changed();
}

void Serving::startServer()
{
    m_server = std::make_unique<Server>(m_inForce, m_simulation, m_clock, m_start.state, m_start.answeredBy);
    m_server->setKeys(m_keys);
    m_server->setCookieKeys(m_nts.cookieKeys());
    connect(m_server.get(), &Server::networkChanged, &m_nts, &NtsServer::networkChanged);
    m_server->start();
    connect(m_server.get(), &Server::opened, this, [this](const ServedAddress& served) {
        qCInfo(logServer).noquote() << servedText(served);
        Q_EMIT changed();
    });
    for (const QString& problem : m_server->problems())
        qCCritical(logServer).noquote() << problem;
    for (const ServedAddress& served : m_server->served())
        qCInfo(logServer).noquote() << servedText(served);
}

std::expected<QStringList, ServingError> Serving::request(bool isServing, bool keep)
{
    const ServingChoice before = m_choice;
    const auto takeBack = [&](ServingError error) {
        m_choice = before;
        apply();
        return std::unexpected(std::move(error));
    };
    m_choice.ask(isServing, keep);
    apply();
    if (isServing && !(m_server && m_server->isServing())) {
        const QStringList problems = m_server ? m_server->problems() : QStringList();
        return takeBack({.kind = ServingError::Kind::NotServed, .text = problems.join(QStringLiteral("; "))});
    }
    if (keep) {
        const auto kept = m_start.directory ? saveKeptServing(*m_start.directory, isServing)
                                            : std::unexpected(StateError{"no state directory can be used"});
        if (!kept)
            return takeBack(
                {.kind = ServingError::Kind::NotKept, .text = QString::fromStdString(kept.error().message)});
    }
    if (!isServing)
        qCInfo(logServer) << "asked to serve time no longer";
    return report().addresses;
}

std::optional<std::vector<ClientRecord>> Serving::clients(std::size_t most) const
{
    return m_server ? m_server->clients(most) : std::nullopt;
}

ServerReport Serving::report() const
{
    auto report = m_server ? m_server->report() : ServerReport{};
    report.wish = m_choice.wish();
    return report;
}

} // namespace foliot::daemon
