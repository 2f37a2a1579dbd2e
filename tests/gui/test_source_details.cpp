// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/source_details.h"

#include <QLocale>
#include <QTest>

#include <limits>

using namespace foliot;
using namespace foliot::gui;

namespace {

constexpr quint64 now = 2'000'000'000; // microseconds

bus::SourceData falseticker()
{
    bus::SourceData source;
    source.id = 5;
    source.name = QStringLiteral("wrong.example.org");
    source.address = QStringLiteral("2001:db8::5");
    source.port = 1123;
    source.origin = bus::Origin::Kept;
    source.minPoll = 6;
    source.maxPoll = 10;
    source.verdict = bus::Verdict::Falseticker;
    source.reason = bus::Reason::OutsideAgreement;
    source.reach = 0b1101'0111;
    source.pollSeconds = 128;
    source.lastAnswerBoottimeUSec = now - 17'000'000;
    source.stratum = 2;
    source.referenceId = QStringLiteral("192.0.2.1");
    source.leap = bus::Leap::Insert;
    source.ntpVersion = 4;
    source.hasEstimate = true;
    source.offsetSeconds = 0.0401;
    source.offsetUncertaintySeconds = 0.000'02;
    source.lastOffsetSeconds = -0.002;
    source.lastDelaySeconds = 0.0015;
    source.delaySeconds = 0.0014;
    source.jitterSeconds = 0.000'04;
    source.frequencyPpm = -0.25;
    source.rootDelaySeconds = 0.0031;
    source.rootDispersionSeconds = 0.0007;
    source.rootDistanceSeconds = 0.0022;
    source.hasInterval = true;
    source.intervalLowSeconds = 0.039;
    source.intervalHighSeconds = 0.041;
    source.timestampOrigin = bus::TimestampOrigin::Kernel;
    source.queries = 1'200;
    source.answers = 1'150;
    return source;
}

QString valueOf(const bus::SourceData& source, const QString& label)
{
    for (const DetailSection& section : SourceDetails::of(source, now)) {
        for (const Detail& detail : section.details) {
            if (detail.label == label)
                return detail.value;
        }
    }
    return QStringLiteral("no such line");
}

} // namespace

class TestSourceDetails : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void everythingIsTold_data();
    void everythingIsTold();
    void silentSourceClaimsNothing();
    void smearingIsToldOfWhoDoesIt();
    void droppedPacketsAreCountedByReason();
    void everyReasonHasItsWords();
    void kissAndErrorStandOnlyWhenThereWereAny();
    void authenticationIsTold();
    void modeIsToldOfWhoIsAskedInInterleavedMode();
    void strangeTextIsPlain();
    void notANumberIsADash();
};

void TestSourceDetails::everythingIsTold_data()
{
    QTest::addColumn<QString>("value");
    const auto row = [](const char* label, const char* value) { QTest::newRow(label) << QString::fromUtf8(value); };
    row("Offset", "+40.1 ms ± 20.0 µs");
    row("Correctness interval", "+39.0 ms to +41.0 ms");
    row("Root distance", "2.2 ms");
    row("Jitter", "40.0 µs");
    row("Frequency", "−0.25 ppm");
    row("Delay", "1.40 ms");
    row("Address", "[2001:db8::5]:1123");
    row("Stratum", "2");
    row("Reference ID", "192.0.2.1");
    row("Leap second", "a second will be inserted");
    row("NTP version", "4");
    row("Root delay", "3.10 ms");
    row("Root dispersion", "700 µs");
    row("Last answer", "17 s ago");
    row("Last sample", "offset −2.00 ms, delay 1.50 ms");
    row("Timestamps", "by the kernel");
    row("Queries", "1,200, 1,150 answered");
    row("Reach", "6 of the last 8 queries");
    row("Poll", "2 min (between 64 s and 17 min)");
    row("Origin", "Added and kept.");
}

void TestSourceDetails::everythingIsTold()
{
    QFETCH(QString, value);
    QCOMPARE(valueOf(falseticker(), QString::fromUtf8(QTest::currentDataTag())), value);
}

