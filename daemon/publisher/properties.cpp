// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/publisher/properties.h"

#include "bus/client/data.h"
#include "config/setting_values.h"
#include "daemon/publisher/property_values.h"
#include "daemon/publisher/wanted_source.h"
#include "ntp/reference_id.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace foliot::daemon {

using namespace Qt::StringLiterals;

namespace {

// Not a number never goes out: nobody could compare it, and a property that holds it would change all the time.
double plain(double number)
{
    return std::isfinite(number) ? number : 0.0;
}
double plain(Seconds duration)
{
    return plain(duration.count());
}

// For what is unknown at first: zero would claim perfection.
double orInfinity(Seconds duration)
{
    return std::isfinite(duration.count()) && duration.count() > 0.0 ? duration.count()
                                                                     : std::numeric_limits<double>::infinity();
}

BootTime bootTimeOf(RawTime raw, const Now& now)
{
    return now.boot - (now.raw - raw);
}

QString leapWord(ntp::LeapIndicator leap)
{
    switch (leap) {
    case ntp::LeapIndicator::None:
        return u"none"_s;
    case ntp::LeapIndicator::InsertSecond:
        return u"insert"_s;
    case ntp::LeapIndicator::DeleteSecond:
        return u"delete"_s;
    case ntp::LeapIndicator::Unsynchronized:
        return u"unsynchronized"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

QString faultWord(sync::ClockFault fault)
{
    switch (fault) {
    case sync::ClockFault::None:
        return u"none"_s;
    case sync::ClockFault::NotPermitted:
        return u"not-permitted"_s;
    case sync::ClockFault::OutOfBounds:
        return u"out-of-bounds"_s;
    case sync::ClockFault::StepRefused:
        return u"step-refused"_s;
    case sync::ClockFault::Failed:
        return u"failed"_s;
    case sync::ClockFault::Contested:
        return u"contested"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

QString originWord(SourceOrigin origin)
{
    switch (origin) {
    case SourceOrigin::Configured:
        return u"configured"_s;
    case SourceOrigin::Added:
        return u"added"_s;
    case SourceOrigin::Kept:
        return u"kept"_s;
    case SourceOrigin::Pool:
        return u"pool"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

QString stampWord(StampOrigin origin)
{
    switch (origin) {
    case StampOrigin::Hardware:
        return u"hardware"_s;
    case StampOrigin::Kernel:
        return u"kernel"_s;
    case StampOrigin::UserSpace:
        return u"user-space"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

bool hasEstimate(const sync::State& state)
{
    return std::isfinite(orInfinity(state.estimate.bound));
}

} // namespace

QDBusObjectPath sourceObjectPath(sync::SourceId source)
{
    return bus::sourcePath(source.value);
}

std::optional<BootTime> newestUsedAnswer(const sync::State& state)
{
    std::optional<BootTime> newest;
    for (const sync::SourceState& source : state.sources) {
        const bool isUsed = source.verdict == sync::Verdict::Selected || source.verdict == sync::Verdict::Combined;
        if (isUsed && source.lastAnswerAt && (!newest || *source.lastAnswerAt > *newest))
            newest = source.lastAnswerAt;
    }
    return newest;
}

std::optional<bus::ClockSample> historySample(const sync::State& state)
{
    if (!hasEstimate(state))
        return std::nullopt;
    const sync::SystemEstimate& estimate = state.estimate;
    return bus::ClockSample{.boottimeUSec = microseconds(bootTimeOf(estimate.at, state.asOf)),
        .offsetSeconds = plain(estimate.offset),
        .uncertaintySeconds = orInfinity(estimate.uncertainty),
        .boundSeconds = orInfinity(estimate.bound),
        .jitterSeconds = plain(estimate.jitter),
        .frequencyPpm = plain(estimate.frequencyPpm)};
}

QVariantMap clockProperties(const sync::State& state, const SourceInfos& sources, const DaemonFacts& facts,
    const ServerCounters& counters, std::optional<BootTime> lastUpdate)
{
    const sync::SystemEstimate& estimate = state.estimate;
    const bool isSynchronized = estimate.stratum < ntp::maxStratum;
    bus::ObjectPaths paths;
    for (const auto& [id, info] : sources)
        paths.append(sourceObjectPath(id));
    const bool hasSelected = state.selected && sources.contains(*state.selected);
    return {
        {u"Version"_s, facts.version},
        {u"Condition"_s, textOf(sync::conditionWord(state.condition))},
        {u"ClockType"_s, textOf(config::clockTypeWord(facts.clockType))},
        {u"ClockFault"_s, faultWord(state.clockFault)},
        {u"Steering"_s, state.steering},
        {u"AsOfBoottimeUSec"_s, microseconds(bootTimeOf(estimate.at, state.asOf))},
        {u"LastUpdateBoottimeUSec"_s, lastUpdate ? microseconds(*lastUpdate) : quint64{0}},
        {u"OffsetSeconds"_s, plain(estimate.offset)},
        {u"UncertaintySeconds"_s, orInfinity(estimate.uncertainty)},
        {u"BoundSeconds"_s, orInfinity(estimate.bound)},
        {u"BoundGrowthPpm"_s, plain(estimate.boundGrowthPpm)},
        {u"FrequencyPpm"_s, plain(estimate.frequencyPpm)},
        {u"FrequencyUncertaintyPpm"_s, plain(estimate.frequencyUncertaintyPpm)},
        {u"ExtraRatePpm"_s, plain(state.extraRatePpm)},
        {u"JitterSeconds"_s, plain(estimate.jitter)},
        {u"Stratum"_s, uint{estimate.stratum}},
        {u"ReferenceId"_s,
            isSynchronized ? textOf(ntp::referenceIdText(estimate.referenceId, estimate.stratum)) : QString()},
        {u"Leap"_s, leapWord(estimate.leap)},
        {u"TaiMinusUtcSeconds"_s, static_cast<uint>(state.taiMinusUtc.value_or(0))},
        {u"RootDelaySeconds"_s, plain(estimate.rootDelay)},
        {u"RootDispersionSeconds"_s, plain(estimate.rootDispersion)},
        {u"HasAgreement"_s, state.agreement.has_value()},
        {u"AgreementLowSeconds"_s, state.agreement ? plain(state.agreement->low) : 0.0},
        {u"AgreementHighSeconds"_s, state.agreement ? plain(state.agreement->high) : 0.0},
        {u"SelectedSource"_s,
            QVariant::fromValue(hasSelected ? sourceObjectPath(*state.selected) : QDBusObjectPath(u"/"_s))},
        {u"StepCount"_s, uint{state.steps}},
        {u"LastStepSeconds"_s, plain(Seconds(state.lastStep))},
        {u"RefusedStepSeconds"_s, state.refusedStep ? plain(Seconds(*state.refusedStep)) : 0.0},
        {u"ConfigurationProblem"_s, facts.configurationProblem},
        {u"RestartNeeded"_s, facts.restartNeeded},
        {u"SourcesLeftOut"_s, facts.sourcesLeftOut},
        {u"OtherClockKeepers"_s, facts.otherClockKeepers},
        {u"LeapListProblem"_s, facts.leapListProblem},
        {u"LeapListExpiresUSec"_s, microseconds(facts.leapListExpires)},
        {u"StateProblem"_s, facts.stateProblem},
        {u"ServerEnabled"_s, facts.serverEnabled},
        {u"ServerAnswered"_s, counter(counters.answered)},
        {u"ServerDropped"_s, counter(counters.dropped())},
        {u"Sources"_s, QVariant::fromValue(paths)},
    };
}

namespace {

QVariantMap ntsProperties(const SourceInfo& info)
{
    const NtsFacts facts = info.nts.value_or(NtsFacts{});
    const Certificate& certificate = facts.tls.certificate;
    return {
        {u"Authentication"_s, info.settings.nts        ? u"nts"_s
                              : info.settings.key != 0 ? u"key"_s
                                                       : u"none"_s},
        {u"NtsHasKeys"_s, facts.hasKeys},
        {u"NtsServer"_s, facts.server ? endpointText(*facts.server) : QString()},
        {u"NtsAlgorithm"_s, facts.algorithm},
        {u"NtsCookies"_s, static_cast<uint>(facts.cookies)},
        {u"NtsCertificateNames"_s, certificate.names},
        {u"NtsCertificateIssuer"_s, certificate.issuer},
        {u"NtsCertificateExpiresUSec"_s, microseconds(certificate.expires)},
        {u"NtsDatesExcused"_s, facts.tls.areDatesExcused},
        {u"NtsTlsVersion"_s, facts.tls.version},
        {u"NtsTlsCipher"_s, facts.tls.cipher},
        {u"NtsLastExchangeUSec"_s, microseconds(facts.lastExchange)},
        {u"NtsNextAttemptUSec"_s, microseconds(facts.nextAttempt)},
        {u"NtsExchanges"_s, counter(facts.exchanges)},
        {u"NtsFailures"_s, counter(facts.failures)},
        {u"NtsRefusals"_s, counter(facts.refusals)},
        {u"NtsLastFailure"_s, facts.lastFailure},
    };
}

} // namespace

QVariantMap sourceProperties(const SourceInfo& info, const sync::SourceState* known)
{
    const sync::SourceState none;
    const sync::SourceState& state = known ? *known : none;
    const bool hasAnswer = state.last.has_value();
    const ntp::Measurement last = state.last.value_or(ntp::Measurement{});
    bus::CountByReason rejected;
    for (std::size_t index = 0; index < state.rejected.size(); ++index) {
        if (state.rejected[index] != 0)
            rejected.insert(textOf(ntp::rejectionWord(ntp::allRejections[index])), state.rejected[index]);
    }
    QVariantMap properties{
        {u"Id"_s, uint{info.id.value}},
        {u"Name"_s, info.name},
        {u"Address"_s, info.address.isNull() ? QString() : info.address.toString()},
        {u"Port"_s, QVariant::fromValue(quint16{info.settings.port})},
        {u"Origin"_s, originWord(info.origin)},
        {u"Options"_s, optionsOf(info.settings)},
        {u"Verdict"_s, textOf(sync::verdictWord(state.verdict))},
        {u"Reason"_s, textOf(sync::reasonWord(state.reason))},
        {u"LastError"_s, info.lastError},
        {u"Reach"_s, QVariant::fromValue(quint8{state.reach})},
        {u"PollSeconds"_s, 1U << std::clamp(state.pollExponent, 0, 31)},
        {u"LastAnswerBoottimeUSec"_s, state.lastAnswerAt ? microseconds(*state.lastAnswerAt) : quint64{0}},
        {u"Stratum"_s, hasAnswer ? uint{last.stratum} : 0U},
        {u"ReferenceId"_s, hasAnswer ? textOf(ntp::referenceIdText(last.referenceId, last.stratum)) : QString()},
        {u"Leap"_s, leapWord(last.leap)},
        {u"NtpVersion"_s, hasAnswer ? uint{last.version} : 0U},
        {u"HasEstimate"_s, state.hasEstimate},
        {u"OffsetSeconds"_s, plain(state.offset)},
        {u"OffsetUncertaintySeconds"_s,
            state.hasEstimate ? orInfinity(state.offsetUncertainty) : std::numeric_limits<double>::infinity()},
        {u"LastOffsetSeconds"_s, hasAnswer ? plain(ntp::offset(last)) : 0.0},
        {u"LastDelaySeconds"_s, hasAnswer ? plain(ntp::delay(last)) : 0.0},
        {u"DelaySeconds"_s, plain(state.delay)},
        {u"JitterSeconds"_s, plain(state.jitter)},
        {u"FrequencyPpm"_s, plain(state.frequencyPpm)},
        {u"RootDelaySeconds"_s, plain(last.rootDelay)},
        {u"RootDispersionSeconds"_s, plain(last.rootDispersion)},
        {u"RootDistanceSeconds"_s, plain(state.rootDistance)},
        {u"HasInterval"_s, state.correctness.has_value()},
        {u"IntervalLowSeconds"_s, state.correctness ? plain(state.correctness->low) : 0.0},
        {u"IntervalHighSeconds"_s, state.correctness ? plain(state.correctness->high) : 0.0},
        {u"TimestampOrigin"_s, // the worse of the two counts
            hasAnswer ? stampWord(std::max(last.localTransmit.origin, last.localReceive.origin)) : QString()},
        {u"Interleaved"_s, last.interleaved},
        {u"Queries"_s, counter(state.queries)},
        {u"Answers"_s, counter(state.accepted)},
        {u"LastKiss"_s, state.lastKiss ? textOf(ntp::kissText(*state.lastKiss)) : QString()},
        {u"Rejected"_s, QVariant::fromValue(rejected)},
    };
    properties.insert(ntsProperties(info));
    return properties;
}

} // namespace foliot::daemon
