// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// From names to addresses, without making anybody wait. Numeric addresses never come here.

#include <QHostAddress>
#include <QList>
#include <QObject>
#include <QString>

namespace foliot::daemon {

class Resolver : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    // Answered by one resolved() or unresolvable(), later.
    virtual void lookUp(const QString& name) = 0;

Q_SIGNALS:
    void resolved(const QString& name, const QList<QHostAddress>& addresses);
    void unresolvable(const QString& name, const QString& why);
};

// The system's own resolver (files, DNS and what else it is told to ask), on a thread of Qt's.
class SystemResolver : public Resolver {
    Q_OBJECT
public:
    using Resolver::Resolver;

    void lookUp(const QString& name) override;
};

} // namespace foliot::daemon