void TestSourceDetails::silentSourceClaimsNothing()
{
    bus::SourceData silent;
    silent.name = QStringLiteral("silent.example.org");
    for (const char* label : {"Offset", "Correctness interval", "Root distance", "Jitter", "Frequency", "Delay",
             "Address", "Stratum", "Reference ID", "Leap second", "NTP version", "Root delay", "Root dispersion",
             "Last sample", "Timestamps", "Queries", "Poll"})
        QCOMPARE(valueOf(silent, QString::fromUtf8(label)), QStringLiteral("—"));
    QCOMPARE(valueOf(silent, QStringLiteral("Last answer")), QStringLiteral("none yet"));
    QCOMPARE(valueOf(silent, QStringLiteral("None")), QString());
}

void TestSourceDetails::modeIsToldOfWhoIsAskedInInterleavedMode()
{
    const QString label = QStringLiteral("Interleaved");
    bus::SourceData source = falseticker();
    QCOMPARE(valueOf(source, label), QStringLiteral("no such line"));
    source.xleave = true;
    QCOMPARE(valueOf(source, label), QStringLiteral("no, the server answered in basic mode"));
    source.interleaved = true;
    QCOMPARE(valueOf(source, label), QStringLiteral("yes"));
    QVERIFY(valueOf(source, QStringLiteral("Options")).contains(QStringLiteral("asked in interleaved mode")));
    source.lastAnswerBoottimeUSec = 0;
    source.ntpVersion = 0;
    QCOMPARE(valueOf(source, label), QStringLiteral("—"));
}

void TestSourceDetails::smearingIsToldOfWhoDoesIt()
{
    const QString label = QStringLiteral("Options");
    const QString words = QStringLiteral("one that spreads leap seconds over hours");
    bus::SourceData source = falseticker();
    QVERIFY(!valueOf(source, label).contains(words));
    source.smeared = true;
    QVERIFY(valueOf(source, label).contains(words));
}

