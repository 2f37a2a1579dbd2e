// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A resolver that knows the names that a test gives it, and answers when the event loop turns, as the real one does.

#include "daemon/net/resolver.h"

#include <QMap>
#include <QStringList>

namespace foliot::tests {

class KnownNames : public daemon::Resolver {
public:
    using Resolver::Resolver;

    void set(const QString& name, const QStringList& addresses) { m_names[name] = addresses; }
    int lookups() const { return m_lookups; }

    void lookUp(const QString& name) override
    {
        ++m_lookups;
        QMetaObject::invokeMethod(this, [this, name] { answer(name); }, Qt::QueuedConnection);
    }

private:
    void answer(const QString& name)
    {
        QList<QHostAddress> addresses;
        for (const QString& text : m_names.value(name))
            addresses.append(QHostAddress(text));
        if (addresses.isEmpty())
            Q_EMIT unresolvable(name, QStringLiteral("Host not found"));
        else
            Q_EMIT resolved(name, addresses);
    }

    QMap<QString, QStringList> m_names;
    int m_lookups = 0;
};

} // namespace foliot::tests
