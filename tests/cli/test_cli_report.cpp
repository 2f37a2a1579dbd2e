// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What people read of the clock and the server, letter for letter.

#include "report_sample.h"

#include "cli/nts_report.h"
#include "cli/nts_server_report.h"
#include "cli/server_report.h"
#include "cli/source_report.h"
#include "cli/status_report.h"
#include "cli/watch_report.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;
using namespace foliot;
using namespace foliot::cli;
using namespace foliot::tests;

class TestCliReport : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void statusReadsWell()
    {
        // The bound grew by 12 s at 15.5 ppm, 186 us, and is rounded up.
        QCOMPARE(text(statusLines(sample())), uR"(Synchronized: within 980 µs of UTC
  Offset       -12.5 µs
  Uncertainty  ±80 µs, 99.9 % of the time
  Bound        ±980 µs, whatever the paths
  Measured     22 s ago
  Jitter       20.0 µs
  Frequency    -12.750 ppm ±0.050 ppm
  Clock        simulated, steered
  Stratum      2, from 192.0.2.1 (ntp1.example.org)
  Root         delay 2.00 ms, dispersion 750 µs
  Leap second  none
  Steps        1, the last -80.0 ms
  Sources      3, 2 used, 1 telling the wrong time
  Server       7 answered, 2 dropped
  Service      foliotd 1.2.3
)"_s);
    }

    void offsetThatIsLeftAloneIsToldWithWhatIsKnownOfIt()
    {
        sync::State state = sampleState();
        state.condition = sync::Condition::StepRefused;
        state.refusedStep = std::chrono::seconds(-11'520);
        state.estimate.offset = Seconds(-11'520.0);
        state.estimate.uncertainty = Seconds(11'520.000'075'5);
        state.estimate.bound = Seconds(11'520.001);
        const QString shown = text(statusLines(snapshotFrom(state, sampleSources())));
        QVERIFY2(shown.contains(
                     u"\n  Offset       -3.20 h, known to ±76 µs\n"
                     "  Uncertainty  ±3.3 h, 99.9 % of the time; most of it is the offset, not corrected yet\n"_s),
            qPrintable(shown));
    }

    void taiIsTold()
    {
        sync::State state = sampleState();
        state.taiMinusUtc = 37;
        QVERIFY(text(statusLines(snapshotFrom(state, sampleSources())))
                .contains(u"\n  Leap second  none, TAI is 37 s ahead\n"_s));
    }

    void problemsAreTold()
    {
        daemon::DaemonFacts facts = sampleFacts();
        facts.configurationProblem = u"f.toml:1:2: unknown key\nf.toml:3:4: \x1b[2J"_s;
        facts.restartNeeded = {u"clock.type"_s, u"bus.type"_s};
        facts.sourcesLeftOut = {u"192.0.2.9:123 is not asked: there are 64 sources already."_s};
        facts.otherClockKeepers = {u"chronyd (process 712)"_s};
        facts.leapListProblem = u"/list: expired on 2026-06-28"_s;
        facts.stateProblem = u"drift: cannot be written: No space left on device"_s;
        const QString shown = text(statusLines(snapshotFrom(sampleState(), sampleSources(), facts)));
        QVERIFY2(shown.contains(uR"(
  Configuration  not taken, the one before is in force:
                 f.toml:1:2: unknown key
                 f.toml:3:4: \u{1b}[2J
  Restart        needed for clock.type, bus.type
  Left out       192.0.2.9:123 is not asked: there are 64 sources already.
  Kept by        chronyd (process 712)
  Leap list      /list: expired on 2026-06-28
  Memory         drift: cannot be written: No space left on device
)"_s),
            qPrintable(shown));
    }

    void serverReadsWell()
    {
        Snapshot snapshot = sample();
        QCOMPARE(text(serverLines(snapshot)), u"Time is not served to others.\n"_s);
        snapshot.serverProperties = {{u"Addresses"_s, QStringList{u"192.0.2.1:123"_s, u"[::]:123"_s}},
            {u"Problems"_s, QStringList{u"cannot serve on 192.0.2.9:123: Cannot assign requested address"_s}},
            {u"Threads"_s, 2U}, {u"ReceiveBufferBytes"_s, 4'194'304U}, {u"Received"_s, 1'234'567ULL},
            {u"Answered"_s, 1'234'000ULL}, {u"Authenticated"_s, 17ULL}, {u"NtsProtected"_s, 4321ULL},
            {u"NtsUnreadableCookies"_s, 765ULL}, {u"NtsNotAuthentic"_s, 98ULL}, {u"Interleaved"_s, 0ULL},
            {u"Kissed"_s, 1ULL}, {u"AnsweredByVersion"_s, QVariantMap{{u"3"_s, 34'000ULL}, {u"4"_s, 1'200'000ULL}}},
            {u"Dropped"_s, QVariantMap{{u"denied"_s, 500ULL}, {u"bad-mode"_s, 67ULL}}}};
        const QString shown = text(serverLines(snapshot));
        for (const QString& part :
            {u"served on 192.0.2.1:123, [::]:123."_s, u"cannot serve on 192.0.2.9:123"_s, u"Threads: 2"_s,
                u"4096 KiB"_s, u"1234567"_s, u"in version 4"_s, u"not answered: denied"_s, u"with a symmetric key"_s})
            QVERIFY2(shown.contains(part), qPrintable(part + u" is not in\n"_s + shown));
        for (const auto& [what, count] : {std::pair{u"with Network Time Security"_s, u"4321"_s},
                 {u"refused for an unreadable cookie"_s, u"765"_s}, {u"refused as not authentic"_s, u"98"_s}})
            QVERIFY2(QRegularExpression(what + u" +"_s + count + u'\n').match(shown).hasMatch(), qPrintable(shown));
        QVERIFY(shown.indexOf(u"version 4"_s) < shown.indexOf(u"version 3"_s)); // the larger number first
        QVERIFY(shown.indexOf(u"denied"_s) < shown.indexOf(u"bad-mode"_s));
        QVERIFY(!shown.contains(u"by hand"_s));
        snapshot.serverProperties.insert(u"WantedBy"_s, u"kept-request"_s);
        QVERIFY(text(serverLines(snapshot)).contains(u"Switched on by hand, also after a restart."_s));
    }

    void ntsServerReadsWell()
    {
        Snapshot snapshot = sample();
        QCOMPARE(text(ntsServerLines(snapshot)), u"Time is not served with Network Time Security.\n"_s);
        snapshot.now = 3'600'000'000;
        snapshot.ntsServer = {.wanted = true,
            .addresses = {u"192.0.2.1:4460"_s},
            .problems = {u"/b.pem: no certificate in it"_s},
            .certificates = {{.file = u"/a.pem"_s,
                                 .problem = {},
                                 .names = {u"nts.test"_s, u"b.test"_s},
                                 .issuer = u"Some \x1b Authority"_s,
                                 .expiresUSec = 1'806'000'000'000'000},
                {.file = u"/b.pem"_s, .problem = u"/b.pem: no certificate in it"_s}},
            .keyExchanges = 20,
            .refused = {{u"denied"_s, 1}, {u"tls-failed"_s, 3}},
            .connections = 2,
            .mostConnections = 100,
            .answered = {{u"AES-SIV-CMAC-256"_s, 7}, {u"AES-128-GCM-SIV"_s, 9}},
            .cookies = {{u"AES-SIV-CMAC-256"_s, 12}},
            .refusals = 5,
            .cookieKeys = 3,
            .cookieKeyMadeBoottimeUSec = -3'600'000'000,
            .nextCookieKeyBoottimeUSec = 82'800'000'000};
        QCOMPARE(text(ntsServerLines(snapshot)), uR"(Keys are exchanged with clients on 192.0.2.1:4460.
/b.pem: no certificate in it
  Certificate    nts.test, b.test, issued by Some \u{1b} Authority, expires 2027-03-25 18:40 UTC
  Certificate    none in force from /b.pem
  Key exchanges  20, 4 refused
  Refused        3 tls-failed, 1 denied
  Connections    2 of at most 100
  Answered       9 requests by AES-128-GCM-SIV, with 0 cookies
  Answered       7 requests by AES-SIV-CMAC-256, with 12 cookies
  Sent for keys  5 requests (NTSN)
  Cookie keys    3, the newest made 2 h ago, the next in 22 h
)"_s);
        snapshot.ntsServer.addresses.clear();
        QVERIFY(text(ntsServerLines(snapshot)).startsWith(u"Keys are exchanged with no client.\n"_s));
    }

    void clientsReadWell()
    {
        QCOMPARE(text(clientLines({})), u"Nobody has asked for the time yet.\n"_s);
        QCOMPARE(text(clientLines({{.address = u"192.0.2.1"_s,
                                       .firstSeenUSec = 1'800'000'000'000'000,
                                       .lastSeenUSec = 1'800'086'401'000'000,
                                       .received = 1000,
                                       .answered = 900,
                                       .limited = 100,
                                       .authenticated = 3,
                                       .version = 4},
                     {.address = u"2001:db8::\x1b/64"_s, .firstSeenUSec = 1'800'000'000'000'000, .received = 2}})),
            uR"(Client               First seen, UTC      Last seen, UTC       Received  Answered  Limited  Authentic  Version
192.0.2.1            2027-01-15 08:00:00  2027-01-16 08:00:01      1000       900      100          3        4
2001:db8::\u{1b}/64  2027-01-15 08:00:00  1970-01-01 00:00:00         2         0        0          0        0
)"_s);
    }

    void watchReadsWell()
    {
        const QString shown = text(watchLines(sample(), {}));
        QVERIFY2(shown.startsWith(u"Synchronized: within 980 µs of UTC\n"
                                  "offset -12.5 µs, jitter 20.0 µs, measured 22 s ago, frequency -12.750 ppm\n\n"_s),
            qPrintable(shown));
        QVERIFY(shown.endsWith(text(sourcesLines(sample()))));
    }

    // Advice that is longer than the page is not cut, as the page would.
    void watchFitsItsPage()
    {
        sync::State state = sampleState();
        state.condition = sync::Condition::NoMajority;
        const QString shown = text(watchPage(snapshotFrom(state, sampleSources()), {.columns = 60, .rows = 40}));
        for (const QString& line : shown.split(u'\n'))
            QVERIFY2(displayWidth(line) <= 60, qPrintable(line));
        QVERIFY2(shown.contains("add one that you trust: foliotctl\nadd ADDRESS\n"_L1), qPrintable(shown));
    }

    void watchSaysWhatIsLeftOutAndHowToLeave()
    {
        const QString wide = text(watchPage(sample(), {.columns = 120, .rows = 24}));
        QCOMPARE(wide, text(watchLines(sample(), {})) + u"q or ctrl-C ends this.\n"_s);
        const QString narrow = text(watchPage(sample(), {.columns = 60, .rows = 24}));
        QVERIFY2(narrow.endsWith(u"shows also:\nAddress, Poll, Jitter, St, Last, Delay\nq or ctrl-C ends this.\n"_s),
            qPrintable(narrow));
        // Of a page that is too low the sources leave, not the way out.
        const QString low = text(watchPage(sample(), {.columns = 120, .rows = 6}));
        QCOMPARE(low.count(u'\n'), 6);
        QVERIFY2(low.endsWith(u"3 more lines in a higher terminal\nq or ctrl-C ends this.\n"_s), qPrintable(low));
        for (int rows = 2; rows < 12; ++rows) {
            const QString page = text(watchPage(sample(), {.columns = 120, .rows = rows}));
            QVERIFY2(page.count(u'\n') <= rows, qPrintable(page));
            QVERIFY2(page.endsWith(u"q or ctrl-C ends this.\n"_s), qPrintable(page));
        }
        for (int rows = 0; rows < 3; ++rows)
            QVERIFY(!watchPage(sample(), {.columns = 1, .rows = rows}).empty());
    }

    void likelyErrorIsNeverLargerThanTheBound()
    {
        sync::State state = sampleState();
        state.estimate.uncertainty = Seconds(0.002);
        const QString shown = text(statusLines(snapshotFrom(state, sampleSources())));
        QVERIFY2(
            shown.contains(u"Uncertainty  ±980 µs, 99.9 % of the time\n  Bound        ±980 µs"_s), qPrintable(shown));
    }

    void namesCannotControlTheTerminal()
    {
        daemon::SourceInfos sources = sampleSources();
        sources.at(goodId).name = u"evil\x1b]0;owned\x07\u202e"_s;
        sources.at(goodId).lastError = u"\x1b[2J"_s;
        const Snapshot snapshot = snapshotFrom(sampleState(), sources);
        for (const Lines& lines :
            {statusLines(snapshot), sourcesLines(snapshot), sourceDetailLines(snapshot), watchLines(snapshot, {})}) {
            const QString shown = text(lines);
            QVERIFY(!shown.contains(u'\x1b') && !shown.contains(u'\x07') && !shown.contains(u'\u202e'));
            QVERIFY(shown.contains(u"evil\\u{1b}]0;owned\\u{7}\\u{202e}"_s));
        }
    }

    void statusSaysThatKeysAreMissing()
    {
        sync::State state = sampleState();
        state.condition = sync::Condition::Unreachable;
        for (sync::SourceState& source : state.sources)
            source.reason = sync::Reason::NoKeys;
        QVERIFY(text(statusLines(snapshotFrom(state, sampleSources())))
                .startsWith("No source can be asked: there are no keys for it\n"_L1));
    }
};

int main(int argumentCount, char** arguments)
{
    return runReportTest<TestCliReport>(argumentCount, arguments);
}
#include "test_cli_report.moc"