void TestSourceDetails::droppedPacketsAreCountedByReason()
{
    bus::SourceData attacked = falseticker();
    attacked.rejected = {{QStringLiteral("bogus-origin"), 123'456}, {QStringLiteral("duplicate"), 2}};
    QCOMPARE(
        valueOf(attacked, QStringLiteral("Not an answer to the request (perhaps forged)")), QStringLiteral("123,456"));
    QCOMPARE(valueOf(attacked, QStringLiteral("The same answer again")), QStringLiteral("2"));
    QCOMPARE(valueOf(attacked, QStringLiteral("None")), QStringLiteral("no such line"));
}

void TestSourceDetails::everyReasonHasItsWords()
{
    // The words of the bus, as its description and shared/ntp have them.
    const char* words[] = {"too-short", "too-long", "bad-version", "bad-mode", "malformed-extension", "wrong-source",
        "bogus-origin", "zero-origin", "duplicate", "zero-timestamp", "negative-interval", "implausible-distance",
        "unsolicited", "unauthenticated"};
    QSet<QString> texts;
    for (const char* word : words) {
        const QString text = SourceDetails::rejection(QString::fromUtf8(word));
        QVERIFY2(text != QString::fromUtf8(word), word);
        texts.insert(text);
    }
    QCOMPARE(texts.size(), static_cast<qsizetype>(std::size(words)));
    // A newer daemon's word is shown as it is.
    QCOMPARE(SourceDetails::rejection(QStringLiteral("too-odd")), QStringLiteral("too-odd"));
}

void TestSourceDetails::kissAndErrorStandOnlyWhenThereWereAny()
{
    bus::SourceData source = falseticker();
    QCOMPARE(valueOf(source, QStringLiteral("Kiss code")), QStringLiteral("no such line"));
    source.lastKiss = QStringLiteral("RATE");
    source.lastError = QStringLiteral("Network is unreachable");
    QCOMPARE(valueOf(source, QStringLiteral("Kiss code")), QStringLiteral("RATE"));
    QCOMPARE(valueOf(source, QStringLiteral("Last error")), QStringLiteral("Network is unreachable"));
}

void TestSourceDetails::strangeTextIsPlain()
{
    bus::SourceData source = falseticker();
    source.referenceId = QStringLiteral("a\u202Eb");
    source.lastError = QStringLiteral("one\ntwo");
    QCOMPARE(valueOf(source, QStringLiteral("Reference ID")), QStringLiteral("a\\u{202e}b"));
    QCOMPARE(valueOf(source, QStringLiteral("Last error")), QStringLiteral("one\\u{a}two"));
}

void TestSourceDetails::notANumberIsADash()
{
    bus::SourceData source = falseticker();
    source.offsetSeconds = source.jitterSeconds = source.frequencyPpm = std::numeric_limits<double>::quiet_NaN();
    source.rootDistanceSeconds = std::numeric_limits<double>::infinity();
    QCOMPARE(valueOf(source, QStringLiteral("Offset")), QStringLiteral("— ± 20.0 µs"));
    for (const char* label : {"Jitter", "Frequency", "Root distance"})
        QCOMPARE(valueOf(source, QString::fromUtf8(label)), QStringLiteral("—"));
}

void TestSourceDetails::authenticationIsTold()
{
    bus::SourceData source = falseticker();
    const QString absent = QStringLiteral("no such line");
    QCOMPARE(valueOf(source, QStringLiteral("State")), absent);
    source.authentication = bus::Authentication::Nts;
    QCOMPARE(valueOf(source, QStringLiteral("State")), QStringLiteral("no keys: it is not used"));
    QCOMPARE(valueOf(source, QStringLiteral("Names")), absent);
    source.ntsHasKeys = true;
    source.ntsServer = QStringLiteral("192.0.2.9:123");
    source.ntsAlgorithm = QStringLiteral("AES-SIV-CMAC-256");
    source.ntsCookies = 7;
    source.ntsLastExchangeUSec = 1'800'000'000'000'000;
    source.ntsCertificateExpiresUSec = 1'806'000'000'000'000;
    source.ntsCertificateNames = QStringList{QStringLiteral("nts.example.org"), QStringLiteral("<b>x</b>")};
    source.ntsCertificateIssuer = QStringLiteral("Example Authority");
    source.ntsTlsVersion = QStringLiteral("TLSv1.3");
    source.ntsTlsCipher = QStringLiteral("TLS_AES_256_GCM_SHA384");
    source.ntsExchanges = 2;
    source.ntsFailures = 1;
    source.ntsRefusals = 3;
    QCOMPARE(valueOf(source, QStringLiteral("State")), QStringLiteral("authenticated by Network Time Security"));
    QCOMPARE(valueOf(source, QStringLiteral("Time server")), QStringLiteral("192.0.2.9:123"));
    QCOMPARE(valueOf(source, QStringLiteral("Algorithm")), QStringLiteral("AES-SIV-CMAC-256"));
    QCOMPARE(valueOf(source, QStringLiteral("Cookies")), QStringLiteral("7 of 8"));
    QCOMPARE(
        valueOf(source, QStringLiteral("Key exchanges")), QStringLiteral("2, and 1 failed; 3 cookies were refused"));
    QCOMPARE(valueOf(source, QStringLiteral("Names")), QStringLiteral("nts.example.org, <b>x</b>"));
    QCOMPARE(valueOf(source, QStringLiteral("Issued by")), QStringLiteral("Example Authority"));
    QVERIFY2(valueOf(source, QStringLiteral("Expires")).contains(QStringLiteral("27")),
        qPrintable(valueOf(source, QStringLiteral("Expires"))));
    QCOMPARE(valueOf(source, QStringLiteral("Connection")), QStringLiteral("TLSv1.3 TLS_AES_256_GCM_SHA384"));
    QCOMPARE(valueOf(source, QStringLiteral("Its dates")), absent);
    QCOMPARE(valueOf(source, QStringLiteral("Next exchange")), absent);
    source.ntsDatesExcused = true;
    source.ntsNextAttemptUSec = 1'800'000'010'000'000;
    source.ntsLastFailure = QStringLiteral("nts.example.org: no keys.");
    QVERIFY(valueOf(source, QStringLiteral("Its dates")).startsWith(QStringLiteral("not valid")));
    QVERIFY(valueOf(source, QStringLiteral("Next exchange")).startsWith(QStringLiteral("not before ")));
    QCOMPARE(valueOf(source, QStringLiteral("Last failure")), QStringLiteral("nts.example.org: no keys."));
}

QTEST_MAIN(TestSourceDetails)
#include "test_source_details.moc"
