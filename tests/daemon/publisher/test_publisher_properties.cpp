// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/publisher/properties.h"
#include "support/sample_state.h"

#include <QDBusMetaType>
#include <QFile>
#include <QTest>
#include <QXmlStreamReader>

#include <limits>

using namespace Qt::StringLiterals;
using namespace foliot;
using namespace foliot::daemon;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

// Property names and D-Bus types as the interface description promises them.
QMap<QString, QString> described(const QString& interface)
{
    QFile file(QStringLiteral(FOLIOT_BUS_XML_DIR "/%1.xml").arg(interface));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QXmlStreamReader xml(&file);
    QMap<QString, QString> result;
    while (!xml.atEnd()) {
        if (xml.readNext() == QXmlStreamReader::StartElement && xml.name() == "property"_L1)
            result.insert(xml.attributes().value("name").toString(), xml.attributes().value("type").toString());
    }
    return result;
}

QMap<QString, QString> published(const QVariantMap& properties)
{
    QMap<QString, QString> result;
    for (auto property = properties.cbegin(); property != properties.cend(); ++property)
        result.insert(property.key(), QString::fromLatin1(QDBusMetaType::typeToSignature(property->metaType())));
    return result;
}

QVariantMap clock(const sync::State& state)
{
    return clockProperties(state, tests::sampleSources(), tests::sampleFacts(), {}, newestUsedAnswer(state));
}

QVariantMap source(const sync::SourceState& state)
{
    return sourceProperties(tests::sampleSources().at(state.source), &state);
}

} // namespace

