// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The options of our sockets, as the kernel has them.

#include "daemon/net/socket.h"

#include <QTest>

#include <set>

#include <linux/net_tstamp.h>
#include <netinet/in.h>
#include <sys/socket.h>

using namespace foliot::daemon;

namespace {

int option(int descriptor, int level, int name)
{
    int value = -1;
    socklen_t length = sizeof(value);
    ::getsockopt(descriptor, level, name, &value, &length);
    return value;
}

Endpoint loopback(const char* address, std::uint16_t port)
{
    return {.address = QHostAddress(QString::fromLatin1(address)), .port = port};
}

} // namespace

class TestSocket : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void requestsAreNeverInFragments()
    {
        const auto v4 = openConnected(loopback("127.0.0.1", 9));
        QCOMPARE(option(v4->get(), IPPROTO_IP, IP_MTU_DISCOVER), IP_PMTUDISC_PROBE);
        const auto v6 = openConnected(loopback("::1", 9));
        QCOMPARE(option(v6->get(), IPPROTO_IPV6, IPV6_MTU_DISCOVER), IPV6_PMTUDISC_PROBE);
    }

    void stampsAreAskedForWithNumbers()
    {
        const auto socket = openConnected(loopback("127.0.0.1", 9));
        const int flags = option(socket->get(), SOL_SOCKET, SO_TIMESTAMPING);
        constexpr int wanted = SOF_TIMESTAMPING_SOFTWARE | SOF_TIMESTAMPING_RX_SOFTWARE | SOF_TIMESTAMPING_TX_SOFTWARE |
                               SOF_TIMESTAMPING_OPT_ID | SOF_TIMESTAMPING_OPT_TSONLY;
        QCOMPARE(flags & wanted, wanted);
    }

    // Transmit stamps cost the server 1.7 us a reply and are of no use there yet.
    void serverAsksForReceiveStampsOnly()
    {
        const auto socket = openBound(loopback("127.0.0.1", 0));
        QCOMPARE(option(socket->get(), SOL_SOCKET, SO_TIMESTAMPING) & SOF_TIMESTAMPING_TX_SOFTWARE, 0);
    }

    // RFC 9109: nobody off the path can tell the port. 50 ports that count up would be 49 apart.
    void portsAreRandom()
    {
        std::set<std::uint16_t> ports;
        for (int i = 0; i < 50; ++i)
            ports.insert(localEndpoint(openConnected(loopback("127.0.0.1", 9))->get())->port);
        QVERIFY(ports.size() > 45);
        QVERIFY(*ports.rbegin() - *ports.begin() > 1000);
    }

    void addressThatIsNotOursCannotBeServed()
    {
        const auto socket = openBound(loopback("192.0.2.77", 0));
        QVERIFY(!socket);
        QCOMPARE(socket.error(), EADDRNOTAVAIL);
    }
};

QTEST_GUILESS_MAIN(TestSocket)
#include "test_socket.moc"
