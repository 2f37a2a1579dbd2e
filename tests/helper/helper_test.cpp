// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "helper/helper_test.h"

#include <QElapsedTimer>
#include <QTest>

namespace foliot::tests {

using namespace Qt::StringLiterals;

bool hasEndedWithin(qint64 pid, int ms)
{
    return QTest::qWaitFor([pid] { return !isAlive(pid); }, ms);
}

Client::Client(const PrivateBus& bus, uint user)
{
    QStringList environment = QProcess::systemEnvironment() + bus.environment();
    environment << u"FOLIOT_PLUGIN_PATH="_s + pluginFolder();
    m_process.setEnvironment(environment);
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    const QStringList command = PrivateBus::asUser(user) + QStringList{QStringLiteral(HELPER_CLIENT)};
    m_process.start(command.first(), command.sliced(1));
    m_process.waitForStarted();
}

QString Client::next(int timeoutMs)
{
    QElapsedTimer waited;
    waited.start();
    while (!m_process.canReadLine() && waited.elapsed() < timeoutMs && m_process.state() != QProcess::NotRunning)
        m_process.waitForReadyRead(static_cast<int>(timeoutMs - waited.elapsed()));
    return QString::fromUtf8(m_process.readLine()).trimmed();
}

bool Client::hears(const QString& beginning)
{
    for (QString event = next(); !event.isEmpty(); event = next()) {
        if (event.startsWith(beginning))
            return true;
    }
    return false;
}

QString Client::ask(const QString& line, int timeoutMs)
{
    say(line);
    return next(timeoutMs);
}

clock::Fault Client::fault(const QString& line)
{
    const QString reply = ask(line);
    return reply.startsWith("reply "_L1) ? clock::Fault{reply.section(u' ', Fault, Fault).toUInt()} : clock::Fault{99};
}

void Client::kill()
{
    m_process.kill();
    m_process.waitForFinished();
}

void HelperTest::initTestCase()
{
    if (const auto reason = HelperBus::whyImpossible())
        QSKIP(qPrintable(*reason));
    m_basePpm = kernelPpm();
}

void HelperTest::init()
{
    m_bus = std::make_unique<HelperBus>();
    QVERIFY2(m_bus->start(), qPrintable(m_bus->bus().problem()));
}

void HelperTest::cleanup()
{
    m_bus.reset();
    QCOMPARE(kernelPpm(), m_basePpm);
}

std::unique_ptr<Client> HelperTest::steering()
{
    auto client = std::make_unique<Client>(m_bus->bus(), daemonId);
    const QString answer = client->ask(u"call"_s);
    return answer.startsWith("ready "_L1) ? std::move(client) : nullptr;
}

} // namespace foliot::tests
