// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/publisher/wanted_source.h"

#include "config/address.h"
#include "config/setting_values.h"
#include "config/settings.h"
#include "daemon/publisher/property_values.h"

#include <algorithm>
#include <limits>
#include <utility>
#include <variant>

namespace foliot::daemon {

using namespace Qt::StringLiterals;

namespace {

constexpr auto keepKey = "keep"_L1;

// Settings of a source that are options on the bus: all but where it is, which is the address.
bool isOption(const config::Setting& setting)
{
    return setting.section == "source" && setting.key != "address" && setting.key != "port";
}

const config::Setting* findOption(const QString& key)
{
    const auto settings = config::settings();
    const auto found = std::ranges::find_if(
        settings, [&](const config::Setting& setting) { return isOption(setting) && textOf(setting.key) == key; });
    return found == settings.end() ? nullptr : &*found;
}

QString knownOptions()
{
    QStringList keys;
    for (const config::Setting& setting : config::settings()) {
        if (isOption(setting))
            keys.append(textOf(setting.key));
    }
    keys.append(keepKey);
    return keys.join(u", "_s);
}

// Any integer type of D-Bus.
std::optional<qint64> integer(const QVariant& value)
{
    switch (value.typeId()) {
    case QMetaType::UChar:
    case QMetaType::Short:
    case QMetaType::UShort:
    case QMetaType::Int:
    case QMetaType::UInt:
    case QMetaType::LongLong:
        return value.toLongLong();
    case QMetaType::ULongLong:
        return static_cast<qint64>(
            std::min(value.toULongLong(), static_cast<qulonglong>(std::numeric_limits<qint64>::max())));
    default:
        return std::nullopt;
    }
}

std::expected<void, QString> store(const config::Setting& setting, config::Source& source, const QVariant& value)
{
    config::Config unused;
    const config::Slot slot = setting.slot(unused, source);
    if (bool* const* flag = std::get_if<bool*>(&slot)) {
        if (value.typeId() != QMetaType::Bool)
            return std::unexpected(u"Option %1 must be a boolean."_s.arg(textOf(setting.key)));
        **flag = value.toBool();
        return {};
    }
    if (config::PollProfile* const* profile = std::get_if<config::PollProfile*>(&slot)) {
        const auto words = wordsOf(setting);
        const std::string given = value.toString().toStdString();
        const auto found = std::ranges::find(words, given);
        if (value.typeId() != QMetaType::QString || found == words.end())
            return std::unexpected(u"Option %1 must be %2."_s.arg(textOf(setting.key), textOf(allowedValues(setting))));
        **profile = static_cast<config::PollProfile>(found - words.begin());
        return {};
    }
    const auto given = integer(value);
    if (!given || static_cast<double>(*given) < setting.lowest || static_cast<double>(*given) > setting.highest)
        return std::unexpected(
            u"Option %1 must be an integer, %2."_s.arg(textOf(setting.key), textOf(rangeOf(setting))));
    if (int* const* number = std::get_if<int*>(&slot))
        **number = static_cast<int>(*given);
    else if (std::uint64_t* const* id = std::get_if<std::uint64_t*>(&slot))
        **id = static_cast<std::uint64_t>(*given);
    else
        return std::unexpected(u"Option %1 can be set in the configuration alone."_s.arg(textOf(setting.key)));
    return {};
}

} // namespace

std::expected<WantedSource, QString> readWantedSource(const QString& address, const QVariantMap& options)
{
    WantedSource request;
    for (auto option = options.cbegin(); option != options.cend(); ++option) {
        if (option.key() == keepKey) {
            if (option.value().typeId() != QMetaType::Bool)
                return std::unexpected(u"Option keep must be a boolean."_s);
            request.keep = option.value().toBool();
            continue;
        }
        const config::Setting* setting = findOption(option.key());
        if (!setting)
            return std::unexpected(
                u"There is no option %1; there are %2."_s.arg(option.key().left(80), knownOptions()));
        if (auto stored = store(*setting, request.settings, option.value()); !stored)
            return std::unexpected(stored.error());
    }
    if (request.settings.profile == config::PollProfile::Precise && !options.contains(u"minpoll"_s))
        request.settings.minPoll = std::min(config::preciseMinPoll, request.settings.maxPoll);
    if (request.settings.nts) {
        if (request.settings.version != 4)
            return std::unexpected(u"Option nts needs version 4."_s);
        request.settings.port = config::keyExchangePort;
    }
    if (request.settings.nts && request.settings.key != 0)
        return std::unexpected(u"Option key: a source is authenticated by nts or by a key, not by both."_s);
    for (const auto& [isSet, key] : {std::pair(request.settings.prefer, u"prefer"_s),
             std::pair(request.settings.trust, u"trust"_s), std::pair(request.settings.require, u"require"_s)}) {
        if (isSet && request.settings.noSelect)
            return std::unexpected(u"Option %1 contradicts noselect: such a source is never selected."_s.arg(key));
    }
    if (request.settings.minPoll > request.settings.maxPoll)
        return std::unexpected(u"Option minpoll (%1) is larger than maxpoll (%2)."_s.arg(request.settings.minPoll)
                .arg(request.settings.maxPoll));

    const auto parsed = config::parseServerAddress(address.toStdString());
    if (!parsed) // what outsiders wrote is not repeated at any length
        return std::unexpected(u"Address \"%1\": %2."_s.arg(address.left(80), textOf(parsed.error())));
    request.settings.address = parsed->host;
    request.settings.port = parsed->port.value_or(request.settings.port);
    return request;
}

QVariantMap optionsOf(const config::Source& settings)
{
    QVariantMap options;
    config::Source source = settings;
    config::Config unused;
    for (const config::Setting& setting : config::settings()) {
        if (!isOption(setting))
            continue;
        const config::Slot slot = setting.slot(unused, source);
        if (bool* const* flag = std::get_if<bool*>(&slot))
            options.insert(textOf(setting.key), **flag);
        else if (int* const* number = std::get_if<int*>(&slot))
            options.insert(textOf(setting.key), **number);
        else if (std::uint64_t* const* id = std::get_if<std::uint64_t*>(&slot))
            options.insert(textOf(setting.key), static_cast<quint32>(**id));
        else if (config::PollProfile* const* profile = std::get_if<config::PollProfile*>(&slot))
            options.insert(textOf(setting.key), textOf(wordsOf(setting)[static_cast<std::size_t>(**profile)]));
    }
    return options;
}

} // namespace foliot::daemon
