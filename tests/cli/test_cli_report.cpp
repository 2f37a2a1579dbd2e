// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What people and programs read, letter for letter.

#include "bus/client/options.h"
#include "cli/json.h"
#include "cli/nts_report.h"
#include "cli/nts_server_report.h"
#include "cli/server_report.h"
#include "cli/source_report.h"
#include "cli/status_report.h"
#include "cli/text.h"
#include "cli/watch_report.h"
#include "daemon/publisher/source_request.h"
#include "support/sample_state.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

#include <limits>

using namespace Qt::StringLiterals;
using namespace foliot;
using namespace foliot::cli;

namespace {

// The sample as a client sees it, 12 s after its numbers were computed.
Snapshot snapshotFrom(const sync::State& state, const daemon::SourceInfos& sources,
    const daemon::DaemonFacts& facts = tests::sampleFacts())
{
    Snapshot snapshot{.availability = bus::Availability::Present, .now = 5'012'000'000};
    snapshot.clockProperties = bus::nativeProperties(daemon::clockProperties(
        state, sources, facts, {.answered = 7, .sendFailures = 2}, daemon::newestUsedAnswer(state)));
    snapshot.clock = bus::clockFromProperties(snapshot.clockProperties);
    for (const auto& [id, info] : sources) {
        const auto known = std::ranges::find(state.sources, id, &sync::SourceState::source);
        const QVariantMap properties =
            bus::nativeProperties(daemon::sourceProperties(info, known == state.sources.end() ? nullptr : &*known));
        snapshot.sourceProperties.emplace(id.value, properties);
        snapshot.sources.emplace(id.value, bus::sourceFromProperties(properties));
    }
    return snapshot;
}

Snapshot sample()
{
    return snapshotFrom(tests::sampleState(), tests::sampleSources());
}

QString text(const Lines& lines)
{
    return render(lines, {});
}

} // namespace

class TestCliReport : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { bus::registerTypes(); }

