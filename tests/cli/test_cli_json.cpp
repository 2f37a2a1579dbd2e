// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What programs read: every property under its name, and nothing else.

#include "report_sample.h"

#include "cli/json.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;
using namespace foliot;
using namespace foliot::cli;
using namespace foliot::tests;

class TestCliJson : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void jsonHasEveryPropertyUnderItsName()
    {
        const QJsonObject status = statusJson(sample());
        QCOMPARE(status.value("available"_L1), QJsonValue(true));
        QCOMPARE(status.value("synchronized"_L1), QJsonValue(true));
        QVERIFY(std::abs(status.value("boundNowSeconds"_L1).toDouble() - 0.000976) < 1e-12);
        QCOMPARE(status.value("updateAgeSeconds"_L1), QJsonValue(22.0));
        const QJsonObject clock = status.value("clock"_L1).toObject();
        QCOMPARE(clock.size(), sample().clockProperties.size());
        QCOMPARE(clock.value("condition"_L1), QJsonValue(u"synchronized"_s));
        QCOMPARE(clock.value("asOfBoottimeUSec"_L1).toInteger(), 5'000'000'000);
        QCOMPARE(clock.value("selectedSource"_L1), QJsonValue(u"/org/foliot/Foliot1/source/1"_s));
        QCOMPARE(clock.value("sources"_L1).toArray().size(), 3);

        Snapshot withServer = sample();
        withServer.ntsServerProperties =
            bus::nativeProperties(daemon::ntsServerProperties(sampleNtsServerReport(), {}));
        const QJsonObject nts = authenticationJson(withServer);
        QCOMPARE(nts.value("sources"_L1), sourcesJson(withServer).value("sources"_L1));
        const QJsonObject ntsServer = nts.value("ntsServer"_L1).toObject();
        QCOMPARE(ntsServer.value("keyExchanges"_L1).toInt(), 20);
        QCOMPARE(ntsServer.value("refused"_L1).toObject().value("tls-failed"_L1).toInt(), 3);
        QCOMPARE(ntsServer.value("certificates"_L1).toArray().at(0).toObject().value("issuer"_L1).toString(),
            u"Example Authority"_s);
        const QJsonArray sources = sourcesJson(sample()).value("sources"_L1).toArray();
        QCOMPARE(sources.size(), 3);
        const QJsonObject liar = sources.at(2).toObject();
        QCOMPARE(liar.size(), sample().sourceProperties.at(3).size());
        QCOMPARE(liar.value("id"_L1), QJsonValue(3));
        QCOMPARE(liar.value("verdict"_L1), QJsonValue(u"falseticker"_s));
        QCOMPARE(liar.value("offsetSeconds"_L1), QJsonValue(0.04));
        QCOMPARE(liar.value("options"_L1).toObject().value("maxpoll"_L1), QJsonValue(10));
        QCOMPARE(liar.value("rejected"_L1), QJsonValue(QJsonObject()));
        QCOMPARE(watchJson(sample()).value("sources"_L1).toArray().size(), 3);
    }

    void jsonHasNullForWhatIsNotKnown()
    {
        const QJsonObject status = statusJson(snapshotFrom({}, {}));
        QCOMPARE(status.value("synchronized"_L1), QJsonValue(false));
        QVERIFY(status.value("boundNowSeconds"_L1).isNull());
        QVERIFY(status.value("clock"_L1).toObject().value("boundSeconds"_L1).isNull());
        // On the bus an offset that is not known is 0.
        const QJsonObject source =
            sourcesJson(snapshotFrom({}, sampleSources())).value("sources"_L1).toArray().at(0).toObject();
        QVERIFY(source.contains("offsetSeconds"_L1) && source.value("offsetSeconds"_L1).isNull());
        for (const auto& name :
            {"rootDistanceSeconds"_L1, "intervalLowSeconds"_L1, "lastDelaySeconds"_L1, "stratum"_L1})
            QVERIFY2(source.contains(name) && source.value(name).isNull(), name.data());
        // It stays JSON for every reader.
        QVERIFY(!QJsonDocument(status).toJson().contains("inf"));
        const QJsonObject absent = statusJson({.availability = bus::Availability::Absent});
        QCOMPARE(absent, (QJsonObject{{u"available"_s, false}}));
    }

    void namesCannotControlTheTerminalThroughJsonEither()
    {
        daemon::SourceInfos sources = sampleSources();
        const QString name = u"evil\u009b2J\u202egro \u2066\x7f zeit.grün.example \U0001f552"_s;
        sources.at(goodId).name = name;
        const QJsonObject object = watchJson(snapshotFrom(sampleState(), sources));
        for (const bool isOneLine : {true, false}) {
            const QByteArray shown = jsonText(object, isOneLine);
            QVERIFY(std::ranges::all_of(shown, [](char c) { return c == '\n' || (c >= ' ' && c < '\x7f'); }));
            QVERIFY(shown.contains("evil\\u009b2J\\u202egro"));
            QCOMPARE(QJsonDocument::fromJson(shown).object(), object);
        }
        QCOMPARE(jsonText(object, true).count('\n'), 0);
    }
};

int main(int argumentCount, char** arguments)
{
    return runReportTest<TestCliJson>(argumentCount, arguments);
}
#include "test_cli_json.moc"
