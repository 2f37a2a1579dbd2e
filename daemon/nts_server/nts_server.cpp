// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/nts_server/nts_server.h"

#include "config/nts_server.h"
#include "daemon/log.h"
#include "daemon/nts_server/key_exchange_rules.h"
#include "daemon/server/server_rules.h"

namespace foliot::daemon {

namespace {

ServerKeyRules keyRulesOf(const config::NtsServer& settings)
{
    return {.rotateAfter = std::chrono::duration_cast<Nanoseconds>(settings.rotateKeys),
        .keptBefore = static_cast<std::size_t>(settings.keepKeys)};
}

void say(const ServedAddress& served)
{
    qCInfo(logServer).noquote() << exchangingText(served);
}

} // namespace

NtsServer::NtsServer(const StateDirectory* directory, QObject* parent)
    : QObject(parent)
    , m_directory(directory)
{}

NtsServer::~NtsServer()
{
    if (m_keys)
        m_keys->save();
}

void NtsServer::configure(const config::Config& config)
{
    m_config = config;
    if (!config::servesNts(config)) {
        m_exchange.reset();
        m_keys.reset();
        Q_EMIT cookieKeysChanged();
        return;
    }
    startKeys();
    const auto settings = keyExchangeSettingsOf(config);
    if (m_exchange && m_exchange->change(settings))
        m_exchange->admit(accessListOf(config.server));
    else
        startExchange(settings);
    sayProblems();
}

void NtsServer::startKeys()
{
    if (m_keys) {
        m_keys->setRules(keyRulesOf(m_config.ntsServer));
        return;
    }
    m_keys = std::make_unique<ServerKeys>(keyRulesOf(m_config.ntsServer), m_directory);
    connect(m_keys.get(), &ServerKeys::replaced, this, &NtsServer::cookieKeysChanged);
    Q_EMIT cookieKeysChanged();
}

void NtsServer::startExchange(const KeyExchangeSettings& settings)
{
    m_exchange.reset(); // it may have the addresses
    m_exchange = std::make_unique<KeyExchangeServer>(settings, m_keys->published());
    m_exchange->admit(accessListOf(m_config.server));
    m_exchange->start();
    for (const ServedAddress& served : m_exchange->served())
        say(served);
    connect(m_exchange.get(), &KeyExchangeServer::opened, this, say);
    connect(m_exchange.get(), &KeyExchangeServer::certificatesChanged, this, [this] {
        qCInfo(logServer) << "the certificates for the exchange of keys were read again";
        sayProblems();
    });
}

void NtsServer::sayProblems() const
{
    for (const QString& problem : m_exchange->problems())
        qCCritical(logServer).noquote() << problem;
}

void NtsServer::networkChanged()
{
    if (!m_exchange)
        return;
    m_exchange->admit(accessListOf(m_config.server));
    m_exchange->retryAddresses();
}

std::shared_ptr<const nts::CookieKeys> NtsServer::cookieKeys() const
{
    return m_keys ? m_keys->published().value() : std::make_shared<const nts::CookieKeys>();
}

NtsServerReport NtsServer::report() const
{
    if (!m_exchange)
        return {};
    NtsServerReport report{.isWanted = true,
        .keyExchange = m_exchange->report(),
        .keys = m_keys->count(),
        .newestMade = m_keys->newestMade(),
        .nextDue = m_keys->nextDue()};
    report.problems = report.keyExchange.problems;
    if (const QString problem = m_keys->problem(); !problem.isEmpty())
        report.problems.append(problem);
    return report;
}

} // namespace foliot::daemon
