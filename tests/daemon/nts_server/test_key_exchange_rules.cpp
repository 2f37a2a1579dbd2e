// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the configuration of an NTS server makes of the key exchange.

#include "daemon/nts_server/key_exchange_rules.h"

#include <QTest>

using namespace foliot;
using namespace foliot::daemon;
using namespace std::chrono_literals;

namespace {

config::Config configured()
{
    config::Config config;
    config.server.listen = {"192.0.2.1", "[2001:db8::1]:1123"};
    config.server.ratePrefixIpv4 = 24;
    config.server.ratePrefixIpv6 = 56;
    config.ntsServer.certificates = {"/a/chain.pem", "/b/chain.pem"};
    config.ntsServer.privateKeys = {"/a/key.pem", "/b/key.pem"};
    return config;
}

Endpoint endpoint(const char* address, std::uint16_t port)
{
    return {.address = QHostAddress(QString::fromLatin1(address)), .port = port};
}

} // namespace

class TestKeyExchangeRules : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void addressesAreThoseOfTheServer();
    void ownAddressesCount();
    void certificatesHaveTheirKeys();
    void limitsAreThoseConfigured();
    void oneClientNeverHasAllConnections();
    void timeServerIsToldWhenThereIsAnythingToTell();
};

void TestKeyExchangeRules::addressesAreThoseOfTheServer()
{
    const auto settings = keyExchangeSettingsOf(configured());
    QCOMPARE(settings.addresses, (std::vector{endpoint("192.0.2.1", 4460), endpoint("2001:db8::1", 4460)}));
}

void TestKeyExchangeRules::ownAddressesCount()
{
    auto config = configured();
    config.ntsServer.listen = {"192.0.2.7:4461", "192.0.2.8"};
    config.ntsServer.port = 4462;
    const auto settings = keyExchangeSettingsOf(config);
    QCOMPARE(settings.addresses, (std::vector{endpoint("192.0.2.7", 4461), endpoint("192.0.2.8", 4462)}));
}

void TestKeyExchangeRules::certificatesHaveTheirKeys()
{
    const auto settings = keyExchangeSettingsOf(configured());
    QCOMPARE(settings.identities, (std::vector<IdentityFiles>{{.chain = "/a/chain.pem", .key = "/a/key.pem"},
                                      {.chain = "/b/chain.pem", .key = "/b/key.pem"}}));
}

void TestKeyExchangeRules::limitsAreThoseConfigured()
{
    auto config = configured();
    config.ntsServer.workers = 3;
    config.ntsServer.maxConnections = 640;
    config.ntsServer.timeLimit = config::Seconds{2.5};
    config.ntsServer.rateLimit = 0.5;
    config.ntsServer.rateBurst = 4;
    const auto settings = keyExchangeSettingsOf(config);
    QCOMPARE(settings.threads, 3U);
    QCOMPARE(settings.timeLimit, 2500ms);
    QCOMPARE(settings.limit.inAll, 640U);
    QCOMPARE(settings.limit.ofOne, 40U);
    QCOMPARE(settings.limit.rate.perSecond, 0.5);
    QCOMPARE(settings.limit.rate.burst, 4.0);
    QCOMPARE(settings.limit.rate.prefixes, (SteeringPrefixes{.ipv4 = 24, .ipv6 = 56}));
    QCOMPARE(settings.limit.rate.entries, static_cast<std::size_t>(config.server.rateClients));
}

void TestKeyExchangeRules::oneClientNeverHasAllConnections()
{
    auto config = configured();
    config.ntsServer.maxConnections = 20;
    QCOMPARE(keyExchangeSettingsOf(config).limit.ofOne, 8U); // a client may have several names and restart
}

void TestKeyExchangeRules::timeServerIsToldWhenThereIsAnythingToTell()
{
    auto config = configured();
    QCOMPARE(keyExchangeSettingsOf(config).told, TimeServer{}); // the same host, port 123
    config.ntsServer.ntpServer = "time.example.org";
    config.ntsServer.ntpPort = 4123;
    QCOMPARE(keyExchangeSettingsOf(config).told, (TimeServer{.name = "time.example.org", .port = 4123}));
}

QTEST_GUILESS_MAIN(TestKeyExchangeRules)
#include "test_key_exchange_rules.moc"
