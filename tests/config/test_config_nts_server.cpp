// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Where keys are exchanged and which port clients are told, as it follows from the settings.
#include "config/nts_server.h"

#include <QTest>

using namespace foliot::config;

namespace {

using Texts = std::vector<std::string>;

Config listeningOn(Texts addresses)
{
    Config config;
    config.server.listen = std::move(addresses);
    return config;
}

} // namespace

class TestConfigNtsServer : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void certificateAndAddressTurnItOn()
    {
        Config config;
        QVERIFY(!servesNts(config));
        config.server.listen = {"127.0.0.1"};
        QVERIFY(!servesNts(config));
        config.ntsServer.certificates = {"/c"};
        QVERIFY(servesNts(config));
        config.server.listen.clear();
        QVERIFY(!servesNts(config));
    }

    void keysAreExchangedWhereTheTimeIsServed()
    {
        Config config = listeningOn({"192.0.2.1", "192.0.2.1:1123", "[2001:db8::1]:123", "fe80::1%eth0"});
        QCOMPARE(keyExchangeAddresses(config), (Texts{"192.0.2.1:4460", "[2001:db8::1]:4460", "[fe80::1%eth0]:4460"}));
        config.ntsServer.port = 4461;
        QCOMPARE(keyExchangeAddresses(config).front(), "192.0.2.1:4461");
    }

    void addressesOfItsOwnComeFirst()
    {
        Config config = listeningOn({"192.0.2.1"});
        config.ntsServer.listen = {"192.0.2.2:1", "::1"};
        QCOMPARE(keyExchangeAddresses(config), (Texts{"192.0.2.2:1", "[::1]:4460"}));
    }

    void onlyAnUnusualPortIsTold()
    {
        QVERIFY(!toldNtpPort(listeningOn({})));
        QVERIFY(!toldNtpPort(listeningOn({"0.0.0.0"})));
        QVERIFY(!toldNtpPort(listeningOn({"0.0.0.0:1123", "[::]:123"})));
        QCOMPARE(toldNtpPort(listeningOn({"0.0.0.0:1123", "[::]:1124"})), std::uint16_t(1123));
        Config config = listeningOn({"0.0.0.0:1123"});
        config.ntsServer.ntpPort = 123;
        QCOMPARE(toldNtpPort(config), std::uint16_t(123));
    }
};

QTEST_APPLESS_MAIN(TestConfigNtsServer)
#include "test_config_nts_server.moc"
