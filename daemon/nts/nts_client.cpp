// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/nts/nts_client.h"

#include "ntp/protocol.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace foliot::daemon {

using namespace Qt::StringLiterals;

namespace {

constexpr double retryGrowth = 1.5; // section 4.2

std::vector<nts::Algorithm> availableAlgorithms()
{
    std::vector<nts::Algorithm> available;
    std::ranges::copy_if(nts::allAlgorithms, std::back_inserter(available), nts::isAvailable);
    return available;
}

QString text(std::string_view bytes)
{
    return QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

} // namespace

NtsClient::NtsClient(std::unique_ptr<Resolver> resolver, const NtsTimes& times, QObject* parent)
    : QObject(parent)
    , m_resolver(std::move(resolver))
    , m_times(times)
{
    connect(m_resolver.get(), &Resolver::resolved, this, &NtsClient::resolved);
    connect(m_resolver.get(), &Resolver::unresolvable, this, &NtsClient::unresolvable);
}

NtsClient::~NtsClient() = default;

NtsClient::Readiness NtsClient::prepare(sync::SourceId source, const KeyHost& server, const DateRule& dates)
{
    Association& association = m_associations[source];
    association.keyHost = server;
    if (association.exchange || !association.awaitedName.empty())
        return Readiness::Working;
    if (isUsable(association) && association.doubt != Doubt::Useless)
        return Readiness::Ready;
    if (mayExchange(association, server.endpoint)) {
        exchange(source, association, dates);
        return Readiness::Working;
    }
    // Until an exchange succeeds, what there is goes on being tried.
    return isUsable(association) ? Readiness::Ready : Readiness::NotYet;
}

bool NtsClient::isUsable(const Association& association)
{
    return association.session && association.session->cookieCount() > 0;
}

bool NtsClient::mayExchange(const Association& association, const Endpoint& endpoint) const
{
    return std::chrono::steady_clock::now() >= association.notBefore ||
           (!association.tried.empty() && !association.tried.contains(endpoint));
}

void NtsClient::exchange(sync::SourceId source, Association& association, const DateRule& dates)
{
    const Steady now = std::chrono::steady_clock::now();
    if (now >= association.notBefore) {
        // A round over the addresses of the server begins; only rounds are waited between.
        association.tried.clear();
        const double factor = std::pow(retryGrowth, std::min(association.attempts, 64));
        const std::chrono::duration<double, std::milli> pause = m_times.firstRetry * factor;
        const auto wait =
            pause < m_times.longestRetry ? std::chrono::ceil<std::chrono::milliseconds>(pause) : m_times.longestRetry;
        association.notBefore = now + wait;
        association.facts.nextAttempt = dates.now + wait;
        ++association.attempts;
    }
    association.tried.insert(association.keyHost.endpoint);
    KeyExchangeWish wish{.server = association.keyHost.endpoint,
        .tls = {.host = association.keyHost.host, .trustedFile = m_trustedFile, .dates = dates},
        .offered = availableAlgorithms(),
        .deadline = m_times.deadline};
    association.exchange = std::make_unique<KeyExchange>(std::move(wish),
        [this, source, now = dates.now](KeyExchange::Outcome outcome) { exchanged(source, now, std::move(outcome)); });
    association.exchange->start();
}

void NtsClient::exchanged(sync::SourceId source, RealTime now, KeyExchange::Outcome outcome)
{
    Association& association = m_associations.at(source);
    association.exchange.release()->deleteLater(); // it is its own signal that led here
    if (!outcome)
        return fail(source, association, outcome.error().fault, outcome.error().why);
    nts::Agreement& agreement = outcome->agreement;
    association.session =
        std::make_shared<nts::Session>(agreement.algorithm, std::move(outcome->keys), std::move(agreement.cookies));
    association.compliantKeys = std::move(outcome->compliantKeys);
    association.doubt = Doubt::None;
    association.facts.tls = std::move(outcome->tls);
    association.facts.algorithm = text(algorithmName(agreement.algorithm));
    association.facts.lastExchange = now;
    association.facts.lastFailure.clear();
    ++association.facts.exchanges;

    association.awaitedPort = agreement.port.value_or(ntp::defaultPort);
    if (agreement.server.empty())
        return found(source, association, association.keyHost.endpoint.address);
    if (const auto numeric = numericEndpoint(agreement.server, association.awaitedPort))
        return found(source, association, numeric->address);
    association.awaitedName = agreement.server;
    m_resolver->lookUp(text(agreement.server));
}

void NtsClient::found(sync::SourceId source, Association& association, const QHostAddress& address)
{
    association.awaitedName.clear();
    association.server = {.address = address, .port = association.awaitedPort};
    if (!isOfOneHost(address)) {
        association.session.reset();
        return fail(source, association, KeyExchangeFault::Refused, u"it names a time server that is none"_s);
    }
    Q_EMIT prepared(source);
}

void NtsClient::resolved(const QString& name, const QList<QHostAddress>& addresses)
{
    for (auto& [source, association] : m_associations) {
        if (text(association.awaitedName) != name)
            continue;
        const auto protocol = association.keyHost.endpoint.address.protocol();
        const auto sameFamily = std::ranges::find(addresses, protocol, &QHostAddress::protocol);
        return found(source, association, sameFamily == addresses.end() ? addresses.front() : *sameFamily);
    }
}

void NtsClient::unresolvable(const QString& name, const QString& why)
{
    for (auto& [source, association] : m_associations) {
        if (text(association.awaitedName) != name)
            continue;
        association.awaitedName.clear();
        association.session.reset();
        return fail(source, association, KeyExchangeFault::Refused,
            u"the time server that it names, %1, cannot be resolved: %2"_s.arg(name, why));
    }
}

void NtsClient::fail(sync::SourceId source, Association& association, KeyExchangeFault fault, const QString& why)
{
    ++association.facts.failures;
    association.facts.lastFailure =
        u"%1 (%2): no keys: %3."_s.arg(text(association.keyHost.host), endpointText(association.keyHost.endpoint), why);
    Q_EMIT failed(source, fault, association.facts.lastFailure);
}

std::shared_ptr<nts::Session> NtsClient::session(sync::SourceId source) const
{
    return m_associations.at(source).session;
}

Endpoint NtsClient::server(sync::SourceId source) const
{
    return m_associations.at(source).server;
}

void NtsClient::answered(sync::SourceId source)
{
    const auto at = m_associations.find(source);
    if (at == m_associations.end())
        return;
    Association& association = at->second;
    association.doubt = Doubt::None;
    association.compliantKeys.reset();
    association.attempts = 0;
    association.notBefore = {};
    association.tried.clear();
    association.facts.nextAttempt = {};
}

void NtsClient::refused(sync::SourceId source)
{
    const auto at = m_associations.find(source);
    if (at == m_associations.end())
        return;
    Association& association = at->second;
    ++association.facts.refusals;
    if (association.compliantKeys) {
        association.session->replaceKeys(*std::exchange(association.compliantKeys, std::nullopt));
        return;
    }
    association.doubt = association.doubt == Doubt::None ? Doubt::Refused : Doubt::Useless;
}

void NtsClient::unanswered(sync::SourceId source)
{
    const auto at = m_associations.find(source);
    if (at != m_associations.end() && at->second.doubt == Doubt::Refused)
        at->second.doubt = Doubt::Useless;
}

void NtsClient::addressChanged(sync::SourceId source)
{
    const auto at = m_associations.find(source);
    if (at == m_associations.end())
        return;
    at->second.exchange.reset();
    at->second.awaitedName.clear();
    at->second.session.reset();
}

void NtsClient::forget(sync::SourceId source)
{
    m_associations.erase(source);
}

bool NtsClient::distrust(sync::SourceId source, RealTime now)
{
    const auto at = m_associations.find(source);
    if (at == m_associations.end() || !at->second.session || !at->second.facts.tls.areDatesExcused)
        return false;
    Association& association = at->second;
    if (association.facts.tls.certificate.isValidAt(now)) {
        association.facts.tls.areDatesExcused = false;
        return false;
    }
    association.session.reset();
    fail(source, association, KeyExchangeFault::Certificate,
        u"its certificate is not valid now that the time is known"_s);
    return true;
}

std::optional<NtsFacts> NtsClient::facts(sync::SourceId source) const
{
    const auto at = m_associations.find(source);
    if (at == m_associations.end())
        return std::nullopt;
    const Association& association = at->second;
    NtsFacts facts = association.facts;
    facts.hasKeys = isUsable(association);
    facts.cookies = association.session ? association.session->cookieCount() : 0;
    if (association.session)
        facts.server = association.server;
    return facts;
}

} // namespace foliot::daemon
