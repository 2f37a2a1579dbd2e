// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/arguments.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace foliot::cli;

namespace {

std::optional<Invocation> invocation(const QString& line)
{
    const auto parsed = parseArguments(line.split(u' ', Qt::SkipEmptyParts));
    if (!parsed || !std::holds_alternative<Invocation>(*parsed))
        return std::nullopt;
    return std::get<Invocation>(*parsed);
}

template<typename Request>
std::optional<Request> request(const QString& line)
{
    const auto parsed = invocation(line);
    if (!parsed || !std::holds_alternative<Request>(parsed->request))
        return std::nullopt;
    return std::get<Request>(parsed->request);
}

} // namespace

class TestCliArguments : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyCommandIsUnderstood()
    {
        QVERIFY(request<StatusRequest>(u"status"_s));
        QVERIFY(!request<SourcesRequest>(u"sources"_s)->isVerbose);
        QVERIFY(request<SourcesRequest>(u"sources -v"_s)->isVerbose);
        QVERIFY(request<SourcesRequest>(u"sources --verbose"_s)->isVerbose);
        QVERIFY(request<NtsRequest>(u"nts"_s));
        QVERIFY(request<WatchRequest>(u"watch"_s));
        QVERIFY(request<ServerRequest>(u"server"_s));
        QVERIFY(request<ClientsRequest>(u"server --clients"_s));
        QVERIFY(request<RefreshRequest>(u"refresh"_s));
        QVERIFY(request<ServeRequest>(u"serve on"_s)->isServing && !request<ServeRequest>(u"serve on"_s)->keep);
        QVERIFY(!request<ServeRequest>(u"serve off --keep"_s)->isServing);
        QVERIFY(request<ServeRequest>(u"serve off --keep"_s)->keep);
        QCOMPARE(request<StepRequest>(u"step"_s)->limitSeconds, 0.0);
        QCOMPARE(request<StepRequest>(u"step --limit 2.5"_s)->limitSeconds, 2.5);
        QCOMPARE(request<RemoveRequest>(u"remove 3"_s)->source, u"3"_s);
        const auto wait = request<WaitRequest>(u"wait --timeout 60 --within=0.001"_s);
        QCOMPARE(wait->timeoutSeconds, 60.0);
        QCOMPARE(wait->withinSeconds, 0.001);
        QVERIFY(!request<WaitRequest>(u"wait"_s)->timeoutSeconds);
    }

    void addTakesTheOptionsOfASource()
    {
        const auto plain = request<AddRequest>(u"add time.example.org"_s);
        QCOMPARE(plain->address, u"time.example.org"_s);
        QCOMPARE(plain->options, QVariantMap());
        const auto full = request<AddRequest>(
            u"add [2001:db8::1]:123 --pool --maxsources 2 --minpoll 4 --maxpoll 8 --profile precise --no-burst "
            "--nts --prefer --trust --require --noselect --xleave --smeared --ntp-version 3 --key 4294967295 --keep"_s);
        QCOMPARE(full->address, u"[2001:db8::1]:123"_s);
        const QVariantMap expected{{u"nts"_s, true}, {u"pool"_s, true}, {u"maxsources"_s, 2}, {u"minpoll"_s, 4},
            {u"maxpoll"_s, 8}, {u"profile"_s, u"precise"_s}, {u"burst"_s, false}, {u"prefer"_s, true},
            {u"trust"_s, true}, {u"require"_s, true}, {u"noselect"_s, true}, {u"xleave"_s, true}, {u"smeared"_s, true},
            {u"version"_s, 3}, {u"key"_s, 4294967295U}, {u"keep"_s, true}};
        QCOMPARE(full->options, expected);
    }

    void schemeAsksForAuthentication()
    {
        const auto nts = request<AddRequest>(u"add NTS://time.example.org:4461"_s);
        QCOMPARE(nts->address, u"time.example.org:4461"_s);
        QCOMPARE(nts->options, (QVariantMap{{u"nts"_s, true}}));
    }

    void generalOptionsStandAnywhere()
    {
        QVERIFY(invocation(u"--json status"_s)->isJson);
        QVERIFY(invocation(u"status --json"_s)->isJson);
        QVERIFY(!invocation(u"status"_s)->isJson);
        QVERIFY(invocation(u"refresh"_s)->mayAskPassword);
        QVERIFY(!invocation(u"refresh --no-ask-password"_s)->mayAskPassword);
    }

    void wrongUsageIsNamed_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("names");
        QTest::newRow("nothing") << u""_s << u"command"_s;
        QTest::newRow("only an option") << u"--json"_s << u"--json"_s;
        QTest::newRow("unknown command") << u"statsu"_s << u"statsu"_s;
        QTest::newRow("unknown option") << u"status --jsno"_s << u"jsno"_s;
        QTest::newRow("too much") << u"status now"_s << u"now"_s;
        QTest::newRow("too little") << u"remove"_s << u"source"_s;
        QTest::newRow("two addresses") << u"add a.example b.example"_s << u"b.example"_s;
        QTest::newRow("timeout no number") << u"wait --timeout soon"_s << u"timeout"_s;
        QTest::newRow("timeout zero") << u"wait --timeout 0"_s << u"timeout"_s;
        QTest::newRow("timeout nan") << u"wait --timeout nan"_s << u"timeout"_s;
        QTest::newRow("timeout missing") << u"wait --timeout"_s << u"timeout"_s;
        QTest::newRow("within infinite") << u"wait --within inf"_s << u"within"_s;
        QTest::newRow("negative limit") << u"step --limit=-1"_s << u"limit"_s;
        QTest::newRow("poll no integer") << u"add a.example --minpoll 4.5"_s << u"minpoll"_s;
        QTest::newRow("key no number") << u"add a.example --key secret"_s << u"--key"_s;
        QTest::newRow("key zero") << u"add a.example --key 0"_s << u"--key"_s;
        QTest::newRow("key beyond 32 bits") << u"add a.example --key 4294967296"_s << u"--key"_s;
        QTest::newRow("neither on nor off") << u"serve maybe"_s << u"\"on\" or \"off\""_s;
        QTest::newRow("neither") << u"serve"_s << u"state"_s;
        QTest::newRow("option of another") << u"status --limit 3"_s << u"limit"_s;
    }
    void wrongUsageIsNamed()
    {
        QFETCH(const QString, line);
        QFETCH(const QString, names);
        const auto parsed = parseArguments(line.split(u' ', Qt::SkipEmptyParts));
        QVERIFY(!parsed);
        QVERIFY2(parsed.error().contains(names), qPrintable(parsed.error()));
    }

    void helpNamesEveryCommandAndExitStatus()
    {
        const auto help = parseArguments({u"--help"_s});
        QVERIFY(help);
        const QString text = std::get<Information>(*help).text;
        for (const auto& word : {"status", "sources", "server", "watch", "wait", "add", "remove", "refresh", "serve",
                 "step", "--json", "Exit status: 0 success; 1 not", "; 2 wrong", "; 3 the", "; 4 not", "; 5 any"})
            QVERIFY2(text.contains(QLatin1StringView(word)), word);
        QVERIFY(std::get<Information>(*parseArguments({u"wait"_s, u"--help"_s})).text.contains("--within"_L1));
        // What shows an offset says what its sign means.
        for (const QStringList& command : {QStringList{}, {u"status"_s}, {u"sources"_s}, {u"watch"_s}}) {
            const auto shown = parseArguments(command + QStringList{u"--help"_s});
            QVERIFY2(std::get<Information>(*shown).text.simplified().contains("the clock is behind, with - ahead"_L1),
                qPrintable(command.join(u' ')));
        }
        QVERIFY(std::get<Information>(*parseArguments({u"--version"_s})).text.startsWith("foliotctl "_L1));
        QVERIFY(std::get<Information>(*parseArguments({u"add"_s, u"--version"_s})).text.startsWith("foliotctl "_L1));
    }
};

QTEST_GUILESS_MAIN(TestCliArguments)
#include "test_cli_arguments.moc"
