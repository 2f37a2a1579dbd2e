// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What can be used and is hardly meant is told with its place and what to do, and does not keep the rest from being used.

#include "config/read.h"

#include <QTest>

using namespace foliot::config;

namespace {

// The warnings of a text as a person sees them, one a line.
QString warningsOf(const std::string& text)
{
    const auto reading = examine(text, "f");
    if (!reading)
        return QString::fromStdString("error: " + describe(reading.error().front()));
    QString lines;
    for (const auto& warning : reading->warnings)
        lines += QString::fromStdString(describe(warning)) + '\n';
    return lines;
}

} // namespace

class TestConfigDoubts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void doubtIsNamedWithPlaceAndRemedy_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("warning");
        const auto row = [](const char* name, const char* text, const char* warning) {
            QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(warning);
        };
        row("server that listens nowhere", "[server]\nallow = [\"all\"]",
            "f:2:9: warning: server: without addresses to listen on, nothing is served until somebody asks for it by "
            "\"foliotctl serve on\"; write listen = [\"0.0.0.0\", \"[::]\"]\n");
        row("more to agree than there are", "[[source]]\naddress = \"a\"\n[selection]\nmin-sources = 2",
            "f:4:15: warning: selection.min-sources: 2 sources never agree where at most 1 can be used, and the clock "
            "is left alone; add sources, or take less for enough\n");
        row("more to agree than a pool gives",
            "[[source]]\naddress = \"a\"\npool = true\nmaxsources = 3\n[selection]\nmin-sources = 4",
            "f:6:15: warning: selection.min-sources: 4 sources never agree where at most 3 can be used, and the clock "
            "is left alone; add sources, or take less for enough\n");
        row("more to agree than may be used",
            "[selection]\nmin-sources = 2\n[[source]]\naddress = \"a\"\n"
            "[[source]]\naddress = \"b\"\nnoselect = true",
            "f:2:15: warning: selection.min-sources: 2 sources never agree where at most 1 can be used, and the clock "
            "is left alone; add sources, or take less for enough\n");
        row("more to agree than are authenticated",
            "[selection]\nmin-sources = 2\nrequire-nts = true\n[[source]]\naddress = \"a\"\nnts = true\n"
            "[[source]]\naddress = \"b\"",
            "f:2:15: warning: selection.min-sources: 2 sources never agree where at most 1 can be used, and the clock "
            "is left alone; add sources, or take less for enough\n");
        row("nothing authenticated", "[[source]]\naddress = \"a\"\n[selection]\nrequire-nts = true\nmin-sources = 2",
            "f:4:15: warning: selection.require-nts: no source that may be used has it, so that none is ever used; "
            "set nts = true in the [[source]] of a server that offers it\n");
        row("nothing authenticated may be used",
            "[selection]\nrequire-nts = true\n[[source]]\naddress = \"a\"\nnts = true\nnoselect = true\n"
            "[[source]]\naddress = \"b\"",
            "f:2:15: warning: selection.require-nts: no source that may be used has it, so that none is ever used; "
            "set nts = true in the [[source]] of a server that offers it\n");
        row("nothing may be used",
            "[selection]\nmin-sources = 1\nrequire-nts = true\n[[source]]\naddress = \"a\"\nnoselect = true\n"
            "[[source]]\naddress = \"b\"\nnoselect = true",
            "f:6:12: warning: source.noselect: it is said of all sources, and the clock is left alone; take it away "
            "from those to follow, or write type = \"none\" in [clock]\n");
        row("keys at the port of the time", "[[source]]\naddress = \"a\"\nnts = true\nport = 123",
            "f:4:8: warning: source.port: keys are exchanged at a port of their own, not at NTP's 123; take the port "
            "away for the usual 4460\n");
        row("keys at the port of the time, in the address", "[[source]]\naddress = \"a:123\"\nnts = true",
            "f:2:11: warning: source.port: keys are exchanged at a port of their own, not at NTP's 123; take the port "
            "away for the usual 4460\n");
        row("nobody may ask", "[server]\nlisten = [\"::\"]\nallow = []",
            "f:3:9: warning: server.allow: nobody is in it, so that nobody gets an answer; name networks, or take it "
            "away for this computer and private networks\n");
        row("in the order of the file",
            "[server]\nallow = []\nlisten = [\"::\"]\n[[source]]\naddress = \"a:123\"\nnts = true",
            "f:2:9: warning: server.allow: nobody is in it, so that nobody gets an answer; name networks, or take it "
            "away for this computer and private networks\n"
            "f:5:11: warning: source.port: keys are exchanged at a port of their own, not at NTP's 123; take the port "
            "away for the usual 4460\n");
    }
    void doubtIsNamedWithPlaceAndRemedy()
    {
        QFETCH(const QString, text);
        QFETCH(const QString, warning);
        QCOMPARE(warningsOf(text.toStdString()), warning);
    }

    void whatIsMeantIsNotDoubted_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("nothing") << "";
        QTest::newRow("headers alone, as in the shipped file") << "[server]\n[selection]\n";
        QTest::newRow("a server that is off") << "[server]\nlisten = []\n";
        QTest::newRow("sources that are added later")
            << "source = []\n[selection]\nmin-sources = 3\nrequire-nts = true";
        QTest::newRow("as many as there are") << "[[source]]\naddress = \"a\"\npool = true\n"
                                                 "[[source]]\naddress = \"b\"\n[selection]\nmin-sources = 5";
        QTest::newRow("sources that are watched")
            << "[clock]\ntype = \"none\"\n[[source]]\naddress = \"a\"\nnoselect = true";
        QTest::newRow("authenticated") << "[[source]]\naddress = \"a\"\nnts = true\n[selection]\nrequire-nts = true";
        QTest::newRow("port 123 without nts") << "[[source]]\naddress = \"a:123\"";
        QTest::newRow("keys at a port of one's own") << "[[source]]\naddress = \"a:4461\"\nnts = true";
    }
    void whatIsMeantIsNotDoubted()
    {
        QFETCH(const QString, text);
        QCOMPARE(warningsOf(text.toStdString()), QString());
    }

    void doubtLeavesTheConfigurationAsItIs()
    {
        const auto reading = examine("[server]\nallow = []\n", "f");
        QVERIFY(reading && !reading->warnings.empty());
        QVERIFY(reading->config == parse("[server]\nallow = []\n", "f").value());
        QVERIFY(reading->config.server.allow.empty());
    }
};

QTEST_APPLESS_MAIN(TestConfigDoubts)
#include "test_config_doubts.moc"