    void statusReadsWell()
    {
        // The bound grew by 12 s at 15.5 ppm, 186 us, and is rounded up.
        QCOMPARE(text(statusLines(sample())), uR"(Synchronized: within 980 µs of UTC
  Offset       -12.5 µs
  Uncertainty  ±80 µs, 99.9 % of the time
  Bound        ±980 µs, in any case
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

    void taiIsTold()
    {
        sync::State state = tests::sampleState();
        state.taiMinusUtc = 37;
        QVERIFY(text(statusLines(snapshotFrom(state, tests::sampleSources())))
                .contains(u"\n  Leap second  none, TAI is 37 s ahead\n"_s));
    }

    void problemsAreTold()
    {
        daemon::DaemonFacts facts = tests::sampleFacts();
        facts.configurationProblem = u"f.toml:1:2: unknown key\nf.toml:3:4: \x1b[2J"_s;
        facts.restartNeeded = {u"clock.type"_s, u"bus.type"_s};
        facts.sourcesLeftOut = {u"192.0.2.9:123 is not asked: there are 64 sources already."_s};
        facts.otherClockKeepers = {u"chronyd (process 712)"_s};
        facts.leapListProblem = u"/list: expired on 2026-06-28"_s;
        facts.stateProblem = u"drift: cannot be written: No space left on device"_s;
        const QString shown = text(statusLines(snapshotFrom(tests::sampleState(), tests::sampleSources(), facts)));
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

    void sourcesReadWell()
    {
        QCOMPARE(text(sourcesLines(sample())),
            uR"(   Id  Source            Address      Verdict      St  Reach     Poll  Last    Offset    Delay   Jitter
*   1  ntp1.example.org  192.0.2.1    selected      1  ●●●●○●●●  64 s  22 s  +10.0 µs  1.50 ms  30.0 µs
+   2  ntp2.example.org  2001:db8::2  combined      1  ●●●●○●●●  64 s  32 s  +40.0 µs  1.50 ms  30.0 µs
x   3  192.0.2.3         192.0.2.3    falseticker   1  ●●●●○●●●  64 s  42 s  +40.0 ms  1.50 ms  30.0 µs
)"_s);
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
        daemon::SourceInfos sources = tests::sampleSources();
        sources.at(tests::otherId).name = u"an-address-of-many-labels.pool.example.org"_s;
        QTEST(text(sourcesLines(snapshotFrom(tests::sampleState(), sources), width)), "shown");
        QCOMPARE(text(sourcesLines(sample(), 200)), text(sourcesLines(sample())));
    }

    void detailsReadWell()
    {
        sync::State state = tests::sampleState();
        state.sources[2].rejected[static_cast<std::size_t>(ntp::Rejection::BogusOrigin)] = 3;
        state.sources[2].lastKiss = ntp::kissFromReferenceId(0x52415445);
        daemon::SourceInfos sources = tests::sampleSources();
        sources.erase(tests::goodId);
        sources.erase(tests::otherId);
        sources.at(tests::liarId).lastError = u"Connection refused."_s;
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

    void optionsThatSomebodyGaveAreTold()
    {
        // What the daemon takes where nothing is said is not worth a line; all else is.
        QCOMPARE(bus::optionsBesidesDefault(daemon::optionsOf({})), QVariantMap());
        daemon::SourceInfos sources = tests::sampleSources();
        config::Source& settings = sources.at(tests::liarId).settings;
        settings.burst = false;
        settings.minPoll = 4;
        settings.prefer = true;
        settings.key = 7;
        sources.erase(tests::goodId);
        sources.erase(tests::otherId);
        const Snapshot snapshot = snapshotFrom(tests::sampleState(), sources);
        const QString shown = text(sourceDetailLines(snapshot));
        QVERIFY2(shown.contains(u"  Options               burst false, key 7, minpoll 4, prefer true\n"_s),
            qPrintable(shown));
        const QVariantMap all = snapshot.sourceProperties.at(tests::liarId.value).value(u"Options"_s).toMap();
        QCOMPARE(all.size(), daemon::optionsOf({}).size());
        QCOMPARE(bus::optionsBesidesDefault({{u"of-a-newer-daemon"_s, false}}).size(), 1);
    }

    void interleavedSampleSaysSo()
    {
        sync::State state = tests::sampleState();
        state.sources[2].last->interleaved = true;
        daemon::SourceInfos sources = tests::sampleSources();
        sources.erase(tests::goodId);
        sources.erase(tests::otherId);
        QVERIFY(text(sourceDetailLines(snapshotFrom(state, sources))).contains(u"delay 2.00 ms, interleaved\n"_s));
    }

    void authenticationReadsWell()
    {
        sync::State state = tests::sampleState();
        daemon::SourceInfos sources = tests::sampleSources();
        sources.erase(tests::otherId);
        sources.erase(tests::liarId);
        sources.at(tests::goodId).settings.nts = true;
        sources.at(tests::goodId).nts = tests::sampleNtsFacts();
        const QString good = text(sourceDetailLines(snapshotFrom(state, sources)));
        const QString lines = good.mid(good.indexOf(u"  NTS"_s), good.indexOf(u"  Reach"_s) - good.indexOf(u"  NTS"_s));
        QCOMPARE(lines, uR"(  NTS                   AES-SIV-CMAC-256, 7 of 8 cookies, time from 192.0.2.9:4123
  Key exchanges         2, 1 failed, last 2027-01-15 07:43 UTC, 3 cookies refused
  Next exchange         not before 2027-01-15 07:43 UTC
  Certificate           nts.example.org, ntp1.example.org, issued by Example Authority, expires 2027-03-25 18:40 UTC
  Connection            TLSv1.3 TLS_AES_256_GCM_SHA384
)"_s);
        sources.at(tests::goodId).nts = daemon::NtsFacts{
            .failures = 1, .lastFailure = u"nts.example.org: no keys: its certificate is not accepted: x."_s};
        const QString bad = text(sourceDetailLines(snapshotFrom(state, sources)));
        QVERIFY2(bad.contains(u"  NTS                   no keys\n"_s), qPrintable(bad));
        QVERIFY2(
            bad.contains(u"  No new keys           nts.example.org: no keys: its certificate is not accepted: x.\n"_s),
            qPrintable(bad));
    }

    void authenticatedSourcesAreListed()
    {
        daemon::SourceInfos sources = tests::sampleSources();
        QCOMPARE(
            text(authenticationLines(snapshotFrom(tests::sampleState(), sources))), u"No source is authenticated.\n"_s);
        sources.at(tests::goodId).settings.nts = true;
        sources.at(tests::goodId).nts = tests::sampleNtsFacts();
        sources.at(tests::liarId).settings.nts = true;
        sources.at(tests::liarId).nts =
            daemon::NtsFacts{.failures = 1, .lastFailure = u"192.0.2.3: no keys: it did not answer in time."_s};
        QCOMPARE(text(authenticationLines(snapshotFrom(tests::sampleState(), sources))),
            uR"(Id  Source            State    Algorithm         Cookies  Keys from             Certificate until
 1  ntp1.example.org  keys     AES-SIV-CMAC-256        7  2027-01-15 07:43 UTC  2027-03-25 18:40 UTC
 3  192.0.2.3         no keys  –                       0  –                     –
192.0.2.3: no keys: it did not answer in time.
)"_s);
        QCOMPARE(text(authenticationLines(snapshotFrom(tests::sampleState(), sources), 80)),
            uR"(Id  Source            State    Cookies  Certificate until
 1  ntp1.example.org  keys           7  2027-03-25 18:40 UTC
 3  192.0.2.3         no keys        0  –
foliotctl sources -v, or a wider terminal, shows also: Algorithm, Keys from
192.0.2.3: no keys: it did not answer in time.
)"_s);
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
        QVERIFY(!shown.contains(u"Somebody asked"_s));
        snapshot.serverProperties.insert(u"WantedBy"_s, u"kept-request"_s);
        QVERIFY(text(serverLines(snapshot)).contains(u"Somebody asked for it, also after a restart."_s));
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
        const QString shown = text(watchLines(sample()));
        QVERIFY2(shown.startsWith(u"Synchronized: within 980 µs of UTC\n"
                                  "offset -12.5 µs, jitter 20.0 µs, measured 22 s ago, frequency -12.750 ppm\n\n"_s),
            qPrintable(shown));
        QVERIFY(shown.endsWith(text(sourcesLines(sample()))));
    }

    // Advice that is longer than the page is not cut, as the page would.
    void watchFitsItsPage()
    {
        sync::State state = tests::sampleState();
        state.condition = sync::Condition::NoMajority;
        const QString shown = text(watchPage(snapshotFrom(state, tests::sampleSources()), {.columns = 60, .rows = 40}));
        for (const QString& line : shown.split(u'\n'))
            QVERIFY2(displayWidth(line) <= 60, qPrintable(line));
        QVERIFY2(shown.contains("add one that you trust: foliotctl\nadd ADDRESS\n"_L1), qPrintable(shown));
    }

    void watchSaysWhatIsLeftOutAndHowToLeave()
    {
        const QString wide = text(watchPage(sample(), {.columns = 120, .rows = 24}));
        QCOMPARE(wide, text(watchLines(sample())) + u"q or ctrl-C ends this.\n"_s);
        const QString narrow = text(watchPage(sample(), {.columns = 60, .rows = 24}));
        QVERIFY2(narrow.endsWith(u"shows also:\nAddress, Poll, Jitter, St, Last, Delay\nq or ctrl-C ends this.\n"_s),
            qPrintable(narrow));
        // Of a page that is too low the sources leave, not the way out.
        const QString low = text(watchPage(sample(), {.columns = 120, .rows = 6}));
        QCOMPARE(low.count(u'\n'), 6);
        QVERIFY2(low.endsWith(u"3 more lines in a higher terminal\nq or ctrl-C ends this.\n"_s), qPrintable(low));
        for (int rows = 0; rows < 3; ++rows)
            QVERIFY(!watchPage(sample(), {.columns = 1, .rows = rows}).empty());
    }

    void likelyErrorIsNeverLargerThanTheBound()
    {
        sync::State state = tests::sampleState();
        state.estimate.uncertainty = Seconds(0.002);
        const QString shown = text(statusLines(snapshotFrom(state, tests::sampleSources())));
        QVERIFY2(
            shown.contains(u"Uncertainty  ±980 µs, 99.9 % of the time\n  Bound        ±980 µs"_s), qPrintable(shown));
    }

    void unansweredSourceShowsNoNumbers()
    {
        daemon::SourceInfos sources;
        sources.emplace(
            tests::goodId, tests::sampleInfo(tests::goodId, u"new.example.org"_s, {}, daemon::SourceOrigin::Kept));
        QCOMPARE(text(sourcesLines(snapshotFrom({}, sources))),
            uR"(   Id  Source           Address  Verdict  St  Reach     Poll  Last  Offset  Delay  Jitter
?   1  new.example.org  –        waiting   –  ○○○○○○○○  64 s     –       –      –       –
)"_s);
        QVERIFY(text(statusLines(snapshotFrom({}, sources))).startsWith("Starting: asking"_L1));
        QVERIFY(!text(statusLines(snapshotFrom({}, sources))).contains("Offset"_L1));
    }

    void namesCannotControlTheTerminal()
    {
        daemon::SourceInfos sources = tests::sampleSources();
        sources.at(tests::goodId).name = u"evil\x1b]0;owned\x07\u202e"_s;
        sources.at(tests::goodId).lastError = u"\x1b[2J"_s;
        const Snapshot snapshot = snapshotFrom(tests::sampleState(), sources);
        for (const Lines& lines :
            {statusLines(snapshot), sourcesLines(snapshot), sourceDetailLines(snapshot), watchLines(snapshot)}) {
            const QString shown = text(lines);
            QVERIFY(!shown.contains(u'\x1b') && !shown.contains(u'\x07') && !shown.contains(u'\u202e'));
            QVERIFY(shown.contains(u"evil\\u{1b}]0;owned\\u{7}\\u{202e}"_s));
        }
    }

    void namesCannotControlTheTerminalThroughJsonEither()
    {
        daemon::SourceInfos sources = tests::sampleSources();
        const QString name = u"evil\u009b2J\u202egro \u2066\x7f zeit.grün.example \U0001f552"_s;
        sources.at(tests::goodId).name = name;
        const QJsonObject object = watchJson(snapshotFrom(tests::sampleState(), sources));
        for (const bool isOneLine : {true, false}) {
            const QByteArray shown = jsonText(object, isOneLine);
            QVERIFY(std::ranges::all_of(shown, [](char c) { return c == '\n' || (c >= ' ' && c < '\x7f'); }));
            QVERIFY(shown.contains("evil\\u009b2J\\u202egro"));
            QCOMPARE(QJsonDocument::fromJson(shown).object(), object);
        }
        QCOMPARE(jsonText(object, true).count('\n'), 0);
    }

    void everyClaimHasItsSentence()
    {
        for (int claim = 0; claim <= static_cast<int>(bus::Claim::Unknown); ++claim) {
            for (const double bound : {0.001, std::numeric_limits<double>::infinity()}) {
                const bus::Summary summary{.claim = static_cast<bus::Claim>(claim), .boundSeconds = bound};
                const Sentence sentence = sentenceFor(summary, bus::BusKind::System, {});
                QVERIFY(!sentence.headline.isEmpty());
                QVERIFY(!sentence.headline.contains(u'%') && !sentence.advice.contains(u'%'));
            }
        }
        const auto headline = [](const bus::Summary& summary) {
            return sentenceFor(summary, bus::BusKind::System, {}).headline;
        };
        using bus::Claim;
        QCOMPARE(headline({.claim = Claim::Synchronized, .isSteering = true, .boundSeconds = 0.0008}),
            u"Synchronized: within 800 µs of UTC"_s);
        QCOMPARE(headline({.claim = Claim::Synchronized, .isSteering = false, .boundSeconds = 0.08}),
            u"Within 80 ms of UTC, only watched"_s);
        QCOMPARE(
            headline({.claim = Claim::StepRefused, .refusedStepSeconds = -7'260.0}), u"The clock is 2.02 h ahead"_s);
        QCOMPARE(
            headline({.claim = Claim::StepRefused, .refusedStepSeconds = 1'500.0}), u"The clock is 25.0 min behind"_s);
        QCOMPARE(headline({.claim = Claim::Slewing, .slewOffsetSeconds = 1.2, .slewSeconds = 120.0}),
            u"Correcting the clock: 1.20 s behind, right in about 2 min"_s);
        QCOMPARE(headline({.claim = Claim::Slewing, .slewOffsetSeconds = -0.3, .slewSeconds = 40.0}),
            u"Correcting the clock: 300 ms ahead, right in about 40 s"_s);
        QVERIFY(sentenceFor({.claim = Claim::DaemonAbsent}, bus::BusKind::System, {})
                .advice.contains("systemctl start foliotd"_L1));
        QVERIFY(sentenceFor({.claim = Claim::DaemonAbsent}, bus::BusKind::Session, {}).advice.contains("foliotd"_L1));
    }

    // "Check the network" is said only where that helps.
    void silenceSaysItsCause()
    {
        for (const bus::Silence silence : {bus::Silence::NoReply, bus::Silence::NoKeys, bus::Silence::NotAuthentic,
                 bus::Silence::NoNames, bus::Silence::NoServer, bus::Silence::Denied, bus::Silence::Unsynchronized}) {
            const Sentence sentence =
                sentenceFor({.claim = bus::Claim::Unreachable, .silence = silence, .silenceError = u"x: expired\x1b"_s},
                    bus::BusKind::System, {});
            const bool isNetwork = silence == bus::Silence::NoReply || silence == bus::Silence::NoNames;
            QCOMPARE(sentence.advice.contains("network"_L1), isNetwork);
            const bool hasText = silence == bus::Silence::NoKeys || silence == bus::Silence::NoNames;
            QCOMPARE(sentence.advice.startsWith(u"x: expired\\u{1b} "_s), hasText);
        }
    }

    void statusSaysThatKeysAreMissing()
    {
        sync::State state = tests::sampleState();
        state.condition = sync::Condition::Unreachable;
        for (sync::SourceState& source : state.sources)
            source.reason = sync::Reason::NoKeys;
        QVERIFY(text(statusLines(snapshotFrom(state, tests::sampleSources())))
                .startsWith("No source can be asked: there are no keys for it\n"_L1));
    }

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
            bus::nativeProperties(daemon::ntsServerProperties(tests::sampleNtsServerReport(), {}));
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
        // It stays JSON for every reader.
        QVERIFY(!QJsonDocument(status).toJson().contains("inf"));
        const QJsonObject absent = statusJson({.availability = bus::Availability::Absent});
        QCOMPARE(absent, (QJsonObject{{u"available"_s, false}}));
    }
};

int main(int argc, char** argv)
{
    adoptLocale();
    QCoreApplication application(argc, argv);
    TestCliReport test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_cli_report.moc"
