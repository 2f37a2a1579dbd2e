// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/read.h"
#include "config/setting_values.h"

#include <QTest>

#include <chrono>
#include <ctime>
#include <format>

using namespace std::chrono_literals;
using namespace foliot::config;

namespace {

// The errors of a text as a person sees them, one a line.
QString faultsOf(const std::string& text)
{
    const auto config = parse(text, "f");
    QString lines;
    if (!config)
        for (const auto& error : config.error())
            lines += QString::fromStdString(describe(error)) + '\n';
    return lines;
}

std::string repeated(const std::string& text, int times)
{
    std::string result;
    for (int i = 0; i < times; ++i)
        result += text;
    return result;
}

} // namespace

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

    void faultIsNamedWithPlaceAndSuggestion_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("fault");
        const auto row = [](const char* name, const char* text, const char* fault) {
            QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(fault);
        };
        row("misspelt key", "[[source]]\naddress = \"a\"\n  minpol = 4",
            "f:3:3: source.minpol: unknown key; did you mean minpoll?");
        row("section without a name", "[=]",
            "f:1:2: Error while parsing key: expected bare key starting character or string delimiter, saw '='");
        row("sections without a name", "[[\t#",
            "f:1:4: Error while parsing key: expected bare key starting character or string delimiter, saw '#'");
        row("character before the byte order mark", "[bus]\ntype\ufe7f",
            "f:2:5: Error while parsing key-value pair: expected '=', saw '\ufe7f'");
        // A statement that cannot be read counts as not there.
        const char* const noAddress = "f:1:1: source.address: must be there\nf:2:";
        const auto unread = [&](const char* name, const char* text, const char* fault) {
            row(name, text, (QByteArray(noAddress) + fault).constData());
        };
        unread("text without its closing quote", "[[source]]\naddress = \"a.example\nminpoll = 4",
            "11: this quote is not closed in its line; write it behind the text as well");
        row("text closed with another quote", "[bus]\ntype = \"none'",
            "f:2:8: this quote is not closed in its line; write it behind the text as well");
        row("list with a text that is not closed", "[server]\nlisten = [\"::1\", \"127.0.0.1]",
            "f:2:18: this quote is not closed in its line; write it behind the text as well");
        unread("text without quotes", "[[source]]\naddress = a.example",
            "11: Error while parsing value: could not determine value type; a text has quotes around it; true, false "
            "and numbers have none");
        unread("address without quotes", "[[source]]\naddress = 192.0.2.1",
            "16: Error while parsing floating-point: expected decimal digit or exponent, saw '.'; a text has quotes "
            "around it; true, false and numbers have none");
        row("the same key twice", "[bus]\ntype = \"none\"\n[[source]]\naddress = \"a\"\nport = 1\nport = 2",
            "f:6:8: Error while parsing key-value pair: cannot redefine existing integer 'port'");
        row("key of too many parts", "", "");
        row("underscore", "[clock]\nstep_over = 1", "f:2:1: clock.step_over: unknown key; did you mean step-over?");
        row("swapped letters", "[bus]\ntpye = \"none\"", "f:2:1: bus.tpye: unknown key; did you mean type?");
        row("key of another section", "[clock]\nminpoll = 4",
            "f:2:1: clock.minpoll: unknown key; minpoll belongs in [[source]]");
        row("nothing near", "[clock]\nfrobnicate = 4", "f:2:1: clock.frobnicate: unknown key");
        row("misspelt section", "[sever]\n", "f:1:2: sever: unknown section; did you mean [server]?");
        row("key without a section", "minpoll = 4", "f:1:1: minpoll: unknown section; minpoll belongs in [[source]]");
        row("single bracket", "[source]\naddress = \"a\"",
            "f:1:2: source: expected sections, found a table; write [[source]]");
        row("double bracket", "[[clock]]\n", "f:1:3: clock: expected a section, found a list; write [clock]");
        row("list of texts as sources", "source = [\"a\"]",
            "f:1:11: source: expected a section, found a text; write [[source]]");
        row("text for a number", "[[source]]\naddress = \"a\"\nminpoll = \"4\"",
            "f:3:11: source.minpoll: expected a whole number, 0 to 17 log2 seconds, found a text");
        row("fraction", "[[source]]\naddress = \"a\"\nminpoll = 6.5",
            "f:3:11: source.minpoll: expected a whole number, 0 to 17 log2 seconds, found a number with a fraction");
        row("unit", "[clock]\nstep-over = \"80 ms\"",
            "f:2:13: clock.step-over: expected a number, 0.001 to 1000000000 seconds, found a text; write 0.08 for 80 "
            "ms");
        row("number for a truth", "[[source]]\naddress = \"a\"\nburst = 1",
            "f:3:9: source.burst: expected true or false, found a whole number");
        row("too large", "[[source]]\naddress = \"a\"\nmaxpoll = 18",
            "f:3:11: source.maxpoll: out of range: 18 is not within 0 to 17");
        row("negative", "[[source]]\naddress = \"a\"\nport = -1",
            "f:3:8: source.port: out of range: -1 is not within 1 to 65535");
        row("int64 end", "[simulation]\nseed = -9223372036854775808\n[clock]\ntype=\"simulated\"",
            "f:2:8: simulation.seed: out of range: -9223372036854775808 is not within 0 to 9007199254740991");
        row("NaN", "[selection]\nmax-distance = nan",
            "f:2:16: selection.max-distance: out of range: nan is not within 0.001 to 16");
        row("infinity", "[clock]\npanic-over = inf",
            "f:2:14: clock.panic-over: out of range: inf is not within 0.1 to 1000000000");
        row("word", "[clock]\ntype = \"kernal\"",
            "f:2:8: clock.type: unknown word \"kernal\", expected \"helper\", \"kernel\", \"simulated\" or \"none\"; "
            "did you mean \"kernel\"?");
        row("address missing", "[[source]]\nport = 5", "f:1:1: source.address: must be there");
        row("address empty", "[[source]]\naddress = \"\"", "f:2:11: source.address: \"\": an address is needed");
        row("address wrong", "[[source]]\naddress = \"1.2.3\"",
            "f:2:11: source.address: \"1.2.3\": not an IPv4 address, which has four numbers from 0 to 255");
        row("address of nobody", "[[source]]\naddress = \"0.0.0.0\"",
            "f:2:11: source.address: \"0.0.0.0\": the address of no one server");
        row("address of wrong type", "[[source]]\naddress = 5",
            "f:2:11: source.address: expected a text in quotes, found a whole number");
        row("two ports", "[[source]]\naddress = \"a:5\"\nport = 5",
            "f:3:8: source.port: the address has a port already");
        row("the same source", "[[source]]\naddress = \"A.example\"\n[[source]]\naddress = \"a.example:123\"",
            "f:4:11: source.address: \"a.example:123\" is a source already");
        row("path among paths",
            "[server]\nlisten = [\"::\"]\n[nts-server]\ncertificates = [5, \"c\"]\nprivate-keys = [\"/k\"]",
            "f:4:17: nts-server.certificates: expected a list of texts: [\"...\", \"...\"], found a whole number\n"
            "f:4:20: nts-server.certificates: an absolute path is needed");
        row("empty path", "[server]\nlisten = [\"::\"]\n[nts-server]\ncertificates = [\"/c\"]\nprivate-keys = [\"\"]",
            "f:5:17: nts-server.private-keys: a path is needed");
        row("no list of paths", "[nts-server]\ncertificates = \"/c\"",
            "f:2:16: nts-server.certificates: expected a list of texts: [\"...\", \"...\"], found a text");
        row("certificate without its key", "[server]\nlisten = [\"::\"]\n[nts-server]\ncertificates = [\"/c\"]",
            "f:4:16: nts-server.private-keys: as many keys as certificates are needed, found 0 and 1; name the key of "
            "each "
            "certificate, in the same order");
        row("key without its certificate", "[nts-server]\nprivate-keys = [\"/k\"]",
            "f:2:16: nts-server.private-keys: as many keys as certificates are needed, found 1 and 0; name the key of "
            "each "
            "certificate, in the same order");
        row("certificate without a server", "[nts-server]\ncertificates = [\"/c\"]\nprivate-keys = [\"/k\"]",
            "f:2:16: nts-server.certificates: there is no server; say in [server] where to listen");
        row("told server that is none", "[nts-server]\nntp-server = \"0.0.0.0\"",
            "f:2:14: nts-server.ntp-server: \"0.0.0.0\": the address of no one server");
        row("told server with a port", "[nts-server]\nntp-server = \"[::1]:1123\"",
            "f:2:14: nts-server.ntp-server: the port is a setting of its own; write \"::1\", and ntp-port = 1123");
        row("polls crossed", "[[source]]\naddress = \"a\"\nminpoll = 9\nmaxpoll = 8",
            "f:4:11: source.maxpoll: minpoll 9 is larger than maxpoll 8");
        row("minpoll over the default", "[[source]]\naddress = \"a\"\nminpoll = 12",
            "f:3:11: source.minpoll: minpoll 12 is larger than maxpoll 10, its default");
        row("maxsources of one", "[[source]]\naddress = \"a\"\nmaxsources = 3",
            "f:3:14: source.maxsources: only a pool has several servers; add pool = true");
        row("smear of a clock that never goes back", "[clock]\nnever-backwards = true\n[server]\nsmear = \"linear\"",
            "f:4:9: server.smear: a clock that never goes back does no leap second to be smeared; take it or "
            "clock.never-backwards away");
        row("unknown smear", "[server]\nsmear = \"cosine\"",
            "f:2:9: server.smear: unknown word \"cosine\", expected \"none\", \"linear\" or \"quadratic\"");
        row("orphans of no stratum", "[server]\norphan = true",
            "f:2:10: server.orphan: there is no stratum at which orphans agree; set local-stratum");
        row("preferred and unused", "[[source]]\naddress = \"a\"\nprefer = true\nnoselect = true",
            "f:3:10: source.prefer: a source that is never used cannot be preferred; take prefer or noselect away");
        row("trusted and unused", "[[source]]\naddress = \"a\"\ntrust = true\nnoselect = true",
            "f:3:9: source.trust: a source that is never used cannot be trusted; take trust or noselect away");
        row("required and unused", "[[source]]\naddress = \"a\"\nnoselect = true\nrequire = true",
            "f:4:11: source.require: a source that is never used cannot be required; take require or noselect away");
        row("listen on a name", "[server]\nlisten = [\"localhost\"]",
            "f:2:11: server.listen: \"localhost\": a numeric address is needed");
        row("listen twice", "[server]\nlisten = [\"::1\", \"0::1\"]",
            "f:2:18: server.listen: \"0::1\" stands here twice");
        row("key without a file", "[[source]]\naddress = \"a\"\nkey = 1\n[keys]\nallow-md5 = false",
            "f:3:7: source.key: there is no file of keys; name it as file in [keys]");
        row("key and a file of wrong type", "[[source]]\naddress = \"a\"\nkey = 1\n[keys]\nfile = 1",
            "f:5:8: keys.file: expected a text in quotes, found a whole number");
        row("nts and a key", "[[source]]\naddress = \"a.example\"\nnts = true\nkey = 1\n[keys]\nfile = \"/keys\"",
            "f:4:7: source.key: a source is authenticated by nts or by a key; take one away");
        row("access of a name", "[server]\nallow = [\"local\", \"example.org\"]",
            "f:2:19: server.allow: \"example.org\": \"all\", \"local\", a numeric address, or one with the length of a "
            "prefix is needed");
        row("access of a host in a network", "[server]\ndeny = [\"192.0.2.7/24\"]",
            "f:2:9: server.deny: \"192.0.2.7/24\": has bits behind the first 24");
        row("listen of wrong type", "[server]\nlisten = \"::1\"",
            "f:2:10: server.listen: expected a list of texts: [\"...\", \"...\"], found a text");
        row("relative folder", "[state]\ndirectory = \"x\"", "f:2:13: state.directory: an absolute path is needed");
        row("useless simulation", "[simulation]\noffset = 1",
            "f:1:1: simulation: the clock is not a simulated one; set clock.type to \"simulated\" or take [simulation] "
            "away");
        row("NUL", "", "");
        row("invalid UTF-8", "", "");
    }
    void faultIsNamedWithPlaceAndSuggestion()
    {
        QFETCH(QString, text);
        QFETCH(QString, fault);
        if (qstrcmp(QTest::currentDataTag(), "NUL") == 0) {
            text = "# x\n a" + QString(QChar(0));
            fault = "f:2:3: a NUL character";
        }
        if (qstrcmp(QTest::currentDataTag(), "key of too many parts") == 0) {
            text = "\na" + QString(".\"ä\"").repeated(201) + " = 1";
            fault = "f:2:802: more than 200 dots in a line; a key has few parts";
        }
        auto octets = text.toStdString();
        if (qstrcmp(QTest::currentDataTag(), "invalid UTF-8") == 0) {
            octets = "# \xc3\xa4\xff";
            fault = "f:1:4: not UTF-8";
        }
        QCOMPARE(faultsOf(octets), fault + '\n');
    }

    void allFaultsAreToldAtOnceInTheirOrder()
    {
        const auto config = parse("[clock]\n"            // 1
                                  "type = \"sundial\"\n" // 2 unknown word
                                  "step-over = -1\n"     // 3 out of range
                                  "[[source]]\n"         // 4
                                  "address = \"a\"\n"    // 5
                                  "minpoll = = 4\n"      // 6 syntax
                                  "maxpoll = 8\n"        // 7
                                  "port = 1\n"           // 8
                                  "port = 2\n"           // 9 duplicate
                                  "[[source]]\n"         // 10 no address
                                  "pol = true\n",        // 11 unknown key
            "f");
        QVERIFY(!config);
        std::vector<int> lines;
        for (const auto& error : config.error())
            lines.push_back(error.line);
        QCOMPARE(lines, (std::vector{2, 3, 6, 9, 10, 11}));
    }

    // Dots in texts and remarks make no key long.
    void longListsAndRemarksAreTaken()
    {
        std::string list;
        for (int i = 0; i < 256; ++i)
            list += std::format("{}\"10.{}.0.0/16\"", i == 0 ? "" : ", ", i);
        const auto config = parse("# " + repeated(".", 1000) + "\n[server]\nallow = [" + list + "] # '" +
                                      repeated(".", 300) + "\ndeny = ['192.0.2.0/24']\n",
            "f");
        QVERIFY2(config.has_value(), config ? "" : describe(config.error().front()).c_str());
        QCOMPARE(config->server.allow.size(), std::size_t(256));
        QCOMPARE(config->server.deny.size(), std::size_t(1));
    }

    void duplicateSectionIsAnError() { QVERIFY(!parse("[clock]\n[bus]\n[clock]\n", "f")); }

    void hostileTextIsRefusedCheaply_data()
    {
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char* name, const std::string& text) {
            QTest::newRow(name) << QByteArray::fromStdString(text);
        };
        row("nested lists", "x = " + repeated("[", 500000));
        row("nested tables", "x = " + repeated("{a=", 300000));
        row("dotted key", "a" + repeated(".a", 500000) + " = 1");
        row("dotted header", "[a" + repeated(".a", 500000) + "]");
        row("dotted keys in nested tables", repeated("x = {a" + repeated(".a", 190) + " = [\n", 2500));
        row("dotted key with quoted parts", "[a" + repeated(".\"#[=\"", 100000) + "]");
        row("dotted key behind a text of several lines", "x = [\"\"\"\n\"\"\", {a" + repeated(".a", 500000) + " = 1}]");
        row("dotted key behind empty texts", "x = [\"\", '', {a" + repeated(".a", 500000) + " = 1}]");
        row("dotted key behind texts that end with quotes",
            "x = [\"\"\"\"\"\"\"\", '''a''''', {a" + repeated(".a", 400000) + " = 1}]");
        row("dotted key behind an escaped quote", "x = [\"\\\"\", {a" + repeated(".a", 500000) + " = 1}]");
        row("dotted key behind what was quoted", "x = = \"\"\"\ny = 1\na" + repeated(".a", 500000) + " = 1");
        row("endless string", "x = \"" + repeated("a", 1000000));
        row("endless multi-line string", "x = \"\"\"" + repeated("a\n", 500000));
        row("too many sources", repeated("[[source]]\naddress=\"a\"\n", 40000));
        row("too many faults", repeated("[[source]]\n", 60) + repeated("x = = 1\n[[source]]\n", 50000));
        row("larger than 1 MiB", repeated("#\n", 600000));
        row("surrogate", "# \xed\xa0\x80");
        row("overlong", "# \xc0\xaf");
        row("beyond Unicode", "# \xf4\x90\x80\x80");
        row("cut off", "# \xe2\x82");
    }
    void hostileTextIsRefusedCheaply()
    {
        QFETCH(QByteArray, text);
        const std::clock_t started = std::clock(); // processor time: nobody else's
        const auto config = parse(text.toStdString(), "f");
        QVERIFY(!config.has_value());
        QVERIFY(config.error().size() <= 50);
        // Generous: what this is about would take minutes or crash.
        constexpr std::clock_t most = (FOLIOT_SANITIZED ? 60 : 10) * CLOCKS_PER_SEC;
        QVERIFY(std::clock() - started < most);
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
