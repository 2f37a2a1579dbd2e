// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What people read of the sources, letter for letter.

#include "report_sample.h"

#include "bus/client/options.h"
#include "cli/nts_report.h"
#include "cli/source_report.h"
#include "cli/status_report.h"
#include "daemon/publisher/wanted_source.h"

using namespace Qt::StringLiterals;
using namespace foliot;
using namespace foliot::cli;
using namespace foliot::tests;

class TestCliSourceReport : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sourcesReadWell()
    {
        QCOMPARE(text(sourcesLines(sample())),
            uR"(   Id  Source            Address      Verdict      St  Reach     Poll  Last    Offset    Delay   Jitter
*   1  ntp1.example.org  192.0.2.1    selected      1  ●●●●○●●●  64 s  22 s  +10.0 µs  1.50 ms  30.0 µs
+   2  ntp2.example.org  2001:db8::2  combined      1  ●●●●○●●●  64 s  32 s  +40.0 µs  1.50 ms  30.0 µs
x   3  192.0.2.3         192.0.2.3    falseticker   1  ●●●●○●●●  64 s  42 s  +40.0 ms  1.50 ms  30.0 µs
)"_s);
    }

    void portThatIsNotTheUsualOneStandsBehindItsAddress()
    {
        daemon::SourceInfos sources = sampleSources();
        sources.at(otherId).settings.port = 1123;
        sources.at(goodId).settings.nts = true;
        sources.at(goodId).settings.port = 4460;
        sources.at(liarId).settings.nts = true;
        sources.at(liarId).settings.port = 123;
        const QString table = text(sourcesLines(snapshotFrom(sampleState(), sources)));
        QVERIFY2(table.contains("  192.0.2.1           selected"_L1), qPrintable(table));
        QVERIFY2(table.contains("  [2001:db8::2]:1123  combined"_L1), qPrintable(table));
        QVERIFY2(table.contains("  192.0.2.3:123       falseticker"_L1), qPrintable(table));
    }

    void sourcesFitTheirPage_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<QString>("shown");
        QTest::newRow("80") << 80
                            << uR"(   Id  Source                 Verdict      St  Reach     Last    Offset    Delay
*   1  ntp1.example.org       selected      1  ●●●●○●●●  22 s  +10.0 µs  1.50 ms
+   2  an-address-of-many-l…  combined      1  ●●●●○●●●  32 s  +40.0 µs  1.50 ms
x   3  192.0.2.3              falseticker   1  ●●●●○●●●  42 s  +40.0 ms  1.50 ms
foliotctl sources -v, or a wider terminal, shows also: Address, Poll, Jitter
)"_s;
        QTest::newRow("60") << 60 << uR"(   Id  Source                Verdict      Reach       Offset
