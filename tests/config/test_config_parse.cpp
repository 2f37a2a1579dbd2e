// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// From a text to the settings, and from a source back to its text.

#include "config/read.h"
#include "config/setting_values.h"

#include <QTest>

#include <chrono>

using namespace std::chrono_literals;
using namespace foliot::config;

class TestConfigParse : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void emptyFileGivesDefaultsAndTheDefaultPool()
    {
        const auto config = parse("", "f");
        QVERIFY(config.has_value());
        Config expected;
        expected.sources.push_back(Source{.address = FOLIOT_DEFAULT_POOL, .pool = true});
        QVERIFY(*config == expected);
    }

    void everySettingArrives()
    {
        const auto config = parse(R"(
[[source]]
address = "[2001:db8::1]:1123"
minpoll = 4
maxpoll = 6
burst = false
prefer = true
trust = true
require = true
version = 3
xleave = true
smeared = true
[[source]]
address = "pool.example"
port = 5
pool = true
maxsources = 7
noselect = true
[clock]
type = "simulated"
step-at-start = false
step-over = 0.5
step-limit = 3600
later-step-over = 2
panic-over = 60
never-backwards = true
max-frequency = 200
max-extra-rate = 5000
[selection]
min-sources = 3
max-distance = 1.5
[server]
listen = ["0.0.0.0", "[::1]:1123"]
local-stratum = 8
orphan = true
[nts-server]
certificates = ["/c/1", "/c/2"]
private-keys = ["/k/1", "/k/2"]
listen = ["127.0.0.1", "[::1]:4461"]
port = 4462
ntp-server = "ntp.example"
ntp-port = 1123
rotate-keys = 3600
keep-keys = 3
workers = 2
max-connections = 100
time-limit = 2.5
rate-limit = 0.5
rate-burst = 8
[leap]
list = "/tmp/leap-seconds.list"
[state]
directory = "/tmp/x"
[bus]
type = "session"
[simulation]
offset = -0.08
frequency = 30
wander = 0.001
path-delay = 2e-3
path-jitter = 0.0001
loss = 0.25
seed = 7
)",
            "f");
        QVERIFY2(config.has_value(), config ? "" : describe(config.error().front()).c_str());
        Config expected;
        expected.sources = {Source{.address = "2001:db8::1",
                                .port = 1123,
                                .minPoll = 4,
                                .maxPoll = 6,
                                .burst = false,
                                .prefer = true,
                                .trust = true,
                                .require = true,
                                .version = 3,
                                .xleave = true,
                                .smeared = true},
            Source{.address = "pool.example", .port = 5, .pool = true, .maxSources = 7, .noSelect = true}};
        expected.clock = {.type = ClockType::Simulated,
            .stepAtStart = false,
            .startStepOver = 500ms,
            .startStepLimit = 1h,
            .laterStepOver = 2s,
            .panicOver = 60s,
            .neverBackwards = true,
            .maxFrequencyPpm = 200,
            .maxExtraRatePpm = 5000};
        expected.selection = {.minSources = 3, .maxDistance = 1500ms};
        expected.server = {.listen = {"0.0.0.0", "[::1]:1123"}, .localStratum = 8, .orphan = true};
        expected.ntsServer = {.certificates = {"/c/1", "/c/2"},
            .privateKeys = {"/k/1", "/k/2"},
            .listen = {"127.0.0.1", "[::1]:4461"},
            .port = 4462,
            .ntpServer = "ntp.example",
            .ntpPort = 1123,
            .rotateKeys = 1h,
            .keepKeys = 3,
            .workers = 2,
            .maxConnections = 100,
            .timeLimit = 2500ms,
            .rateLimit = 0.5,
            .rateBurst = 8};
        expected.leap = {.list = "/tmp/leap-seconds.list"};
        expected.state.directory = "/tmp/x";
        expected.bus.kind = BusKind::Session;
        expected.simulation = {.offset = -80ms,
            .frequencyPpm = 30,
            .wanderPpm = 0.001,
            .pathDelay = 2ms,
            .pathJitter = 100us,
            .loss = 0.25,
            .seed = 7};
        QVERIFY(*config == expected);
    }

    void noSourcesCanBeAskedFor()
    {
        QVERIFY(parse("source = []", "f")->sources.empty());
        QVERIFY(parse("[server]\nlocal-stratum = 1", "f")->sources.empty());
    }

    void writtenSourceReadsBack()
    {
        const Source source{.address = "fe80::1%eth0",
            .port = 1123,
            .pool = true,
            .maxSources = 2,
            .minPoll = 3,
            .maxPoll = 9,
            .profile = PollProfile::Precise,
            .burst = false,
            .prefer = true,
            .trust = true,
            .require = true,
            .noSelect = false,
            .version = 3,
            .xleave = true,
            .smeared = true};
        const auto config = parse(writeSource(source), "f");
        QVERIFY(config.has_value());
        QCOMPARE(config->sources.size(), std::size_t(1));
        QVERIFY(config->sources.front() == source);
        QCOMPARE(writeSource(Source{.address = "a"}), std::string("[[source]]\naddress = \"a\"\n"));
    }

    void authenticatedSourceIsAskedForKeysAtTheirOwnPort()
    {
        const auto read = [](const std::string& lines) {
            return parse("[[source]]\nnts = true\n" + lines, "f").value().sources.front();
        };
        QCOMPARE(read("address = \"a\"").port, keyExchangePort);
        QCOMPARE(read("address = \"a:4461\"").port, 4461);
        QCOMPARE(read("address = \"a\"\nport = 123").port, 123);
        const Source source = read("address = \"a\"");
        QVERIFY(source.nts && parse(writeSource(source), "f").value().sources.front() == source);
        const auto old = parse("[[source]]\naddress = \"a\"\nnts = true\nversion = 3", "f");
        QVERIFY(!old);
        QVERIFY(describe(old.error().front()).contains("source.version"));
        QVERIFY(!parse("[nts]\ntrusted-file = \"roots.pem\"", "f"));
        QVERIFY(parse("[nts]\ntrusted-file = \"/etc/roots.pem\"", "f"));
    }

    void preciseProfileAsksOftenerUnlessToldHowOften()
    {
        const auto read = [](const std::string& lines) {
            return parse("[[source]]\naddress = \"a\"\n" + lines, "f").value().sources.front();
        };
        QVERIFY(read("").profile == PollProfile::Default);
        QCOMPARE(read("profile = \"precise\"").minPoll, preciseMinPoll);
        QCOMPARE(read("profile = \"precise\"\nmaxpoll = 3").minPoll, 3);
        const Source told = read("profile = \"precise\"\nminpoll = 6");
        QCOMPARE(told.minPoll, 6);
        QVERIFY(parse(writeSource(told), "f").value().sources.front() == told);
        const auto wrong = parse("[[source]]\naddress = \"a\"\nprofile = \"fast\"", "f");
        QVERIFY(!wrong);
        QVERIFY(describe(wrong.error().front()).contains("\"default\" or \"precise\""));
    }
};

QTEST_APPLESS_MAIN(TestConfigParse)
#include "test_config_parse.moc"
