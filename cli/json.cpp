// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/json.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <cmath>
#include <initializer_list>

namespace foliot::cli {

using namespace Qt::StringLiterals;

namespace {

QJsonValue number(double value)
{
    return std::isfinite(value) ? QJsonValue(value) : QJsonValue(QJsonValue::Null);
}

QJsonObject fields(const QVariantMap& properties)
{
    QJsonObject result;
    for (auto property = properties.cbegin(); property != properties.cend(); ++property) {
        QString name = property.key();
        if (!name.isEmpty())
            name[0] = name[0].toLower();
        if (property->typeId() == QMetaType::Double)
            result.insert(name, number(property->toDouble()));
        else if (property->typeId() == QMetaType::UChar) // Qt takes an octet for a letter
            result.insert(name, property->toInt());
        else
            result.insert(name, QJsonValue::fromVariant(*property));
    }
    return result;
}

// What is not known yet is 0 on the bus, with a flag beside it that says so.
QJsonObject sourceFields(const QVariantMap& properties)
{
    QJsonObject result = fields(properties);
    // The flag: a number or a truth.
    const auto hide = [&](const QString& flag, std::initializer_list<QLatin1StringView> names) {
        if (properties.value(flag).toBool())
            return;
        for (const QLatin1StringView name : names)
            result.insert(name, QJsonValue::Null);
    };
    hide(u"HasEstimate"_s, {"offsetSeconds"_L1, "offsetUncertaintySeconds"_L1, "delaySeconds"_L1, "jitterSeconds"_L1,
                               "frequencyPpm"_L1, "rootDistanceSeconds"_L1});
    hide(u"HasInterval"_s, {"intervalLowSeconds"_L1, "intervalHighSeconds"_L1});
    hide(u"LastAnswerBoottimeUSec"_s, {"lastOffsetSeconds"_L1, "lastDelaySeconds"_L1});
    hide(u"NtpVersion"_s, {"stratum"_L1, "rootDelaySeconds"_L1, "rootDispersionSeconds"_L1});
    return result;
}

QJsonObject availabilityJson(const Snapshot& snapshot)
{
    QJsonObject result{{u"available"_s, snapshot.isAvailable()}};
    if (!snapshot.problem.isEmpty())
        result.insert(u"problem"_s, snapshot.problem);
    return result;
}

void addClock(const Snapshot& snapshot, QJsonObject& result)
{
    if (!snapshot.isAvailable())
        return;
    const bus::Summary summary = snapshot.summary();
    result.insert(u"synchronized"_s, summary.isSynchronized());
    result.insert(u"boundNowSeconds"_s, number(summary.boundSeconds));
    result.insert(u"updateAgeSeconds"_s, number(summary.updateAgeSeconds));
    result.insert(u"clock"_s, fields(snapshot.clockProperties));
}

void addSources(const Snapshot& snapshot, QJsonObject& result)
{
    if (!snapshot.isAvailable())
        return;
    QJsonArray sources;
    for (const auto& [id, properties] : snapshot.sourceProperties)
        sources.append(sourceFields(properties));
    result.insert(u"sources"_s, sources);
}

} // namespace

QJsonObject statusJson(const Snapshot& snapshot)
{
    QJsonObject result = availabilityJson(snapshot);
    addClock(snapshot, result);
    return result;
}

QJsonObject sourcesJson(const Snapshot& snapshot)
{
    QJsonObject result = availabilityJson(snapshot);
    addSources(snapshot, result);
    return result;
}

QJsonObject authenticationJson(const Snapshot& snapshot)
{
    QJsonObject result = sourcesJson(snapshot);
    if (snapshot.isAvailable())
        result.insert(u"ntsServer"_s, fields(snapshot.ntsServerProperties));
    return result;
}

QJsonObject serverJson(const Snapshot& snapshot)
{
    QJsonObject result = availabilityJson(snapshot);
    if (snapshot.isAvailable())
        result.insert(u"server"_s, fields(snapshot.serverProperties));
    return result;
}

QJsonObject clientsJson(const bus::ServedClients& clients)
{
    const auto whole = [](quint64 number) { return static_cast<qint64>(number); };
    QJsonArray array;
    for (const bus::ServedClient& client : clients) {
        array.append(QJsonObject{{u"address"_s, client.address}, {u"firstSeenUSec"_s, whole(client.firstSeenUSec)},
            {u"lastSeenUSec"_s, whole(client.lastSeenUSec)}, {u"received"_s, whole(client.received)},
            {u"answered"_s, whole(client.answered)}, {u"limited"_s, whole(client.limited)},
            {u"authenticated"_s, whole(client.authenticated)}, {u"version"_s, whole(client.version)}});
    }
    return {{u"clients"_s, array}};
}

QJsonObject watchJson(const Snapshot& snapshot)
{
    QJsonObject result = statusJson(snapshot);
    addSources(snapshot, result);
    return result;
}

QByteArray jsonText(const QJsonObject& object, bool isOneLine)
{
    const QByteArray text =
        QJsonDocument(object).toJson(isOneLine ? QJsonDocument::Compact : QJsonDocument::Indented).trimmed();
    QByteArray result;
    for (const QChar unit : QString::fromUtf8(text)) {
        if (unit < u'\x7f')
            result += unit.toLatin1();
        else
            result += "\\u" + QByteArray::number(unit.unicode(), 16).rightJustified(4, '0');
    }
    return result;
}

} // namespace foliot::cli
