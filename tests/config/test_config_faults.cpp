// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What is wrong with a file is told with its place, all at once, and with what was probably meant.

#include "config/read.h"

#include <QTest>

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

} // namespace

class TestConfigFaults : public QObject {
    Q_OBJECT
private Q_SLOTS:
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

    void duplicateSectionIsAnError() { QVERIFY(!parse("[clock]\n[bus]\n[clock]\n", "f")); }
};

QTEST_APPLESS_MAIN(TestConfigFaults)
#include "test_config_faults.moc"
