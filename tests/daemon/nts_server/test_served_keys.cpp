// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// foliotd as a process that exchanges keys as it is configured: certificates renewed while it runs, its rules of who may
// come, and that those who ask for the time are answered whatever happens there. FAULTS rows 47 and 57.

#include "daemon/foliotd_files.h"
#include "daemon/net/socket.h"
#include "ntp/packet.h"
#include "served_identity.h"
#include "socket_client.h"
#include "support/child_process.h"

#include <QFile>
#include <QTest>

#include <csignal>

#include <netinet/in.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>

using namespace foliot;
using namespace foliot::daemon;
using namespace foliot::tests;
using namespace Qt::StringLiterals;

namespace {

constexpr int patienceMs = 30'000;
const QString foliotd = QStringLiteral(FOLIOTD);

Endpoint freeTcpEndpoint()
{
    const FileDescriptor socket{::socket(AF_INET, SOCK_STREAM, 0)};
    const auto any = toSocketAddress({.address = QHostAddress(u"127.0.0.1"_s), .port = 0});
    if (::bind(socket.get(), any.get(), any.length) != 0)
        qFatal("there is no free port");
    return *localEndpoint(socket.get());
}

// True when the time is told within the patience.
bool isAnswered(const Endpoint& server)
{
    const auto socket = openConnected(server);
    const auto request = ntp::serializeHeader({.mode = ntp::Mode::Client, .transmit = ntp::Timestamp{0x0123'4567}});
    if (!socket || ::send(socket->get(), request.data(), request.size(), 0) < 0)
        return false;
    pollfd waited{.fd = socket->get(), .events = POLLIN, .revents = 0};
    return ::poll(&waited, 1, patienceMs) == 1;
}

} // namespace

class TestServedKeys : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keysAreExchangedAndOutlastARestart();
    void renewedCertificateIsTakenAtReload();
    void unusableCertificateIsSaidAndTheTimeServed();
    void deniedClientsGetNoKeys();
    void servingCanBeSwitchedOffAndOn();
    void timeIsServedWhileConnectionsFlood();

private:
    QString configuration(const Folder& folder, const QString& more = {}, const QString& access = {})
    {
        return folder.write(u"foliot.toml"_s,
            u"source = []\n\n[clock]\ntype = \"none\"\n\n[server]\nlisten = [\"127.0.0.1:%1\"]\nlocal-stratum = 1\n%2\n"
            "[nts-server]\ncertificates = [\"%3\"]\nprivate-keys = [\"%4\"]\nlisten = [\"127.0.0.1:%5\"]\nrate-limit = "
            "0\n%6\n"
            "[state]\ndirectory = \"%7\"\n"_s.arg(m_time.port)
                .arg(access, folder.path(u"chain.pem"_s), folder.path(u"key.pem"_s))
                .arg(m_keys.port)
                .arg(more, folder.path(u"state"_s)));
    }
    static void put(const Folder& folder, const CertificateFiles& files)
    {
        const QString chain = folder.path(u"chain.pem"_s);
        const QString key = folder.path(u"key.pem"_s);
        QFile::remove(chain);
        QFile::remove(key);
        QVERIFY(QFile::copy(files.chain, chain) && QFile::copy(files.key, key));
    }
    bool isExchanging(ChildProcess& daemon) const
    {
        return daemon.output().contains(u"exchanging keys on "_s + endpointText(m_keys));
    }
    static void reload(ChildProcess& daemon)
    {
        const auto before = daemon.output().count(u"configuration read again"_s);
        ::kill(static_cast<pid_t>(daemon.process().processId()), SIGHUP);
        QTRY_VERIFY2_WITH_TIMEOUT(
            daemon.output().count(u"configuration read again"_s) > before, qPrintable(daemon.output()), patienceMs);
    }

    MadeAuthority m_authority;
    Endpoint m_time = freeEndpoint();
    Endpoint m_keys = freeTcpEndpoint();
};

void TestServedKeys::keysAreExchangedAndOutlastARestart()
{
    const Folder folder;
    put(folder, m_authority.sign({.names = {u"nts.test"_s}}));
    const QString file = configuration(folder, u"ntp-server = \"time.test\"\n"_s);
    std::vector<std::byte> firstKey;
    for (int start = 0; start < 2; ++start) {
        ChildProcess daemon(foliotd, {u"--no-bus"_s, u"--config"_s, file});
        QTRY_VERIFY2_WITH_TIMEOUT(isExchanging(daemon), qPrintable(daemon.output()), patienceMs);
        SocketClient client(m_keys);
        const auto agreement = client.exchange();
        QVERIFY2(agreement, qPrintable(daemon.output()));
        QCOMPARE(agreement->server, std::string("time.test"));
        QCOMPARE(agreement->port, m_time.port);
        QCOMPARE(agreement->cookies.size(), nts::wantedCookies);
        // By the same key: its number comes first.
        const auto& cookie = agreement->cookies.front();
        const std::vector<std::byte> key(cookie.begin(), cookie.begin() + 4);
        QVERIFY(start == 0 || key == firstKey);
        firstKey = key;
        // It was there when the first request could come.
        const QString output = daemon.output();
        const auto served = output.indexOf(u"serving on "_s);
        QVERIFY2(served > output.indexOf(u"exchanging keys on "_s), qPrintable(output));
        QCOMPARE(daemon.stop(), 0);
    }
}

void TestServedKeys::renewedCertificateIsTakenAtReload()
{
    const Folder folder;
    put(folder, m_authority.sign({.names = {u"old.test"_s}}));
    ChildProcess daemon(foliotd, {u"--no-bus"_s, u"--config"_s, configuration(folder)});
    QTRY_VERIFY2_WITH_TIMEOUT(isExchanging(daemon), qPrintable(daemon.output()), patienceMs);
    put(folder, m_authority.sign({.names = {u"new.test"_s}}));
    reload(daemon);
    SocketClient client(m_keys);
    QVERIFY(client.exchange());
    QCOMPARE(client.tls().certificateName(), "new.test"_ba);

    folder.write(u"chain.pem"_s, u"nothing"_s);
    reload(daemon);
    QTRY_VERIFY2_WITH_TIMEOUT(daemon.output().contains(u"the certificate from before stays in use"_s),
        qPrintable(daemon.output()), patienceMs);
    SocketClient still(m_keys);
    QVERIFY(still.exchange());
    QCOMPARE(still.tls().certificateName(), "new.test"_ba);
    QCOMPARE(daemon.output().count(u"exchanging keys on"_s), 1); // nothing was opened anew
    QCOMPARE(daemon.stop(), 0);
}

void TestServedKeys::unusableCertificateIsSaidAndTheTimeServed()
{
    const Folder folder;
    put(folder, m_authority.sign({.names = {u"nts.test"_s}}));
    QFile::setPermissions(folder.path(u"key.pem"_s), QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther);
    ChildProcess daemon(foliotd, {u"--no-bus"_s, u"--config"_s, configuration(folder)});
    QTRY_VERIFY2_WITH_TIMEOUT(
        daemon.output().contains(u"key.pem: others can read"_s), qPrintable(daemon.output()), patienceMs);
    QVERIFY(isAnswered(m_time));
    QVERIFY(!SocketClient(m_keys).exchange());
    // Made right, it is taken without being told.
    QFile::setPermissions(folder.path(u"key.pem"_s), QFile::ReadOwner | QFile::WriteOwner);
    QTRY_VERIFY2_WITH_TIMEOUT(SocketClient(m_keys).exchange(), qPrintable(daemon.output()), patienceMs);
    QVERIFY(!daemon.output().contains(u"PRIVATE"_s)); // nothing of the key
    QCOMPARE(daemon.stop(), 0);
}

void TestServedKeys::deniedClientsGetNoKeys() // row 57
{
    const Folder folder;
    put(folder, m_authority.sign({.names = {u"nts.test"_s}}));
    ChildProcess daemon(
        foliotd, {u"--no-bus"_s, u"--config"_s, configuration(folder, {}, u"deny = [\"127.0.0.2\"]\n"_s)});
    QTRY_VERIFY2_WITH_TIMEOUT(isExchanging(daemon), qPrintable(daemon.output()), patienceMs);
    QVERIFY(!SocketClient(m_keys, u"127.0.0.2"_s).exchange());
    QVERIFY(SocketClient(m_keys).exchange());
    configuration(folder, {}, u"deny = [\"127.0.0.1\"]\n"_s);
    reload(daemon);
    QVERIFY(SocketClient(m_keys, u"127.0.0.2"_s).exchange());
    QVERIFY(!SocketClient(m_keys).exchange());
    QCOMPARE(daemon.stop(), 0);
}

void TestServedKeys::servingCanBeSwitchedOffAndOn()
{
    const Folder folder;
    put(folder, m_authority.sign({.names = {u"nts.test"_s}}));
    ChildProcess daemon(foliotd, {u"--no-bus"_s, u"--config"_s, configuration(folder)});
    QTRY_VERIFY2_WITH_TIMEOUT(isExchanging(daemon), qPrintable(daemon.output()), patienceMs);
    const QString on = folder.path(u"foliot.toml"_s);
    QFile file(on);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QString text = QString::fromUtf8(file.readAll());
    file.close();
    folder.write(u"foliot.toml"_s,
        text.remove(text.indexOf(u"[nts-server]"_s), text.indexOf(u"[state]"_s) - text.indexOf(u"[nts-server]"_s)));
    reload(daemon);
    const FileDescriptor socket{::socket(AF_INET, SOCK_STREAM, 0)};
    const auto gone = toSocketAddress(m_keys);
    QVERIFY(::connect(socket.get(), gone.get(), gone.length) != 0);
    QVERIFY(isAnswered(m_time));
    configuration(folder);
    reload(daemon);
    QVERIFY2(SocketClient(m_keys).exchange(), qPrintable(daemon.output()));
    QCOMPARE(daemon.stop(), 0);
}

void TestServedKeys::timeIsServedWhileConnectionsFlood() // row 47
{
    constexpr int connections = FOLIOT_SANITIZED ? 500 : 10'000;
    rlimit limit{};
    QCOMPARE(::getrlimit(RLIMIT_NOFILE, &limit), 0);
    limit.rlim_cur = limit.rlim_max;
    if (limit.rlim_max < connections + 1000 || ::setrlimit(RLIMIT_NOFILE, &limit) != 0)
        QSKIP("there are not enough descriptors");
    const Folder folder;
    put(folder, m_authority.sign({.names = {u"nts.test"_s}}));
    ChildProcess daemon(foliotd, {u"--no-bus"_s, u"--config"_s, configuration(folder, u"max-connections = 100\n"_s)});
    QTRY_VERIFY2_WITH_TIMEOUT(isExchanging(daemon), qPrintable(daemon.output()), patienceMs);
    std::vector<FileDescriptor> idle;
    for (int i = 0; i < connections; ++i) {
        idle.push_back(idleConnection(m_keys, u"127.3.%1.%2"_s.arg(i / 250).arg(i % 250 + 1)));
        if (i % 500 == 0)
            QVERIFY(isAnswered(m_time));
    }
    QVERIFY(isAnswered(m_time));
    QVERIFY(SocketClient(m_keys).exchange());
    QVERIFY(daemon.output().count(u'\n') < 20); // nobody writes the log full
    QCOMPARE(daemon.stop(), 0);
}

QTEST_GUILESS_MAIN(TestServedKeys)
#include "test_served_keys.moc"
