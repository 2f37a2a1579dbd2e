// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/server_address.h"

#include <QStringList>
#include <QUrl>

#include <algorithm>

namespace foliot::gui {

namespace {

constexpr qsizetype longestName = 253;
constexpr qsizetype longestLabel = 63;

bool isDigit(QChar character)
{
    return character >= QLatin1Char('0') && character <= QLatin1Char('9');
}

bool isIpv4(const QString& host)
{
    const QStringList parts = host.split(QLatin1Char('.'));
    return parts.size() == 4 && std::ranges::all_of(parts, [](const QString& part) {
        return !part.isEmpty() && part.size() <= 3 && std::ranges::all_of(part, isDigit) && part.toInt() <= 255;
    });
}

bool isIpv6(const QString& host)
{
    QUrl url;
    url.setScheme(QStringLiteral("ntp"));
    url.setHost(host, QUrl::StrictMode);
    return url.isValid() && !url.host().isEmpty();
}

bool isLabel(const QString& label)
{
    const auto isAllowed = [](QChar character) {
        return isDigit(character) || (character >= QLatin1Char('a') && character <= QLatin1Char('z')) ||
               (character >= QLatin1Char('A') && character <= QLatin1Char('Z')) || character == QLatin1Char('-');
    };
    return !label.isEmpty() && label.size() <= longestLabel && std::ranges::all_of(label, isAllowed) &&
           !label.startsWith(QLatin1Char('-')) && !label.endsWith(QLatin1Char('-'));
}

// Names outside ASCII are put into the form that the domain name system knows; empty when that is not possible.
QString asName(QString host)
{
    if (host.endsWith(QLatin1Char('.')))
        host.chop(1);
    const bool isAscii = std::ranges::all_of(host, [](QChar character) { return character.unicode() < 0x80; });
    const QString ascii = isAscii ? host : QString::fromLatin1(QUrl::toAce(host));
    const QStringList labels = ascii.split(QLatin1Char('.'));
    return ascii.size() <= longestName && std::ranges::all_of(labels, isLabel) ? ascii : QString();
}

// True when it was there; it is taken off.
bool takeScheme(QString& typed, QLatin1StringView scheme)
{
    if (!typed.startsWith(scheme, Qt::CaseInsensitive))
        return false;
    typed = typed.mid(scheme.size());
    return true;
}

} // namespace

QString ServerAddress::toText() const
{
    return bus::serverText(host, port, isAuthenticated);
}

std::expected<ServerAddress, AddressError> parseServerAddress(const QString& typed, quint16 port)
{
    QString host = typed.trimmed();
    const bool isAuthenticated = takeScheme(host, QLatin1StringView("nts://"));
    if (!isAuthenticated)
        takeScheme(host, QLatin1StringView("ntp://"));
    if (host.isEmpty())
        return std::unexpected(AddressError::Empty);

    QString portText;
    bool isBracketed = false;
    if (host.startsWith(QLatin1Char('['))) {
        const qsizetype end = host.indexOf(QLatin1Char(']'));
        const QString rest = end < 0 ? QString() : host.mid(end + 1);
        if (end < 0 || (!rest.isEmpty() && !rest.startsWith(QLatin1Char(':'))))
            return std::unexpected(AddressError::BadIpAddress);
        isBracketed = true;
        portText = rest;
        host = host.mid(1, end - 1);
    } else if (host.count(QLatin1Char(':')) == 1) {
        portText = host.mid(host.indexOf(QLatin1Char(':')));
        host.truncate(host.indexOf(QLatin1Char(':')));
    }
    if (!portText.isEmpty()) {
        const QString digits = portText.mid(1);
        const int number = digits.size() <= 5 && std::ranges::all_of(digits, isDigit) ? digits.toInt() : 0;
        if (number < 1 || number > 65535)
            return std::unexpected(AddressError::BadPort);
        port = static_cast<quint16>(number);
    }

    if (isBracketed || host.contains(QLatin1Char(':'))) {
        if (!host.contains(QLatin1Char(':')) || !isIpv6(host))
            return std::unexpected(AddressError::BadIpAddress);
        return ServerAddress{.host = host, .port = port, .isAuthenticated = isAuthenticated};
    }
    // All figures and points: nobody means a name by that.
    if (std::ranges::all_of(
            host, [](QChar character) { return isDigit(character) || character == QLatin1Char('.'); })) {
        if (!isIpv4(host))
            return std::unexpected(AddressError::BadIpAddress);
        return ServerAddress{.host = host, .port = port, .isAuthenticated = isAuthenticated};
    }
    const QString name = asName(host);
    if (name.isEmpty())
        return std::unexpected(AddressError::BadName);
    return ServerAddress{.host = name, .port = port, .isAuthenticated = isAuthenticated};
}

} // namespace foliot::gui
