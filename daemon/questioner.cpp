// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/questioner.h"

#include "daemon/clocks/clock.h"
#include "daemon/log.h"
#include "daemon/notice_text.h"
#include "daemon/roster.h"

#include <algorithm>

namespace foliot::daemon {

Questioner::Questioner(Clock& clock, Roster& roster, QuestionerStart start, QObject* parent)
    : QObject(parent)
    , m_clock(clock)
    , m_roster(roster)
    , m_notBefore(start.notBefore)
    , m_client(clock, start.queryTimes)
    , m_nts(std::move(start.ntsResolver), start.ntsTimes)
{
    m_client.setNotBefore(start.notBefore);
    m_nts.setTrustedFile(start.trustedFile);
    if (start.directory)
        m_nts.keepIn(*start.directory);
    connect(&m_client, &NtpClient::happened, this, &Questioner::answered);
    connect(&m_client, &NtpClient::failed, this, &Questioner::cannotBeSent);
    connect(&m_nts, &NtsClient::prepared, this, &Questioner::keysPrepared);
    connect(&m_nts, &NtsClient::failed, this, &Questioner::keysFailed);
    connect(&m_roster, &Roster::addressed, this, &Questioner::addressed);
    connect(&m_roster, &Roster::unresolved, this, &Questioner::unresolved);
}

Questioner::~Questioner() = default;

void Questioner::ask(sync::SourceId source)
{
    const auto endpoint = m_roster.endpointOf(source);
    if (endpoint) {
        askAt(source, *endpoint);
    } else if (m_roster.resolve(source)) {
        m_awaitingAddress.insert(source);
    } else {
        Q_EMIT happened(sync::QueryFailed{source, sync::QueryFault::NameUnresolved});
    }
}

void Questioner::askAt(sync::SourceId source, const Endpoint& endpoint)
{
    const config::Source& settings = m_roster.sources().at(source).settings;
    if (!settings.nts) {
        if (const auto other = authenticatedAt(endpoint))
            return yieldTo(*other, source);
        if (settings.key != 0)
            return m_client.askWithKey(
                source, endpoint, versionOf(source), static_cast<std::uint32_t>(settings.key), modeOf(source));
        return m_client.ask(source, endpoint, versionOf(source), {}, modeOf(source));
    }
    switch (m_nts.prepare(
        source, {.host = settings.address, .endpoint = endpoint, .isOneOfMany = settings.pool}, dateRule())) {
    case NtsClient::Readiness::Ready:
        if (const auto other = authenticatedAt(m_nts.server(source)); other && *other < source)
            yieldTo(*other, source);
        else
            m_client.ask(source, m_nts.server(source), versionOf(source), m_nts.session(source), modeOf(source));
        break;
    case NtsClient::Readiness::Working:
        m_awaitingKeys.insert(source);
        break;
    case NtsClient::Readiness::NotYet:
        Q_EMIT happened(sync::QueryFailed{source, sync::QueryFault::NoKeys});
        break;
    }
    m_roster.setNts(source, m_nts.facts(source));
}

std::optional<sync::SourceId> Questioner::authenticatedAt(const Endpoint& server) const
{
    for (const auto& [source, info] : m_roster.sources()) {
        const auto facts = info.settings.nts ? m_nts.facts(source) : std::nullopt;
        if (facts && facts->hasKeys && facts->server == server)
            return source;
    }
    return std::nullopt;
}

// Two sources that are one server would count as two opinions, and only one of them is proven.
void Questioner::yieldTo(sync::SourceId authenticated, sync::SourceId source)
{
    m_roster.setError(source,
        QStringLiteral("Its server is asked already, authenticated, as %1.").arg(m_roster.describe(authenticated)));
    sayOnce(source);
    Q_EMIT happened(sync::QueryFailed{source, sync::QueryFault::AskedAlready});
    if (m_roster.sources().at(source).settings.pool)
        m_roster.replace(source);
}

DateRule Questioner::dateRule()
{
    return {.now = m_clock.now().real, .notBefore = m_notBefore, .isClockRight = m_knowsTime};
}

std::uint8_t Questioner::versionOf(sync::SourceId source) const
{
    return static_cast<std::uint8_t>(m_roster.sources().at(source).settings.version);
}

QueryMode Questioner::modeOf(sync::SourceId source) const
{
    return m_roster.sources().at(source).settings.xleave ? QueryMode::Interleaved : QueryMode::Basic;
}

void Questioner::networkChanged()
{
    m_nts.retry();
    m_client.forgetBefore();
}

void Questioner::forget(sync::SourceId source)
{
    m_client.forget(source);
    m_nts.forget(source);
    forgetKeysOfOthers();
    m_awaitingAddress.erase(source);
    m_awaitingKeys.erase(source);
    m_saidProblem.erase(source);
}

void Questioner::forgetKeysOfOthers()
{
    // Members that a pool will have are known by its name alone.
    m_nts.keepOnly([this](const KeptSession& kept) {
        return std::ranges::any_of(m_roster.sources(), [&kept](const auto& entry) {
            const config::Source& settings = entry.second.settings;
            return settings.nts && settings.address == kept.keyHost.host &&
                   settings.port == kept.keyHost.endpoint.port && (settings.pool || entry.first == kept.source);
        });
    });
}

void Questioner::addressed(sync::SourceId source)
{
    qCInfo(logSource).noquote() << m_roster.describe(source) + QStringLiteral(": asked from now on");
    m_saidProblem.erase(source);
    if (m_awaitingAddress.erase(source) != 0) {
        askAt(source, *m_roster.endpointOf(source));
        return;
    }
    m_client.forget(source);
    m_nts.addressChanged(source);
    m_awaitingKeys.erase(source);
    Q_EMIT happened(sync::SourceReplaced{source});
}

void Questioner::unresolved(sync::SourceId source)
{
    sayOnce(source);
    if (m_awaitingAddress.erase(source) != 0)
        Q_EMIT happened(sync::QueryFailed{source, sync::QueryFault::NameUnresolved});
    else
        Q_EMIT changed();
}

void Questioner::sayOnce(sync::SourceId source)
{
    QString& said = m_saidProblem[source];
    if (const QString& error = m_roster.sources().at(source).lastError; error != said) {
        said = error;
        qCWarning(logSource).noquote() << error;
    }
}

void Questioner::keysPrepared(sync::SourceId source)
{
    const NtsFacts facts = *m_nts.facts(source);
    qCInfo(logSource).noquote() << m_roster.describe(source) + QStringLiteral(": keys exchanged, ") +
                                       facts.tls.version + QStringLiteral(", ") + facts.algorithm +
                                       QStringLiteral(", %1 cookies").arg(facts.cookies);
    if (facts.tls.areDatesExcused)
        qCWarning(logSource).noquote() << m_roster.describe(source) +
                                              QStringLiteral(
                                                  ": its certificate is not valid by our clock, which may be wrong; "
                                                  "it is judged again once the time is known");
    m_roster.setError(source, {});
    m_saidProblem.erase(source);
    if (m_awaitingKeys.erase(source) != 0)
        askAt(source, *m_roster.endpointOf(source));
    else
        Q_EMIT changed();
}

void Questioner::keysFailed(sync::SourceId source, KeyServerFault fault, const QString& why)
{
    m_roster.setError(source, why);
    m_roster.setNts(source, m_nts.facts(source));
    sayOnce(source);
    if (m_awaitingKeys.erase(source) != 0)
        Q_EMIT happened(sync::QueryFailed{source, sync::QueryFault::NoKeys});
    else
        Q_EMIT changed();
    if (fault == KeyServerFault::Network)
        m_roster.replace(source);
}

void Questioner::learnTime()
{
    m_knowsTime = true;
    // Certificates that were believed by a clock that might have been wrong.
    const RealTime now = m_clock.now().real;
    for (const auto& [source, info] : m_roster.sources()) {
        if (!m_nts.distrust(source, now))
            continue;
        m_client.forget(source);
        Q_EMIT happened(sync::SourceReplaced{source}); // what it told does not count
    }
}

void Questioner::answered(const sync::Event& event)
{
    if (const auto* measured = std::get_if<sync::MeasurementReceived>(&event)) {
        m_nts.answered(measured->source);
        worksAgain(measured->source);
        logMeasurement(*measured);
    }
    if (const auto* kissed = std::get_if<sync::KissReceived>(&event)) {
        if (kissed->kiss.code == ntp::KissCode::NtsNak)
            m_nts.refused(kissed->source);
        worksAgain(kissed->source);
    }
    if (const auto* silent = std::get_if<sync::QueryTimedOut>(&event)) {
        m_nts.unanswered(silent->source);
        m_roster.setNts(silent->source, m_nts.facts(silent->source));
    }
    Q_EMIT happened(event);
}

void Questioner::worksAgain(sync::SourceId source)
{
    m_roster.works(source);
    m_roster.setNts(source, m_nts.facts(source));
}

void Questioner::logMeasurement(const sync::MeasurementReceived& event) const
{
    const ntp::Measurement& m = event.measurement;
    qCDebug(logSource).noquote() << m_roster.describe(event.source) << "offset" << loggedDuration(ntp::offset(m))
                                 << "delay" << loggedDuration(ntp::delay(m)) << "stamps"
                                 << (m.localTransmit.origin == StampOrigin::UserSpace ? "user space" : "kernel")
                                 << loggedDuration(m.localTransmit.error)
                                 << (m.localReceive.origin == StampOrigin::UserSpace ? "user space" : "kernel")
                                 << loggedDuration(m.localReceive.error)
                                 << (m.interleaved ? "interleaved stratum" : "stratum") << m.stratum << "dispersion"
                                 << loggedDuration(m.rootDispersion);
}

void Questioner::cannotBeSent(sync::SourceId source, const QString& why)
{
    const auto endpoint = m_roster.endpointOf(source);
    m_roster.setError(
        source, QStringLiteral("%1 cannot be asked: %2.").arg(endpoint ? endpointText(*endpoint) : QString(), why));
    qCDebug(logSource).noquote() << m_roster.sources().at(source).lastError;
}

} // namespace foliot::daemon
