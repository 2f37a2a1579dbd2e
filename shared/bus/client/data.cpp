// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bus/client/data.h"

#include "bus/names.h"

#include <cmath>

namespace foliot::bus {

namespace {

// Reads properties by name into fields; an absent one, or one of another type, leaves the field alone.
class Reader {
public:
    explicit Reader(const QVariantMap& properties)
        : m_properties(properties)
    {}

    template<typename Value>
    void read(QLatin1StringView name, Value& field) const
    {
        const auto found = m_properties.constFind(name);
        if (found != m_properties.constEnd() && found->canConvert<Value>())
            field = found->template value<Value>();
    }

    void read(QLatin1StringView name, double& field) const
    {
        const auto found = m_properties.constFind(name);
        if (found == m_properties.constEnd())
            return;
        bool isNumber = false;
        const double number = found->toDouble(&isNumber);
        if (isNumber && !std::isnan(number))
            field = number;
    }

    template<typename Enum>
    void readWord(QLatin1StringView name, Enum& field, Enum (*fromWord)(QStringView)) const
    {
        const auto found = m_properties.constFind(name);
        if (found != m_properties.constEnd())
            field = fromWord(found->toString());
    }

    const QVariantMap& properties() const { return m_properties; }

private:
    const QVariantMap& m_properties;
};

using namespace Qt::StringLiterals;

CountByReason countsOf(const QVariant& property)
{
    CountByReason result;
    const QVariantMap counts = property.toMap();
    for (auto count = counts.cbegin(); count != counts.cend(); ++count)
        result.insert(count.key(), count.value().toULongLong());
    return result;
}

QVariantMap native(const CountByReason& counts)
{
    QVariantMap result;
    for (auto count = counts.cbegin(); count != counts.cend(); ++count)
        result.insert(count.key(), count.value());
    return result;
}

QVariantList native(const Dictionaries& dictionaries)
{
    QVariantList result;
    for (const QVariantMap& dictionary : dictionaries)
        result.append(nativeProperties(dictionary));
    return result;
}

QVariant native(const QVariant& value)
{
    if (value.metaType() == QMetaType::fromType<QDBusObjectPath>())
        return value.value<QDBusObjectPath>().path();
    if (value.metaType() == QMetaType::fromType<QDBusVariant>())
        return native(value.value<QDBusVariant>().variant());
    if (value.metaType() == QMetaType::fromType<ObjectPaths>()) {
        QStringList paths;
        for (const QDBusObjectPath& path : value.value<ObjectPaths>())
            paths.append(path.path());
        return paths;
    }
    if (value.metaType() == QMetaType::fromType<CountByReason>())
        return native(value.value<CountByReason>());
    if (value.metaType() == QMetaType::fromType<Dictionaries>())
        return native(value.value<Dictionaries>());
    if (value.metaType() != QMetaType::fromType<QDBusArgument>())
        return value;

    const auto argument = value.value<QDBusArgument>();
    const QString signature = argument.currentSignature();
    if (signature == "ao"_L1)
        return native(QVariant::fromValue(qdbus_cast<ObjectPaths>(argument)));
    if (signature == "a{sv}"_L1)
        return nativeProperties(qdbus_cast<QVariantMap>(argument));
    if (signature == "a{st}"_L1)
        return native(qdbus_cast<CountByReason>(argument));
    if (signature == "aa{sv}"_L1)
        return native(qdbus_cast<Dictionaries>(argument));
    return {}; // a type that this version does not know
}

} // namespace

QVariantMap nativeProperties(const QVariantMap& properties)
{
    QVariantMap result;
    for (auto property = properties.cbegin(); property != properties.cend(); ++property)
        result.insert(property.key(), native(property.value()));
    return result;
}

std::optional<quint32> sourceIdFromPath(const QString& path)
{
    if (!path.startsWith(sourcePathPrefix))
        return {};
    bool isNumber = false;
    const uint id = QStringView(path).sliced(sourcePathPrefix.size()).toUInt(&isNumber);
    return isNumber && id != 0 ? std::optional<quint32>(id) : std::nullopt;
}

QDBusObjectPath sourcePath(quint32 id)
{
    return QDBusObjectPath(sourcePathPrefix + QString::number(id));
}

ClockData clockFromProperties(const QVariantMap& properties)
{
    const Reader reader(properties);
    ClockData clock;
    reader.read("Version"_L1, clock.version);
    reader.readWord("Condition"_L1, clock.condition, conditionFromWord);
    reader.readWord("ClockType"_L1, clock.clockType, clockTypeFromWord);
    reader.readWord("ClockFault"_L1, clock.clockFault, clockFaultFromWord);
    reader.read("Steering"_L1, clock.steering);
    reader.read("AsOfBoottimeUSec"_L1, clock.asOfBoottimeUSec);
    reader.read("LastUpdateBoottimeUSec"_L1, clock.lastUpdateBoottimeUSec);
    reader.read("OffsetSeconds"_L1, clock.offsetSeconds);
    reader.read("UncertaintySeconds"_L1, clock.uncertaintySeconds);
    reader.read("BoundSeconds"_L1, clock.boundSeconds);
    reader.read("BoundGrowthPpm"_L1, clock.boundGrowthPpm);
    reader.read("FrequencyPpm"_L1, clock.frequencyPpm);
    reader.read("FrequencyUncertaintyPpm"_L1, clock.frequencyUncertaintyPpm);
    reader.read("ExtraRatePpm"_L1, clock.extraRatePpm);
    reader.read("JitterSeconds"_L1, clock.jitterSeconds);
    reader.read("Stratum"_L1, clock.stratum);
    reader.read("ReferenceId"_L1, clock.referenceId);
    reader.readWord("Leap"_L1, clock.leap, leapFromWord);
    reader.read("RootDelaySeconds"_L1, clock.rootDelaySeconds);
    reader.read("RootDispersionSeconds"_L1, clock.rootDispersionSeconds);
    reader.read("HasAgreement"_L1, clock.hasAgreement);
    reader.read("AgreementLowSeconds"_L1, clock.agreementLowSeconds);
    reader.read("AgreementHighSeconds"_L1, clock.agreementHighSeconds);
    clock.selectedSource = sourceIdFromPath(properties.value("SelectedSource"_L1).toString());
    reader.read("StepCount"_L1, clock.stepCount);
    reader.read("LastStepSeconds"_L1, clock.lastStepSeconds);
    reader.read("RefusedStepSeconds"_L1, clock.refusedStepSeconds);
    reader.read("ConfigurationProblem"_L1, clock.configurationProblem);
    reader.read("RestartNeeded"_L1, clock.restartNeeded);
    reader.read("OtherClockKeepers"_L1, clock.otherClockKeepers);
    reader.read("SourcesLeftOut"_L1, clock.sourcesLeftOut);
    reader.read("TaiMinusUtcSeconds"_L1, clock.taiMinusUtcSeconds);
    reader.read("LeapListProblem"_L1, clock.leapListProblem);
    reader.read("LeapListExpiresUSec"_L1, clock.leapListExpiresUSec);
    reader.read("StateProblem"_L1, clock.stateProblem);
    reader.read("ServerEnabled"_L1, clock.serverEnabled);
    reader.read("ServerAnswered"_L1, clock.serverAnswered);
    reader.read("ServerDropped"_L1, clock.serverDropped);
    return clock;
}

ServerData serverFromProperties(const QVariantMap& properties)
{
    const Reader reader(properties);
    ServerData server;
    reader.readWord("WantedBy"_L1, server.wantedBy, servingWishFromWord);
    reader.read("Addresses"_L1, server.addresses);
    reader.read("Problems"_L1, server.problems);
    return server;
}

NtsServerData ntsServerFromProperties(const QVariantMap& properties)
{
    const Reader reader(properties);
    NtsServerData server;
    reader.read("Wanted"_L1, server.wanted);
    reader.read("Addresses"_L1, server.addresses);
    reader.read("Problems"_L1, server.problems);
    for (const QVariant& entry : properties.value("Certificates"_L1).toList()) {
        const QVariantMap dictionary = entry.toMap();
        const Reader entryReader(dictionary);
        ServedCertificate certificate;
        entryReader.read("file"_L1, certificate.file);
        entryReader.read("problem"_L1, certificate.problem);
        entryReader.read("names"_L1, certificate.names);
        entryReader.read("issuer"_L1, certificate.issuer);
        entryReader.read("expiresUSec"_L1, certificate.expiresUSec);
        server.certificates.append(certificate);
    }
    reader.read("KeyExchanges"_L1, server.keyExchanges);
    server.refused = countsOf(properties.value("Refused"_L1));
    reader.read("Connections"_L1, server.connections);
    reader.read("MostConnections"_L1, server.mostConnections);
    server.answered = countsOf(properties.value("Answered"_L1));
    server.cookies = countsOf(properties.value("Cookies"_L1));
    reader.read("Refusals"_L1, server.refusals);
    reader.read("CookieKeys"_L1, server.cookieKeys);
    reader.read("CookieKeyMadeBoottimeUSec"_L1, server.cookieKeyMadeBoottimeUSec);
    reader.read("NextCookieKeyBoottimeUSec"_L1, server.nextCookieKeyBoottimeUSec);
    return server;
}

SourceData sourceFromProperties(const QVariantMap& properties)
{
    const Reader reader(properties);
    SourceData source;
    reader.read("Id"_L1, source.id);
    reader.read("Name"_L1, source.name);
    reader.read("Address"_L1, source.address);
    reader.read("Port"_L1, source.port);
    reader.readWord("Origin"_L1, source.origin, originFromWord);
    const QVariantMap options = properties.value("Options"_L1).toMap();
    const Reader optionReader(options);
    optionReader.read("pool"_L1, source.pool);
    optionReader.read("prefer"_L1, source.prefer);
    optionReader.read("trust"_L1, source.trust);
    optionReader.read("require"_L1, source.require);
    optionReader.read("noselect"_L1, source.noSelect);
    optionReader.read("burst"_L1, source.burst);
    optionReader.read("xleave"_L1, source.xleave);
    optionReader.read("smeared"_L1, source.smeared);
    optionReader.read("minpoll"_L1, source.minPoll);
    optionReader.read("maxpoll"_L1, source.maxPoll);
    reader.readWord("Verdict"_L1, source.verdict, verdictFromWord);
    reader.readWord("Reason"_L1, source.reason, reasonFromWord);
    reader.read("LastError"_L1, source.lastError);
    reader.readWord("Authentication"_L1, source.authentication, authenticationFromWord);
    reader.read("NtsHasKeys"_L1, source.ntsHasKeys);
    reader.read("NtsServer"_L1, source.ntsServer);
    reader.read("NtsAlgorithm"_L1, source.ntsAlgorithm);
    reader.read("NtsCookies"_L1, source.ntsCookies);
    reader.read("NtsCertificateNames"_L1, source.ntsCertificateNames);
    reader.read("NtsCertificateIssuer"_L1, source.ntsCertificateIssuer);
    reader.read("NtsCertificateExpiresUSec"_L1, source.ntsCertificateExpiresUSec);
    reader.read("NtsDatesExcused"_L1, source.ntsDatesExcused);
    reader.read("NtsTlsVersion"_L1, source.ntsTlsVersion);
    reader.read("NtsTlsCipher"_L1, source.ntsTlsCipher);
    reader.read("NtsLastExchangeUSec"_L1, source.ntsLastExchangeUSec);
    reader.read("NtsNextAttemptUSec"_L1, source.ntsNextAttemptUSec);
    reader.read("NtsExchanges"_L1, source.ntsExchanges);
    reader.read("NtsFailures"_L1, source.ntsFailures);
    reader.read("NtsRefusals"_L1, source.ntsRefusals);
    reader.read("NtsLastFailure"_L1, source.ntsLastFailure);
    reader.read("Reach"_L1, source.reach);
    reader.read("PollSeconds"_L1, source.pollSeconds);
    reader.read("LastAnswerBoottimeUSec"_L1, source.lastAnswerBoottimeUSec);
    reader.read("Stratum"_L1, source.stratum);
    reader.read("ReferenceId"_L1, source.referenceId);
    reader.readWord("Leap"_L1, source.leap, leapFromWord);
    reader.read("NtpVersion"_L1, source.ntpVersion);
    reader.read("HasEstimate"_L1, source.hasEstimate);
    reader.read("OffsetSeconds"_L1, source.offsetSeconds);
    reader.read("OffsetUncertaintySeconds"_L1, source.offsetUncertaintySeconds);
    reader.read("LastOffsetSeconds"_L1, source.lastOffsetSeconds);
    reader.read("LastDelaySeconds"_L1, source.lastDelaySeconds);
    reader.read("DelaySeconds"_L1, source.delaySeconds);
    reader.read("JitterSeconds"_L1, source.jitterSeconds);
    reader.read("FrequencyPpm"_L1, source.frequencyPpm);
    reader.read("RootDelaySeconds"_L1, source.rootDelaySeconds);
    reader.read("RootDispersionSeconds"_L1, source.rootDispersionSeconds);
    reader.read("RootDistanceSeconds"_L1, source.rootDistanceSeconds);
    reader.read("HasInterval"_L1, source.hasInterval);
    reader.read("IntervalLowSeconds"_L1, source.intervalLowSeconds);
    reader.read("IntervalHighSeconds"_L1, source.intervalHighSeconds);
    reader.readWord("TimestampOrigin"_L1, source.timestampOrigin, timestampOriginFromWord);
    reader.read("Interleaved"_L1, source.interleaved);
    reader.read("Queries"_L1, source.queries);
    reader.read("Answers"_L1, source.answers);
    reader.read("LastKiss"_L1, source.lastKiss);
    source.rejected = countsOf(properties.value("Rejected"_L1));
    return source;
}

} // namespace foliot::bus