*   1  ntp1.example.org      selected     ●●●●○●●●  +10.0 µs
+   2  an-address-of-many-…  combined     ●●●●○●●●  +40.0 µs
x   3  192.0.2.3             falseticker  ●●●●○●●●  +40.0 ms
foliotctl sources -v, or a wider terminal, shows also:
Address, Poll, Jitter, St, Last, Delay
)"_s;
    }
    void sourcesFitTheirPage()
    {
        QFETCH(const int, width);
        daemon::SourceInfos sources = sampleSources();
        sources.at(otherId).name = u"an-address-of-many-labels.pool.example.org"_s;
        QTEST(text(sourcesLines(snapshotFrom(sampleState(), sources), width)), "shown");
        QCOMPARE(text(sourcesLines(sample(), 200)), text(sourcesLines(sample())));
    }

    void detailsReadWell()
    {
        sync::State state = sampleState();
        state.sources[2].rejected[static_cast<std::size_t>(ntp::Rejection::BogusOrigin)] = 3;
        state.sources[2].lastKiss = ntp::kissFromReferenceId(0x52415445);
        daemon::SourceInfos sources = sampleSources();
        sources.erase(goodId);
        sources.erase(otherId);
        sources.at(liarId).lastError = u"Connection refused."_s;
        QCOMPARE(text(sourceDetailLines(snapshotFrom(state, sources))), uR"(3  192.0.2.3
  Verdict               falseticker (outside-agreement)
  Last error            Connection refused.
  Address               192.0.2.3, port 123
  Origin                added
  Options               all as by default
  Reach                 ●●●●○●●●
  Poll                  every 64 s
  Last answer           42 s ago
  Queries               20, 19 answered
  Dropped               3 bogus-origin
  Kiss code             RATE
  NTP version           4
  Stratum               1
  Reference ID          GPS
  Leap second           none
  Root delay            500 µs
  Root dispersion       250 µs
  Last sample           offset +300 µs, delay 2.00 ms
  Timestamps            kernel
  Offset                +40.0 ms ±20.0 µs (one standard deviation)
  Frequency             +0.010 ppm
  Delay                 1.50 ms
  Jitter                30.0 µs
  Root distance         1.3 ms
  Correctness interval  +38.8 ms to +41.3 ms
)"_s);
    }

    void interleavedSampleSaysSo()
    {
        sync::State state = sampleState();
        state.sources[2].last->interleaved = true;
        daemon::SourceInfos sources = sampleSources();
        sources.erase(goodId);
        sources.erase(otherId);
        QVERIFY(text(sourceDetailLines(snapshotFrom(state, sources))).contains(u"delay 2.00 ms, interleaved\n"_s));
    }

    void authenticationReadsWell()
    {
        sync::State state = sampleState();
        daemon::SourceInfos sources = sampleSources();
        sources.erase(otherId);
        sources.erase(liarId);
        sources.at(goodId).settings.nts = true;
        sources.at(goodId).nts = sampleNtsFacts();
        const QString good = text(sourceDetailLines(snapshotFrom(state, sources)));
        const QString lines = good.mid(good.indexOf(u"  NTS"_s), good.indexOf(u"  Reach"_s) - good.indexOf(u"  NTS"_s));
        QCOMPARE(lines, uR"(  NTS                   AES-SIV-CMAC-256, 7 of 8 cookies, time from 192.0.2.9:4123
  Key exchanges         2, 1 failed, last 2027-01-15 07:43 UTC, 3 cookies refused
  Next exchange         not before 2027-01-15 07:43 UTC
  Certificate           nts.example.org, ntp1.example.org, issued by Example Authority, expires 2027-03-25 18:40 UTC
  Connection            TLSv1.3 TLS_AES_256_GCM_SHA384
)"_s);
        sources.at(goodId).nts = daemon::NtsFacts{
            .failures = 1, .lastFailure = u"nts.example.org: no keys: its certificate is not accepted: x."_s};
        const QString bad = text(sourceDetailLines(snapshotFrom(state, sources)));
        QVERIFY2(bad.contains(u"  NTS                   no keys\n"_s), qPrintable(bad));
        QVERIFY2(
            bad.contains(u"  No new keys           nts.example.org: no keys: its certificate is not accepted: x.\n"_s),
            qPrintable(bad));
    }

    void authenticatedSourcesAreListed()
    {
        daemon::SourceInfos sources = sampleSources();
        QCOMPARE(text(authenticationLines(snapshotFrom(sampleState(), sources))),
            u"No source is authenticated by Network Time Security.\n"_s);
        sources.at(goodId).settings.nts = true;
        sources.at(goodId).nts = sampleNtsFacts();
        sources.at(liarId).settings.nts = true;
        sources.at(liarId).nts =
            daemon::NtsFacts{.failures = 1, .lastFailure = u"192.0.2.3: no keys: it did not answer in time."_s};
        QCOMPARE(text(authenticationLines(snapshotFrom(sampleState(), sources))),
            uR"(Id  Source            State    Algorithm         Cookies  Keys from             Certificate until
 1  ntp1.example.org  keys     AES-SIV-CMAC-256        7  2027-01-15 07:43 UTC  2027-03-25 18:40 UTC
 3  192.0.2.3         no keys  –                       0  –                     –
192.0.2.3: no keys: it did not answer in time.
)"_s);
        QCOMPARE(text(authenticationLines(snapshotFrom(sampleState(), sources), 80)),
            uR"(Id  Source            State    Cookies  Certificate until
 1  ntp1.example.org  keys           7  2027-03-25 18:40 UTC
 3  192.0.2.3         no keys        0  –
foliotctl sources -v, or a wider terminal, shows also: Algorithm, Keys from
192.0.2.3: no keys: it did not answer in time.
)"_s);
    }

    void unansweredSourceShowsNoNumbers()
    {
        daemon::SourceInfos sources;
        sources.emplace(goodId, sampleInfo(goodId, u"new.example.org"_s, {}, daemon::SourceOrigin::Kept));
        QCOMPARE(text(sourcesLines(snapshotFrom({}, sources))),
            uR"(   Id  Source           Address  Verdict  St  Reach     Poll  Last  Offset  Delay  Jitter
?   1  new.example.org  –        waiting   –  ○○○○○○○○  64 s     –       –      –       –
)"_s);
        QVERIFY(text(statusLines(snapshotFrom({}, sources))).startsWith("Starting: asking"_L1));
        QVERIFY(!text(statusLines(snapshotFrom({}, sources))).contains("Offset"_L1));
    }

    void optionsThatSomebodyGaveAreTold()
    {
        // What the daemon takes where nothing is said is not worth a line; all else is.
        QCOMPARE(bus::optionsBesidesDefault(daemon::optionsOf({})), QVariantMap());
        daemon::SourceInfos sources = sampleSources();
        config::Source& settings = sources.at(liarId).settings;
        settings.burst = false;
        settings.minPoll = 4;
        settings.prefer = true;
        settings.key = 7;
        sources.erase(goodId);
        sources.erase(otherId);
        const Snapshot snapshot = snapshotFrom(sampleState(), sources);
        const QString shown = text(sourceDetailLines(snapshot));
        QVERIFY2(shown.contains(u"  Options               burst false, key 7, minpoll 4, prefer true\n"_s),
            qPrintable(shown));
        const QVariantMap all = snapshot.sourceProperties.at(liarId.value).value(u"Options"_s).toMap();
        QCOMPARE(all.size(), daemon::optionsOf({}).size());
        QCOMPARE(bus::optionsBesidesDefault({{u"of-a-newer-daemon"_s, false}}).size(), 1);
    }
};

int main(int argumentCount, char** arguments)
{
    return runReportTest<TestCliSourceReport>(argumentCount, arguments);
}
#include "test_cli_source_report.moc"
