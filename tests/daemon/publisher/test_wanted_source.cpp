// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/publisher/wanted_source.h"

#include <QDBusMetaType>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace foliot;
using namespace foliot::daemon;

class TestWantedSource : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void withoutOptionsTheDefaultsHold()
    {
        const auto request = readWantedSource(u"time.example.org"_s, {});
        QVERIFY(request);
        config::Source expected;
        expected.address = "time.example.org";
        QCOMPARE(request->settings, expected);
        QCOMPARE(request->keep, false);
    }

    void everyOptionIsTaken()
    {
        const auto request = readWantedSource(u"[2001:db8::1]:1123"_s,
            {{u"pool"_s, true}, {u"maxsources"_s, 7}, {u"minpoll"_s, 4}, {u"maxpoll"_s, 5},
                {u"profile"_s, u"precise"_s}, {u"burst"_s, false}, {u"prefer"_s, true}, {u"trust"_s, true},
                {u"require"_s, true}, {u"version"_s, 3}, {u"key"_s, 4294967295U}, {u"keep"_s, true}});
        QVERIFY2(request, qPrintable(request.error_or(QString())));
        const config::Source expected{.address = "2001:db8::1",
            .port = 1123,
            .pool = true,
            .maxSources = 7,
            .minPoll = 4,
            .maxPoll = 5,
            .profile = config::PollProfile::Precise,
            .burst = false,
            .prefer = true,
            .trust = true,
            .require = true,
            .version = 3,
            .key = 4'294'967'295};
        QCOMPARE(request->settings, expected);
        QCOMPARE(request->keep, true);
    }

    void whatIsShownMakesTheSameSourceAgain()
    {
        const config::Source source{.address = "time.example.org", .minPoll = 3, .maxPoll = 9, .prefer = true};
        const auto again = readWantedSource(u"time.example.org"_s, optionsOf(source));
        QVERIFY(again);
        QCOMPARE(again->settings, source);
    }

    void interfaceDescriptionNamesEveryOption_data()
    {
        QTest::addColumn<QString>("file");
        QTest::newRow("as AddSource takes it") << u"org.foliot.Foliot1.xml"_s;
        QTest::newRow("as Options shows it") << u"org.foliot.Source1.xml"_s;
    }
    void interfaceDescriptionNamesEveryOption()
    {
        QFETCH(const QString, file);
        QFile description(QStringLiteral(FOLIOT_BUS_XML_DIR "/") + file);
        QVERIFY(description.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(description.readAll());
        const QVariantMap options = optionsOf({.address = "time.example.org"});
        QVERIFY(options.contains(u"nts"_s));
        for (auto option = options.cbegin(); option != options.cend(); ++option) {
            const auto signature = QString::fromLatin1(QDBusMetaType::typeToSignature(option->metaType()));
            const QRegularExpression named(u"\\b%1 %2\\b"_s.arg(option.key(), signature));
            QVERIFY2(text.contains(named), qPrintable(option.key()));
        }
    }

    void preciseProfileAsksOftenerUnlessToldHowOften()
    {
        const auto precise = readWantedSource(u"a.example"_s, {{u"profile"_s, u"precise"_s}});
        QVERIFY(precise && precise->settings.minPoll == config::preciseMinPoll);
        const auto told = readWantedSource(u"a.example"_s, {{u"profile"_s, u"precise"_s}, {u"minpoll"_s, 6}});
        QVERIFY(told && told->settings.minPoll == 6);
        for (const QVariant& wrong : {QVariant(u"fast"_s), QVariant(1), QVariant(true)}) {
            const auto request = readWantedSource(u"a.example"_s, {{u"profile"_s, wrong}});
            QVERIFY(!request && request.error().contains(u"profile"_s));
        }
    }

    void authenticatedSourceIsAskedForKeysAtTheirOwnPort()
    {
        const auto request = readWantedSource(u"a.example"_s, {{u"nts"_s, true}});
        QVERIFY(request && request->settings.nts && request->settings.port == config::keyExchangePort);
        QCOMPARE(readWantedSource(u"a.example:4461"_s, {{u"nts"_s, true}})->settings.port, 4461);
        QVERIFY(!readWantedSource(u"a.example"_s, {{u"nts"_s, true}, {u"version"_s, 3}}));
    }

    void anyIntegerTypeWillDo()
    {
        for (const QVariant& value : {QVariant(5), QVariant(5U), QVariant(5LL), QVariant(5ULL),
                 QVariant::fromValue<short>(5), QVariant::fromValue<uchar>(5)}) {
            const auto request = readWantedSource(u"a.example"_s, {{u"minpoll"_s, value}});
            QVERIFY2(request, value.typeName());
            QCOMPARE(request->settings.minPoll, 5);
        }
    }

    void senselessRequestsAreRefused_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QVariantMap>("options");
        QTest::addColumn<QString>("names"); // what the error must name
        const QString good = u"time.example.org"_s;
        QTest::newRow("empty address") << QString() << QVariantMap() << u"Address"_s;
        QTest::newRow("control characters") << u"time\x1b[2J.example"_s << QVariantMap() << u"Address"_s;
        QTest::newRow("port 0") << u"192.0.2.1:0"_s << QVariantMap() << u"Address"_s;
        QTest::newRow("any host") << u"0.0.0.0"_s << QVariantMap() << u"Address"_s;
        QTest::newRow("multicast") << u"[ff02::101]:123"_s << QVariantMap() << u"Address"_s;
        QTest::newRow("broadcast") << u"255.255.255.255"_s << QVariantMap() << u"Address"_s;
        QTest::newRow("very long") << QString(100'000, u'a') << QVariantMap() << u"Address"_s;
        QTest::newRow("unknown option") << good << QVariantMap{{u"minpol"_s, 5}} << u"minpol"_s;
        QTest::newRow("address as option") << good << QVariantMap{{u"address"_s, u"x"_s}} << u"address"_s;
        QTest::newRow("text for a flag") << good << QVariantMap{{u"prefer"_s, u"yes"_s}} << u"prefer"_s;
        QTest::newRow("number for a flag") << good << QVariantMap{{u"keep"_s, 1}} << u"keep"_s;
        QTest::newRow("flag for a number") << good << QVariantMap{{u"minpoll"_s, true}} << u"minpoll"_s;
        QTest::newRow("double") << good << QVariantMap{{u"maxpoll"_s, 7.0}} << u"maxpoll"_s;
        QTest::newRow("not a number") << good << QVariantMap{{u"maxpoll"_s, qQNaN()}} << u"maxpoll"_s;
        QTest::newRow("too small") << good << QVariantMap{{u"minpoll"_s, -1}} << u"minpoll"_s;
        QTest::newRow("too large") << good << QVariantMap{{u"maxpoll"_s, 18}} << u"maxpoll"_s;
        QTest::newRow("end of int64") << good << QVariantMap{{u"maxpoll"_s, std::numeric_limits<qlonglong>::min()}}
                                      << u"maxpoll"_s;
        QTest::newRow("end of uint64") << good << QVariantMap{{u"maxpoll"_s, std::numeric_limits<qulonglong>::max()}}
                                       << u"maxpoll"_s;
        QTest::newRow("crossed polls") << good << QVariantMap{{u"minpoll"_s, 8}, {u"maxpoll"_s, 7}} << u"minpoll"_s;
        for (const QString& option : {u"prefer"_s, u"trust"_s, u"require"_s})
            QTest::addRow("%s and noselect", qPrintable(option))
                << good << QVariantMap{{option, true}, {u"noselect"_s, true}} << option;
        QTest::newRow("key as text") << good << QVariantMap{{u"key"_s, u"1"_s}} << u"key"_s;
        QTest::newRow("key too large") << good << QVariantMap{{u"key"_s, 4'294'967'296LL}} << u"key"_s;
        QTest::newRow("key and nts") << good << QVariantMap{{u"key"_s, 1}, {u"nts"_s, true}} << u"key"_s;
        QTest::newRow("version 2") << good << QVariantMap{{u"version"_s, 2}} << u"version"_s;
    }

    void senselessRequestsAreRefused()
    {
        QFETCH(const QString, address);
        QFETCH(const QVariantMap, options);
        QFETCH(const QString, names);
        const auto request = readWantedSource(address, options);
        QVERIFY(!request);
        QVERIFY2(request.error().contains(names), qPrintable(request.error()));
        QVERIFY2(request.error().size() < 500, "the error repeats what it was given without end");
    }
};

QTEST_GUILESS_MAIN(TestWantedSource)
#include "test_wanted_source.moc"
