// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The structures of org.freedesktop.PolicyKit1.Authority that the daemon uses.

#include <QDBusArgument>
#include <QMap>
#include <QString>
#include <QVariantMap>

namespace foliot::daemon {

using PolkitDetails = QMap<QString, QString>;

struct PolkitSubject {
    QString kind;
    QVariantMap details;
};

struct PolkitResult {
    bool isAuthorized = false;
    bool isChallenge = false; // would perhaps be authorized if somebody could be asked
    PolkitDetails details;
};

QDBusArgument& operator<<(QDBusArgument& argument, const PolkitSubject& subject);
const QDBusArgument& operator>>(const QDBusArgument& argument, PolkitSubject& subject);
QDBusArgument& operator<<(QDBusArgument& argument, const PolkitResult& result);
const QDBusArgument& operator>>(const QDBusArgument& argument, PolkitResult& result);

// Call once before the first question to polkit.
void registerPolkitTypes();

} // namespace foliot::daemon

Q_DECLARE_METATYPE(foliot::daemon::PolkitSubject)
Q_DECLARE_METATYPE(foliot::daemon::PolkitResult)
