// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The base of tests of a publisher on a bus of its own, which each of them gets anew.

#include "daemon/publisher/published_daemon.h"

namespace foliot::tests {

class PublishedTest : public QObject {
    Q_OBJECT
protected Q_SLOTS:
    void initTestCase() { bus::registerTypes(); }
    void init()
    {
        m_bus = std::make_unique<PrivateBus>();
        QVERIFY2(m_bus->start(), qPrintable(m_bus->problem()));
        m_choice = {.kind = bus::BusKind::Session, .address = m_bus->address()};
        m_asked = {};
        m_publisher = makePublisher(m_choice, m_asked);
    }
    void cleanup()
    {
        m_publisher.reset();
        m_bus.reset();
    }

protected:
    // Goes onto the bus with the state.
    void publish(const sync::State& state)
    {
        m_publisher->update(state, sampleSources());
        const auto started = m_publisher->start();
        QVERIFY2(started, qPrintable(started.error_or(QString())));
    }

    std::unique_ptr<PrivateBus> m_bus;
    bus::BusChoice m_choice;
    Asked m_asked;
    std::unique_ptr<daemon::Publisher> m_publisher;
};

} // namespace foliot::tests
