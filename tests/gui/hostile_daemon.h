// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A service with the daemon's name that says what no daemon should say: numbers that are none, names full of markup, and a
// past of any length.

#include "bus/types.h"

#include <QDBusConnection>
#include <QDBusVirtualObject>

namespace foliot::tests {

class HostileDaemon : public QDBusVirtualObject {
    Q_OBJECT

public:
    explicit HostileDaemon(const QString& busAddress);
    ~HostileDaemon() override;

    QString name;        // of each source
    double number = 0.0; // every number with a fraction
    int sources = 3;
    bus::ClockSamples past; // what History answers
    int historyCalls = 0;

    [[nodiscard]] bool start();
    void stop();

    QString introspect(const QString& path) const override;
    bool handleMessage(const QDBusMessage& message, const QDBusConnection& connection) override;

private:
    [[nodiscard]] bus::ManagedObjects objects() const;

    QDBusConnection m_connection;
};

} // namespace foliot::tests