class TestPublisherProperties : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { bus::registerTypes(); }

    void everyDescribedPropertyIsThereWithItsType()
    {
        QCOMPARE(published(clock(tests::sampleState())), described(u"org.foliot.Foliot1"_s));
        QCOMPARE(published(source(tests::sampleState().sources.front())), described(u"org.foliot.Source1"_s));
        QCOMPARE(published(serverProperties({})), described(u"org.foliot.Server1"_s));
        QCOMPARE(published(ntsServerProperties({}, {})), described(u"org.foliot.NtsServer1"_s));
        QCOMPARE(published(clockProperties({}, {}, {}, {}, {})), described(u"org.foliot.Foliot1"_s));
        QCOMPARE(published(sourceProperties({}, nullptr)), described(u"org.foliot.Source1"_s));
    }

    void clockSaysWhatTheStateHolds()
    {
        ServerCounters counters{.received = 12, .answered = 7, .sendFailures = 1};
        counters.rejected[0] = 4;
        sync::State state = tests::sampleState();
        state.taiMinusUtc = 37;
        DaemonFacts facts = tests::sampleFacts();
        facts.configurationProblem = u"f.toml:3:1: clock.typ: unknown key"_s;
        facts.restartNeeded = {u"clock.type"_s};
        facts.sourcesLeftOut = {u"192.0.2.9:123 is not asked: there are 64 sources already."_s};
        facts.otherClockKeepers = {u"chronyd (process 712)"_s};
        facts.leapListProblem = u"/list: expired on 2026-06-28"_s;
        facts.leapListExpires = RealTime(std::chrono::seconds(1'782'604'800));
        facts.stateProblem = u"drift: cannot be written: No space left on device"_s;
        const QVariantMap clock =
            clockProperties(state, tests::sampleSources(), facts, counters, newestUsedAnswer(state));
        const QVariantMap expected{
            {u"Version"_s, u"1.2.3"_s},
            {u"Condition"_s, u"synchronized"_s},
            {u"ClockType"_s, u"simulated"_s},
            {u"ClockFault"_s, u"none"_s},
            {u"Steering"_s, true},
            {u"AsOfBoottimeUSec"_s, quint64{5'000'000'000}},
            {u"LastUpdateBoottimeUSec"_s, quint64{4'990'000'000}}, // of source 1; the liar's does not count
            {u"OffsetSeconds"_s, -0.0000125},
            {u"UncertaintySeconds"_s, 0.00008},
            {u"BoundSeconds"_s, 0.00079},
            {u"BoundGrowthPpm"_s, 15.5},
            {u"FrequencyPpm"_s, -12.75},
            {u"FrequencyUncertaintyPpm"_s, 0.05},
            {u"ExtraRatePpm"_s, 0.0},
            {u"JitterSeconds"_s, 0.00002},
            {u"Stratum"_s, 2U},
            {u"ReferenceId"_s, u"192.0.2.1"_s},
            {u"Leap"_s, u"none"_s},
            {u"TaiMinusUtcSeconds"_s, 37U},
            {u"RootDelaySeconds"_s, 0.002},
            {u"RootDispersionSeconds"_s, 0.00075},
            {u"HasAgreement"_s, true},
            {u"AgreementLowSeconds"_s, -0.001},
            {u"AgreementHighSeconds"_s, 0.0011},
            {u"SelectedSource"_s, QVariant::fromValue(QDBusObjectPath(u"/org/foliot/Foliot1/source/1"_s))},
            {u"StepCount"_s, 1U},
            {u"LastStepSeconds"_s, -0.08},
            {u"RefusedStepSeconds"_s, 0.0},
            {u"ConfigurationProblem"_s, u"f.toml:3:1: clock.typ: unknown key"_s},
            {u"RestartNeeded"_s, QStringList{u"clock.type"_s}},
            {u"SourcesLeftOut"_s, QStringList{u"192.0.2.9:123 is not asked: there are 64 sources already."_s}},
            {u"OtherClockKeepers"_s, QStringList{u"chronyd (process 712)"_s}},
            {u"LeapListProblem"_s, u"/list: expired on 2026-06-28"_s},
            {u"LeapListExpiresUSec"_s, quint64{1'782'604'800'000'000}},
            {u"StateProblem"_s, u"drift: cannot be written: No space left on device"_s},
            {u"ServerEnabled"_s, true},
            {u"ServerAnswered"_s, quint64{7}},
            {u"ServerDropped"_s, quint64{5}},
            {u"Sources"_s, QVariant::fromValue(bus::ObjectPaths{QDBusObjectPath(u"/org/foliot/Foliot1/source/1"_s),
                               QDBusObjectPath(u"/org/foliot/Foliot1/source/2"_s),
                               QDBusObjectPath(u"/org/foliot/Foliot1/source/3"_s)})},
        };
        for (auto property = expected.cbegin(); property != expected.cend(); ++property)
            QVERIFY2(clock.value(property.key()) == property.value(), qPrintable(property.key()));
        QCOMPARE(clock.size(), expected.size());
    }

    void serverSaysWhoWantsIt()
    {
        for (const auto& [wish, word] :
            {std::pair(ServingWish::Nobody, u"nobody"_s), std::pair(ServingWish::Configuration, u"configuration"_s),
                std::pair(ServingWish::Request, u"request"_s), std::pair(ServingWish::KeptRequest, u"kept-request"_s)})
            QCOMPARE(serverProperties({.wish = wish}).value(u"WantedBy"_s), QVariant(word));
    }

    void serverCountsNetworkTimeSecurityApart()
    {
        const auto server =
            serverProperties({.counters = {.unreadableCookies = 4, .notAuthenticByNts = 5, .protectedWith = {1, 2}}});
        QCOMPARE(server.value(u"NtsProtected"_s), QVariant(quint64{3}));
        QCOMPARE(server.value(u"NtsUnreadableCookies"_s), QVariant(quint64{4}));
        QCOMPARE(server.value(u"NtsNotAuthentic"_s), QVariant(quint64{5}));
    }

    void ntsServerSaysWhatItDid()
    {
        ServerCounters counters{.unreadableCookies = 4, .notAuthenticByNts = 5};
        counters.protectedWith[placeOf(nts::Algorithm::SivCmac256)] = 7;
        counters.cookiesFor[placeOf(nts::Algorithm::SivCmac256)] = 12;
        const QVariantMap expected{
            {u"Wanted"_s, true},
            {u"Addresses"_s, QStringList{u"192.0.2.1:4460"_s}},
            {u"Problems"_s, QStringList{u"/b.pem: no certificate in it"_s}},
            {u"Threads"_s, 2U},
            {u"Certificates"_s,
                QVariant::fromValue(bus::Dictionaries{
                    {{u"file"_s, u"/a.pem"_s}, {u"problem"_s, QString()},
                        {u"names"_s, QStringList{u"nts.example.org"_s, u"ntp1.example.org"_s}},
                        {u"issuer"_s, u"Example Authority"_s}, {u"validFromUSec"_s, quint64{1'799'000'000'000'000}},
                        {u"expiresUSec"_s, quint64{1'806'000'000'000'000}}},
                    {{u"file"_s, u"/b.pem"_s}, {u"problem"_s, u"/b.pem: no certificate in it"_s}}})},
            {u"KeyExchanges"_s, quint64{20}},
            {u"Refused"_s, QVariant::fromValue(bus::CountByReason{{u"tls-failed"_s, 3}, {u"no-room"_s, 1}})},
            {u"Connections"_s, 2U},
            {u"MostConnections"_s, 100U},
            {u"Answered"_s, QVariant::fromValue(bus::CountByReason{{u"AES-SIV-CMAC-256"_s, 7}})},
            {u"Cookies"_s, QVariant::fromValue(bus::CountByReason{{u"AES-SIV-CMAC-256"_s, 12}})},
            {u"Refusals"_s, quint64{9}},
            {u"CookieKeys"_s, 3U},
            {u"CookieKeyMadeBoottimeUSec"_s, qint64{-1'000'000}},
            {u"NextCookieKeyBoottimeUSec"_s, qint64{86'399'000'000}},
        };
        const QVariantMap said = ntsServerProperties(tests::sampleNtsServerReport(), counters);
        for (auto property = expected.cbegin(); property != expected.cend(); ++property)
            QCOMPARE(said.value(property.key()), property.value());
        QCOMPARE(said.keys(), expected.keys());
    }

    void everyEndOfAKeyExchangeHasItsWord()
    {
        NtsServerReport report;
        for (std::size_t i = 0; i < report.keyExchange.counters.ends.size(); ++i)
            report.keyExchange.counters.ends[i] = i + 1;
        const auto refused = ntsServerProperties(report, {}).value(u"Refused"_s).value<bus::CountByReason>();
        QCOMPARE(refused.size(), allKeyExchangeEnds.size() - 1);
        QVERIFY(!refused.contains(u"granted"_s) && !refused.contains(QString()));
    }

    void ntsServerThatIsNotWantedHasNoKeys()
    {
        const QVariantMap said = ntsServerProperties({.newestMade = BootTime(std::chrono::seconds(7))}, {});
        QCOMPARE(said.value(u"Wanted"_s), QVariant(false));
        QCOMPARE(said.value(u"CookieKeyMadeBoottimeUSec"_s), QVariant(qint64{0}));
    }

    void momentBeforeTheScaleBeginsIsTheBeginning()
    {
        const RealTime before1970(std::chrono::seconds(-1));
        NtsServerReport report;
        report.keyExchange.identities = {
            {.certificate = Certificate{.validFrom = before1970, .expires = RealTime(std::chrono::seconds(9))}}};
        const auto certificates = ntsServerProperties(report, {}).value(u"Certificates"_s).value<bus::Dictionaries>();
        QCOMPARE(certificates.first().value(u"validFromUSec"_s), QVariant(quint64{0}));
        QCOMPARE(certificates.first().value(u"expiresUSec"_s), QVariant(quint64{9'000'000}));
        QCOMPARE(servedClient({.firstSeen = before1970}).firstSeenUSec, quint64{0});
        const QVariantMap clock =
            clockProperties({}, {}, {.leapListExpires = before1970}, {}, BootTime(std::chrono::seconds(-1)));
        QCOMPARE(clock.value(u"LeapListExpiresUSec"_s), QVariant(quint64{0}));
        QCOMPARE(clock.value(u"LastUpdateBoottimeUSec"_s), QVariant(quint64{0}));
        SourceInfo info;
        info.nts = NtsFacts{.lastExchange = before1970};
        QCOMPARE(sourceProperties(info, nullptr).value(u"NtsLastExchangeUSec"_s), QVariant(quint64{0}));
    }

    void clientIsNamedByItsAddressOrItsNetwork()
    {
        ClientRecord client{.address = {.high = 0xC000'0201'0000'0000}, .prefixLength = 32};
        QCOMPARE(servedClient(client).address, u"192.0.2.1"_s);
        client.prefixLength = 24;
        client.address.high = 0xC000'0200'0000'0000;
        QCOMPARE(servedClient(client).address, u"192.0.2.0/24"_s);
        client = {.address = {.high = 0x2001'0DB8'0000'0000, .low = 7, .isIpv6 = true}, .prefixLength = 128};
        QCOMPARE(servedClient(client).address, u"2001:db8::7"_s);
    }

    void sourceSaysWhatTheStateHolds()
    {
        sync::SourceState state = tests::sampleState().sources.front();
        state.rejected[static_cast<std::size_t>(ntp::Rejection::BogusOrigin)] = 3;
        state.lastKiss = ntp::kissFromReferenceId(0x52415445); // "RATE"
        const QVariantMap source = sourceProperties(tests::sampleSources().at(tests::goodId), &state);
        const QVariantMap expected{
            {u"Id"_s, 1U},
            {u"Name"_s, u"ntp1.example.org"_s},
            {u"Address"_s, u"192.0.2.1"_s},
            {u"Port"_s, QVariant::fromValue(quint16{123})},
            {u"Origin"_s, u"configured"_s},
            {u"Options"_s, QVariantMap{{u"nts"_s, false}, {u"pool"_s, false}, {u"maxsources"_s, 4}, {u"minpoll"_s, 6},
                               {u"maxpoll"_s, 10}, {u"burst"_s, true}, {u"prefer"_s, false}, {u"trust"_s, false},
                               {u"require"_s, false}, {u"noselect"_s, false}, {u"profile"_s, u"default"_s},
                               {u"version"_s, 4}, {u"key"_s, 0U}, {u"xleave"_s, false}, {u"smeared"_s, false}}},
            {u"Verdict"_s, u"selected"_s},
            {u"Reason"_s, u"best-estimate"_s},
            {u"LastError"_s, QString()},
            {u"Reach"_s, QVariant::fromValue(quint8{0b1111'0111})},
            {u"PollSeconds"_s, 64U},
            {u"LastAnswerBoottimeUSec"_s, quint64{4'990'000'000}},
            {u"Stratum"_s, 1U},
            {u"ReferenceId"_s, u"GPS"_s},
            {u"Leap"_s, u"none"_s},
            {u"NtpVersion"_s, 4U},
            {u"HasEstimate"_s, true},
            {u"OffsetSeconds"_s, 0.00001},
            {u"OffsetUncertaintySeconds"_s, 0.00002},
            {u"LastOffsetSeconds"_s, 0.0003}, // by hand from the four stamps of the sample
            {u"LastDelaySeconds"_s, 0.002},
            {u"DelaySeconds"_s, 0.0015},
            {u"JitterSeconds"_s, 0.00003},
            {u"FrequencyPpm"_s, 0.01},
            {u"RootDelaySeconds"_s, 0.0005},
            {u"RootDispersionSeconds"_s, 0.00025},
            {u"RootDistanceSeconds"_s, 0.00125},
            {u"HasInterval"_s, true},
            {u"IntervalLowSeconds"_s, 0.00001 - 0.00125},
            {u"IntervalHighSeconds"_s, 0.00001 + 0.00125},
            {u"TimestampOrigin"_s, u"kernel"_s},
            {u"Interleaved"_s, false},
            {u"Queries"_s, quint64{20}},
            {u"Answers"_s, quint64{19}},
            {u"LastKiss"_s, u"RATE"_s},
            {u"Rejected"_s, QVariant::fromValue(bus::CountByReason{{u"bogus-origin"_s, 3}})},
            {u"Authentication"_s, u"none"_s},
            {u"NtsHasKeys"_s, false},
            {u"NtsServer"_s, QString()},
            {u"NtsAlgorithm"_s, QString()},
            {u"NtsCookies"_s, 0U},
            {u"NtsCertificateNames"_s, QStringList()},
            {u"NtsCertificateIssuer"_s, QString()},
            {u"NtsCertificateExpiresUSec"_s, quint64{0}},
            {u"NtsDatesExcused"_s, false},
            {u"NtsTlsVersion"_s, QString()},
            {u"NtsTlsCipher"_s, QString()},
            {u"NtsLastExchangeUSec"_s, quint64{0}},
            {u"NtsNextAttemptUSec"_s, quint64{0}},
            {u"NtsExchanges"_s, quint64{0}},
            {u"NtsFailures"_s, quint64{0}},
            {u"NtsRefusals"_s, quint64{0}},
            {u"NtsLastFailure"_s, QString()},
        };
        for (auto property = expected.cbegin(); property != expected.cend(); ++property)
            QVERIFY2(source.value(property.key()) == property.value(), qPrintable(property.key()));
        QCOMPARE(source.size(), expected.size());
    }

    void authenticatedSourceSaysHow()
    {
        SourceInfo info = tests::sampleSources().at(tests::goodId);
        info.settings.nts = true;
        info.nts = tests::sampleNtsFacts();
        info.nts->lastFailure = u"nts.example.org (192.0.2.1:4460): no keys: it did not answer in time."_s;
        info.nts->tls.areDatesExcused = true;
        const QVariantMap source = sourceProperties(info, nullptr);
        const QVariantMap expected{
            {u"Authentication"_s, u"nts"_s},
            {u"NtsHasKeys"_s, true},
            {u"NtsServer"_s, u"192.0.2.9:4123"_s},
            {u"NtsAlgorithm"_s, u"AES-SIV-CMAC-256"_s},
            {u"NtsCookies"_s, 7U},
            {u"NtsCertificateNames"_s, QStringList{u"nts.example.org"_s, u"ntp1.example.org"_s}},
            {u"NtsCertificateIssuer"_s, u"Example Authority"_s},
            {u"NtsCertificateExpiresUSec"_s, quint64{1'806'000'000'000'000}},
            {u"NtsDatesExcused"_s, true},
            {u"NtsTlsVersion"_s, u"TLSv1.3"_s},
            {u"NtsTlsCipher"_s, u"TLS_AES_256_GCM_SHA384"_s},
            {u"NtsLastExchangeUSec"_s, quint64{1'799'999'000'000'000}},
            {u"NtsNextAttemptUSec"_s, quint64{1'799'999'010'000'000}},
            {u"NtsExchanges"_s, quint64{2}},
            {u"NtsFailures"_s, quint64{1}},
            {u"NtsRefusals"_s, quint64{3}},
            {u"NtsLastFailure"_s, info.nts->lastFailure},
        };
        for (auto property = expected.cbegin(); property != expected.cend(); ++property)
            QVERIFY2(source.value(property.key()) == property.value(), qPrintable(property.key()));
    }

    void beforeTheFirstEstimateNothingIsClaimed()
    {
        const QVariantMap clock = clockProperties({}, {}, {}, {}, {});
        QCOMPARE(clock.value(u"Condition"_s), u"starting"_s);
        QCOMPARE(clock.value(u"BoundSeconds"_s).toDouble(), infinity);
        QCOMPARE(clock.value(u"UncertaintySeconds"_s).toDouble(), infinity);
        QCOMPARE(clock.value(u"Stratum"_s), 16U);
        QCOMPARE(clock.value(u"ReferenceId"_s), QString());
        QCOMPARE(clock.value(u"LastUpdateBoottimeUSec"_s), quint64{0});
        QCOMPARE(clock.value(u"SelectedSource"_s).value<QDBusObjectPath>().path(), u"/"_s);
        QVERIFY(!historySample({}));

        const QVariantMap source = sourceProperties(tests::sampleSources().at(tests::goodId), nullptr);
        QCOMPARE(source.value(u"Verdict"_s), u"waiting"_s);
        QCOMPARE(source.value(u"HasEstimate"_s), false);
        QCOMPARE(source.value(u"OffsetUncertaintySeconds"_s).toDouble(), infinity);
        QCOMPARE(source.value(u"TimestampOrigin"_s), QString());
        QCOMPARE(source.value(u"Stratum"_s), 0U);
    }

    void notANumberNeverGoesOut()
    {
        constexpr double nan = std::numeric_limits<double>::quiet_NaN();
        sync::State state = tests::sampleState();
        state.estimate.offset = Seconds(nan);
        state.estimate.bound = Seconds(nan);
        state.estimate.uncertainty = Seconds(nan);
        state.estimate.frequencyPpm = nan;
        state.estimate.jitter = Seconds(-infinity);
        state.extraRatePpm = nan;
        state.agreement = sync::Interval{.low = Seconds(nan), .high = Seconds(nan)};
        state.sources.front().offset = Seconds(nan);
        state.sources.front().offsetUncertainty = Seconds(nan);
        state.sources.front().rootDistance = Seconds(infinity);
        for (const QVariantMap& properties : {clock(state), source(state.sources.front())}) {
            for (auto property = properties.cbegin(); property != properties.cend(); ++property) {
                if (property->typeId() == QMetaType::Double)
                    QVERIFY2(!std::isnan(property->toDouble()), qPrintable(property.key()));
            }
        }
        QCOMPARE(clock(state).value(u"BoundSeconds"_s).toDouble(), infinity);
        QCOMPARE(clock(state).value(u"OffsetSeconds"_s).toDouble(), 0.0);
        QVERIFY(!historySample(state));
    }

    void numbersComputedBeforeTheSnapshotCarryTheirOwnTime()
    {
        sync::State state = tests::sampleState();
        state.estimate.at -= std::chrono::milliseconds(250);
        QCOMPARE(clock(state).value(u"AsOfBoottimeUSec"_s), quint64{4'999'750'000});
        QCOMPARE(historySample(state)->boottimeUSec, quint64{4'999'750'000});
    }

    void oneStampFromUserSpaceIsShown()
    {
        sync::SourceState state = tests::sampleState().sources.front();
        state.last->localTransmit.origin = StampOrigin::UserSpace;
        QCOMPARE(source(state).value(u"TimestampOrigin"_s), u"user-space"_s);
    }

    void interleavedAnswerIsShown()
    {
        sync::SourceState state = tests::sampleState().sources.front();
        state.last->interleaved = true;
        QCOMPARE(source(state).value(u"Interleaved"_s), true);
    }

    void selectedSourceThatIsGoneIsNotNamed()
    {
        SourceInfos sources = tests::sampleSources();
        sources.erase(tests::goodId);
        const QVariantMap properties = clockProperties(tests::sampleState(), sources, tests::sampleFacts(), {}, {});
        QCOMPARE(properties.value(u"SelectedSource"_s).value<QDBusObjectPath>().path(), u"/"_s);
    }
};

QTEST_GUILESS_MAIN(TestPublisherProperties)
#include "test_publisher_properties.moc"
