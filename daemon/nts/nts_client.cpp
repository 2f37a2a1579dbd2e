// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/nts/nts_client.h"

#include "daemon/log.h"
#include "ntp/protocol.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace foliot::daemon {

using namespace Qt::StringLiterals;

namespace {

constexpr double retryGrowth = 1.5; // section 4.2

constexpr std::chrono::hours setAsideAnew{24}; // servers replace the keys of their cookies, and forget the old ones
constexpr std::chrono::seconds writeSoon{1};

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
    m_writeSoon.setSingleShot(true);
    connect(&m_writeSoon, &QTimer::timeout, this, &NtsClient::writeSetAside);
    connect(m_resolver.get(), &Resolver::resolved, this, &NtsClient::resolved);
    connect(m_resolver.get(), &Resolver::unresolvable, this, &NtsClient::unresolvable);
}

NtsClient::~NtsClient() = default;

void NtsClient::keepIn(const StateDirectory& directory)
{
    m_file.open(directory);
}

void NtsClient::keepOnly(const std::function<bool(const KeptSession&)>& isWanted)
{
    if (m_file.dropUnless(isWanted))
        m_writeSoon.start(writeSoon);
}

bool NtsClient::resume(sync::SourceId source, Association& association)
{
    auto kept = m_file.take(source, association.keyHost);
    if (!kept)
        return false;
    association.session =
        std::make_shared<nts::Session>(kept->algorithm, std::move(kept->keys), std::move(kept->cookies));
    association.server = kept->server;
    association.facts.tls = std::move(kept->tls);
    association.facts.algorithm = text(algorithmName(kept->algorithm));
    association.facts.lastExchange = kept->lastExchange;
    setAside(association);
    return true;
}

void NtsClient::setAside(Association& association)
{
    association.setAside.clear();
    // Keys that our clock alone vouches for are not for the next run, which knows less.
    if (!m_file.isOpen() || association.facts.tls.areDatesExcused)
        return;
    nts::Session& session = *association.session;
    association.setAside = session.giveUpCookies(SessionFile::countSetAside(session.cookieCount()));
    association.setAsideAt = std::chrono::steady_clock::now();
    m_writeSoon.start(writeSoon);
}

void NtsClient::dropKeys(Association& association)
{
    association.session.reset();
    association.compliantKeys.reset();
    if (!std::exchange(association.setAside, {}).empty())
        m_writeSoon.start(writeSoon);
}

KeptSession NtsClient::keptFrom(sync::SourceId source, const Association& association, std::vector<nts::Cookie> cookies)
{
    return {.source = source,
        .keyHost = association.keyHost,
        .algorithm = association.session->algorithm(),
        .keys = {.clientToServer = association.session->keys().clientToServer.copy(),
            .serverToClient = association.session->keys().serverToClient.copy()},
        .cookies = std::move(cookies),
        .server = association.server,
        .tls = association.facts.tls,
        .lastExchange = association.facts.lastExchange};
}

void NtsClient::writeSetAside()
{
    std::vector<KeptSession> sessions;
    for (const auto& [source, association] : m_associations) {
        if (!association.setAside.empty())
            sessions.push_back(keptFrom(source, association, association.setAside));
    }
    m_file.write(std::move(sessions));
}

void NtsClient::keepAll()
{
    if (!m_file.isOpen())
        return;
    m_writeSoon.stop();
    std::vector<KeptSession> sessions;
    for (auto& [source, association] : m_associations) {
        const bool hasServer = association.awaitedName.empty();
        const bool isDoubtful = association.facts.tls.areDatesExcused || association.doubt != Doubt::None;
        if (!association.session || !hasServer || isDoubtful)
            continue;
        auto cookies = association.session->giveUpCookies(association.session->cookieCount());
        std::ranges::move(association.setAside, std::back_inserter(cookies));
        cookies.resize(std::min(cookies.size(), nts::wantedCookies));
        if (!cookies.empty())
            sessions.push_back(keptFrom(source, association, std::move(cookies)));
    }
    m_associations.clear();
    m_file.close(std::move(sessions));
}

NtsClient::Readiness NtsClient::prepare(sync::SourceId source, const KeyHost& server, const DateRule& dates)
{
    Association& association = m_associations[source];
    association.keyHost = server;
    if (association.exchange || !association.awaitedName.empty())
        return Readiness::Working;
    if (!association.session && resume(source, association))
        return Readiness::Ready;
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
    association.wasUnreachable = false;
    association.setAside.clear(); // for the keys of before; these are kept once their server is known

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
        dropKeys(association);
        return fail(source, association, KeyServerFault::Refused, u"it names a time server that is none"_s);
    }
    setAside(association);
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
        dropKeys(association);
        return fail(source, association, KeyServerFault::Refused,
            u"the time server that it names, %1, cannot be resolved: %2"_s.arg(name, why));
    }
}

void NtsClient::fail(sync::SourceId source, Association& association, KeyServerFault fault, const QString& why)
{
    ++association.facts.failures;
    association.wasUnreachable = fault == KeyServerFault::Network;
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
    const bool isOld = std::chrono::steady_clock::now() - association.setAsideAt >= setAsideAnew;
    if (m_file.isOpen() && isOld && association.session && association.session->cookieCount() >= nts::wantedCookies)
        setAside(association);
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
        if (!association.setAside.empty())
            m_writeSoon.start(writeSoon); // with these keys
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

void NtsClient::retry()
{
    for (auto& [source, association] : m_associations) {
        if (!association.wasUnreachable)
            continue;
        association.notBefore = {};
        association.facts.nextAttempt = {};
    }
}

void NtsClient::addressChanged(sync::SourceId source)
{
    const auto at = m_associations.find(source);
    if (at == m_associations.end())
        return;
    at->second.exchange.reset();
    at->second.awaitedName.clear();
    dropKeys(at->second);
}

void NtsClient::forget(sync::SourceId source)
{
    if (m_file.drop(source))
        m_writeSoon.start(writeSoon);
    const auto at = m_associations.find(source);
    if (at == m_associations.end())
        return;
    dropKeys(at->second);
    m_associations.erase(at);
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
    dropKeys(association);
    fail(
        source, association, KeyServerFault::Certificate, u"its certificate is not valid now that the time is known"_s);
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
