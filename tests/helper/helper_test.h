// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the tests of the helper by itself share: the helper as it is installed, started by a real bus for each test,
// allowed or not by the real polkit with the shipped policy, rule and action, and changing this machine's clock: by less
// than 1 ppm, for less than a second, and back. Steps are written down by a preloaded library and not done. Numbers in
// the names of the tests are rows of the fault list.

#include "helper/helper_bus.h"

#include "clock/contract.h"

#include <QObject>
#include <QProcess>

namespace foliot::tests {

inline constexpr int patienceMs = 15'000;

bool hasEndedWithin(qint64 pid, int ms);

// helper_client, run as some user on the test's bus.
class Client {
public:
    Client(const PrivateBus& bus, uint user);
    ~Client() { kill(); }
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    void say(const QString& line) { m_process.write(line.toUtf8() + '\n'); }

    // The next event. Empty when none comes.
    QString next(int timeoutMs = patienceMs);
    // The helper closed its end, whatever else is heard of it.
    bool isLeftAlone() { return hears(QStringLiteral("gone")); }
    bool hears(const QString& beginning);
    QString ask(const QString& line, int timeoutMs = patienceMs);
    // One word of a reply, see helper_client.
    enum Word { Kind = 1, Fault, Base, Extra, Stepped, Width };
    static double word(const QString& reply, Word index) { return reply.section(u' ', index, index).toDouble(); }
    clock::Fault fault(const QString& line);

    void kill();

private:
    QProcess m_process;
};

// The base of each of them.
class HelperTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

protected:
    // One that serves, as the daemon's user.
    std::unique_ptr<Client> steering();
    qint64 helperPid() const { return m_bus->helperPid(); }

    std::unique_ptr<HelperBus> m_bus;
    double m_basePpm = 0.0;
};

} // namespace foliot::tests
