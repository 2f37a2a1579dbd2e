// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the daemon publishes, as plain values. Made by Client from the properties on the bus; read by the window's models
// and by foliotctl. Units, signs and ranges are those of the interface descriptions (org.foliot.*.xml). A property that
// the daemon does not have keeps the default here.

#include "bus/client/words.h"
#include "bus/types.h"

#include <limits>
#include <optional>

namespace foliot::bus {

struct ClockData {
    QString version;
    Condition condition = Condition::Unknown;
    ClockType clockType = ClockType::Unknown;
    ClockFault clockFault = ClockFault::Unknown;
    bool steering = false;
    quint64 asOfBoottimeUSec = 0;
    quint64 lastUpdateBoottimeUSec = 0; // 0 before the first update
    double offsetSeconds = 0.0;
    double uncertaintySeconds = std::numeric_limits<double>::infinity();
    double boundSeconds = std::numeric_limits<double>::infinity();
    double boundGrowthPpm = 0.0;
    double frequencyPpm = 0.0;
    double frequencyUncertaintyPpm = 0.0;
    double extraRatePpm = 0.0;
    double jitterSeconds = 0.0;
    quint32 stratum = 16;
    QString referenceId;
    Leap leap = Leap::Unknown;
    quint32 taiMinusUtcSeconds = 0; // 0 when not known
    double rootDelaySeconds = 0.0;
    double rootDispersionSeconds = 0.0;
    bool hasAgreement = false;
    double agreementLowSeconds = 0.0;
    double agreementHighSeconds = 0.0;
    std::optional<quint32> selectedSource; // id
    quint32 stepCount = 0;
    double lastStepSeconds = 0.0;
    double refusedStepSeconds = 0.0;
    QString configurationProblem;    // lines; outside text, show it as plain text
    QStringList restartNeeded;       // settings
    QStringList otherClockKeepers;   // programs
    QStringList sourcesLeftOut;      // sentences
    QString leapListProblem;         // outside text
    quint64 leapListExpiresUSec = 0; // since 1970; 0 without a list
    QString stateProblem;
    bool serverEnabled = false;
    quint64 serverAnswered = 0;
    quint64 serverDropped = 0;

    friend bool operator==(const ClockData&, const ClockData&) = default;
};

struct ServerData {
    ServingWish wantedBy = ServingWish::Unknown;
    QStringList addresses; // that are served, with their port
    QStringList problems;  // sentences, in English

    bool isWanted() const { return wantedBy != ServingWish::Unknown && wantedBy != ServingWish::Nobody; }

    friend bool operator==(const ServerData&, const ServerData&) = default;
};

// A certificate that clients of the NTS server are shown.
struct ServedCertificate {
    QString file;
    QString problem;         // a sentence, in English; empty when all is well
    QStringList names;       // of the server; empty, like the next two, while there is none in force
    QString issuer;          // outside text
    quint64 expiresUSec = 0; // since 1970

    bool isInForce() const { return expiresUSec != 0; }

    friend bool operator==(const ServedCertificate&, const ServedCertificate&) = default;
};

// Network Time Security as it is served.
struct NtsServerData {
    bool wanted = false;
    QStringList addresses; // that keys are exchanged on, with their port
    QStringList problems;  // sentences, in English
    QList<ServedCertificate> certificates;
    quint64 keyExchanges = 0;
    CountByReason refused;
    quint32 connections = 0;
    quint32 mostConnections = 0;
    CountByReason answered; // by algorithm, like the next
    CountByReason cookies;
    quint64 refusals = 0; // NTSN
    quint32 cookieKeys = 0;
    qint64 cookieKeyMadeBoottimeUSec = 0;
    qint64 nextCookieKeyBoottimeUSec = 0;

    friend bool operator==(const NtsServerData&, const NtsServerData&) = default;
};

struct SourceData {
    quint32 id = 0;
    QString name;    // as configured: outside text, show it as plain text
    QString address; // empty while unresolved
    quint16 port = 0;
    Origin origin = Origin::Unknown;
    Authentication authentication = Authentication::Unknown;
    bool ntsHasKeys = false;
    QString ntsServer;    // empty before the first key exchange
    QString ntsAlgorithm; // the same
    quint32 ntsCookies = 0;
    QStringList ntsCertificateNames; // outside text, like the next
    QString ntsCertificateIssuer;
    quint64 ntsCertificateExpiresUSec = 0; // since 1970, like the next two; 0 for never
    quint64 ntsLastExchangeUSec = 0;
    quint64 ntsNextAttemptUSec = 0;
    bool ntsDatesExcused = false;
    QString ntsTlsVersion;
    QString ntsTlsCipher;
    quint64 ntsExchanges = 0;
    quint64 ntsFailures = 0;
    quint64 ntsRefusals = 0;
    QString ntsLastFailure;
    bool pool = false;
    bool prefer = false;
    bool trust = false;
    bool require = false;
    bool noSelect = false;
    bool burst = false;
    bool xleave = false;
    bool smeared = false; // it spreads leap seconds over hours
    int minPoll = 0;      // log2 seconds
    int maxPoll = 0;      // log2 seconds
    Verdict verdict = Verdict::Unknown;
    Reason reason = Reason::Unknown;
    QString lastError;
    quint8 reach = 0;
    quint32 pollSeconds = 0;
    quint64 lastAnswerBoottimeUSec = 0; // 0 before the first answer
    quint32 stratum = 0;
    QString referenceId;
    Leap leap = Leap::Unknown;
    quint32 ntpVersion = 0;
    bool hasEstimate = false;
    double offsetSeconds = 0.0;
    double offsetUncertaintySeconds = std::numeric_limits<double>::infinity();
    double lastOffsetSeconds = 0.0;
    double lastDelaySeconds = 0.0;
    double delaySeconds = 0.0;
    double jitterSeconds = 0.0;
    double frequencyPpm = 0.0;
    double rootDelaySeconds = 0.0;
    double rootDispersionSeconds = 0.0;
    double rootDistanceSeconds = 0.0;
    bool hasInterval = false;
    double intervalLowSeconds = 0.0;
    double intervalHighSeconds = 0.0;
    TimestampOrigin timestampOrigin = TimestampOrigin::Unknown;
    bool interleaved = false; // the last answer
    quint64 queries = 0;
    quint64 answers = 0;
    QString lastKiss;
    CountByReason rejected;

    friend bool operator==(const SourceData&, const SourceData&) = default;
};

// From properties by their name on the bus, made native first.
ClockData clockFromProperties(const QVariantMap& properties);
ServerData serverFromProperties(const QVariantMap& properties);
NtsServerData ntsServerFromProperties(const QVariantMap& properties);
SourceData sourceFromProperties(const QVariantMap& properties);

// Properties as they come from the bus hold containers that can be read only once. Here they become QVariantMap,
// QVariantList and QStringList (object paths as text).
QVariantMap nativeProperties(const QVariantMap& properties);

// The N of /org/foliot/Foliot1/source/N; empty for any other path.
std::optional<quint32> sourceIdFromPath(const QString& path);
QDBusObjectPath sourcePath(quint32 id);

} // namespace foliot::bus
