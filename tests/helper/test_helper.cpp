// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Whom the helper serves, what it takes from them, and whom it outlives.

#include "helper/helper_test.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace foliot;
using namespace foliot::tests;

namespace {

// What KAuth's replies say of their origin.
enum ReplyType { KAuthError, HelperError };
QString refused(ReplyType type, int code)
{
    return u"performed %1 %2"_s.arg(type).arg(code);
}

} // namespace

class TestHelper : public HelperTest {
    Q_OBJECT

private Q_SLOTS:
    void daemonsUserSteers();
    void privilegesAreDropped();
    void anotherUserIsKeptOffByTheBus_76();
    void anotherUserIsKeptOffByPolkit_76();
    void wrongArgumentsAreRefused_78_data();
    void wrongArgumentsAreRefused_78();
    void malformedRequestsAreRefused_78_data();
    void malformedRequestsAreRefused_78();
    void emptyMessageEndsTheConversation_78();
    void strangersFloodDoesNotKeepTheDaemonOut_77();
    void callsWhileItSteersChangeNothing_77();
    void unknownActionOfTheDaemonItselfIsEnded_77();
    void absentPolkitIsOutlived();
};

void TestHelper::daemonsUserSteers()
{
    Client daemon(m_bus->bus(), daemonId);
    const QString ready = daemon.ask(u"call"_s);
    QVERIFY2(ready.startsWith("ready "_L1), qPrintable(ready));
    const QString reply = daemon.ask(u"query"_s);
    QCOMPARE(Client::word(reply, Client::Fault), 0.0);
    QVERIFY(isNear(Client::word(reply, Client::Base), m_basePpm));
    QCOMPARE(Client::word(reply, Client::Extra), 0.0);
    QVERIFY(Client::word(reply, Client::Width) < 1e6);

    const QString time = daemon.ask(u"time 2000"_s);
    const QByteArray memory = contentOf(u"/proc/%1/status"_s.arg(helperPid()));
    qInfo() << "first call" << ready << "ms; a request" << time << "us;"
            << QRegularExpression(u"VmRSS:\\s*(.*)"_s).match(QString::fromUtf8(memory)).captured(1);
    daemon.say(u"close"_s);
    QVERIFY(QTest::qWaitFor([&] { return helperPid() == 0; }, 1000));
}

void TestHelper::privilegesAreDropped()
{
    const auto daemon = steering();
    QVERIFY(daemon);
    const QString status = QString::fromUtf8(contentOf(u"/proc/%1/status"_s.arg(helperPid())));
    const auto line = [&](const char* name) {
        return QRegularExpression(u"^%1:\\s*(\\S+)"_s.arg(QLatin1StringView(name)), QRegularExpression::MultilineOption)
            .match(status)
            .captured(1);
    };
    for (const char* set : {"CapPrm", "CapEff", "CapBnd"})
        QCOMPARE(line(set), u"0000000002000000"_s); // CAP_SYS_TIME
    QCOMPARE(line("CapInh"), u"0000000000000000"_s);
    QCOMPARE(line("CapAmb"), u"0000000000000000"_s);
    QCOMPARE(line("NoNewPrivs"), u"1"_s);
}

void TestHelper::anotherUserIsKeptOffByTheBus_76()
{
    Client stranger(m_bus->bus(), strangerId);
    QCOMPARE(
        stranger.ask(u"perform org.foliot.clock.steer good"_s), u"error org.freedesktop.DBus.Error.AccessDenied"_s);
    QVERIFY(stranger.ask(u"call"_s).startsWith("ended "_L1));
    QCOMPARE(kernelPpm(), m_basePpm);
}

void TestHelper::anotherUserIsKeptOffByPolkit_76()
{
    // As if an administrator had opened the bus.
    m_bus = std::make_unique<HelperBus>(HelperBus::Policy::OpenToAll);
    QVERIFY2(m_bus->start(), qPrintable(m_bus->bus().problem()));
    Client stranger(m_bus->bus(), strangerId);
    QCOMPARE(stranger.ask(u"perform org.foliot.clock.steer good"_s), refused(KAuthError, 4)); // not authorized
    QCOMPARE(stranger.ask(u"call"_s), u"ended polkit does not allow this user to steer the clock."_s);
    QVERIFY(steering());
}

void TestHelper::wrongArgumentsAreRefused_78_data()
{
    QTest::addColumn<QString>("argument");
    for (const char* argument :
        {"none", "path", "number", "image", "icon", "garbage", "stream", "datagram", "inet", "lonely", "file", "two"})
        QTest::newRow(argument) << argument;
}

void TestHelper::wrongArgumentsAreRefused_78()
{
    QFETCH(QString, argument);
    Client daemon(m_bus->bus(), daemonId);
    QCOMPARE(daemon.ask(u"perform org.foliot.clock.steer "_s + argument), refused(HelperError, 1));
    const qint64 helper = helperPid();
    QVERIFY(isAlive(helper));
    const QString ready = daemon.ask(u"call"_s);
    QVERIFY2(ready.startsWith("ready "_L1), qPrintable(ready));
    QCOMPARE(helperPid(), helper);
}

void TestHelper::malformedRequestsAreRefused_78_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<int>("fault");
    const auto octets = [](const clock::Request& request) {
        return QByteArray(reinterpret_cast<const char*>(&request), sizeof request);
    };
    const auto row = [](const char* name, const QByteArray& message, clock::Fault fault) {
        QTest::newRow(name) << u"hex "_s + QString::fromLatin1(message.toHex()) << static_cast<int>(fault);
    };
    const QByteArray good = octets({});
    row("one octet", "x", clock::Fault::Malformed);
    row("short", good.chopped(1), clock::Fault::Malformed);
    row("long", good + '\0', clock::Fault::Malformed);
    row("very long", QByteArray(65'536, '\x01'), clock::Fault::Malformed);
    row("ones", QByteArray(good.size(), '\xff'), clock::Fault::Malformed);
    row("old version", octets({.version = 0}), clock::Fault::Malformed);
    row("kind 0", octets({.kind = clock::RequestKind{0}}), clock::Fault::Malformed);
    row("kind 6", octets({.kind = clock::RequestKind{6}}), clock::Fault::Malformed);
    row("mixed", octets({.kind = clock::RequestKind::Query, .stepNs = 1}), clock::Fault::Malformed);
    const auto line = [](const char* name, const QString& text) {
        QTest::newRow(name) << text << static_cast<int>(clock::Fault::OutOfBounds);
    };
    line("base NaN", u"steer nan 0 0"_s);
    line("base infinite", u"steer inf 0 0"_s);
    line("base", u"steer 500.001 0 0"_s);
    line("extra", u"steer 0 -100000.001 1000"_s);
    line("extra NaN", u"steer 0 nan 1000"_s);
    line("endless extra", u"steer 0 0.5 20000000001"_s);
    line("extra lowest", u"steer 0 0.5 -9223372036854775808"_s);
    line("extra highest", u"steer 0 0.5 9223372036854775807"_s);
    line("no step", u"step 0"_s);
    line("highest step", u"step 9223372036854775807"_s);
    line("lowest step", u"step -9223372036854775808"_s);
}

void TestHelper::malformedRequestsAreRefused_78()
{
    QFETCH(QString, line);
    QFETCH(int, fault);
    const auto daemon = steering();
    QVERIFY(daemon);
    const qint64 helper = helperPid();
    QCOMPARE(static_cast<int>(daemon->fault(line)), fault);
    QCOMPARE(daemon->fault(u"query"_s), clock::Fault::None);
    QCOMPARE(helperPid(), helper);
    QCOMPARE(kernelPpm(), m_basePpm);
    QVERIFY(m_bus->stepsDone().isEmpty());
}

void TestHelper::emptyMessageEndsTheConversation_78()
{
    const auto daemon = steering();
    QVERIFY(daemon);
    const qint64 helper = helperPid();
    daemon->say(u"hex"_s);
    QVERIFY(hasEndedWithin(helper, 1000));
    QVERIFY(steering());
}

void TestHelper::strangersFloodDoesNotKeepTheDaemonOut_77()
{
    Client stranger(m_bus->bus(), strangerId);
    QCOMPARE(stranger.ask(u"flood org.foliot.clock.nosuch"_s), u"flooding"_s);
    QElapsedTimer elapsed;
    elapsed.start();
    const auto daemon = steering();
    QVERIFY(daemon);
    QVERIFY(elapsed.elapsed() < 10'000);
    for (int i = 0; i < 100; ++i)
        QCOMPARE(daemon->fault(u"query"_s), clock::Fault::None);
    const QString count = stranger.ask(u"refused"_s);
    const auto numbers = count.split(u' ');
    qInfo() << "steering after" << elapsed.elapsed() << "ms;" << count;
    QVERIFY(numbers.at(1).toInt() > 100);
    QVERIFY(numbers.at(3).toInt() - numbers.at(1).toInt() <= 1); // one is under way
}

void TestHelper::callsWhileItSteersChangeNothing_77()
{
    const auto daemon = steering();
    QVERIFY(daemon);
    const qint64 helper = helperPid();
    Client stranger(m_bus->bus(), strangerId);
    Client root(m_bus->bus(), 0);
    for (const QString& action : {u"org.foliot.clock.steer"_s, u"org.foliot.clock.nosuch"_s}) {
        QCOMPARE(stranger.ask(u"perform "_s + action + u" good"_s), u"error org.freedesktop.DBus.Error.AccessDenied"_s);
        QCOMPARE(root.ask(u"perform "_s + action + u" good"_s), refused(KAuthError, 6)); // busy
    }
    QCOMPARE(stranger.ask(u"stop org.foliot.clock.steer"_s), u"error org.freedesktop.DBus.Error.AccessDenied"_s);
    QCOMPARE(root.ask(u"stop org.foliot.clock.steer"_s), u"stopped"_s);
    QCOMPARE(daemon->fault(u"steer %1 0 0"_s.arg(m_basePpm, 0, 'f', 9)), clock::Fault::None);
    QCOMPARE(helperPid(), helper);
}

void TestHelper::unknownActionOfTheDaemonItselfIsEnded_77()
{
    Client daemon(m_bus->bus(), daemonId);
    daemon.say(u"perform org.foliot.clock.nosuch none"_s);
    QVERIFY(QTest::qWaitFor([&] { return helperPid() != 0; }, patienceMs));
    const qint64 helper = helperPid();
    QElapsedTimer elapsed;
    elapsed.start();
    QVERIFY(hasEndedWithin(helper, 6000));
    qInfo() << "ended after" << elapsed.elapsed() << "ms";
    QVERIFY(steering());
}

void TestHelper::absentPolkitIsOutlived()
{
    m_bus->bus().stopPolkit();
    Client daemon(m_bus->bus(), daemonId);
    QVERIFY(daemon.ask(u"call"_s, 30'000).startsWith("ended "_L1));
    QVERIFY2(m_bus->bus().startPolkit(), qPrintable(m_bus->bus().problem()));
    QVERIFY(QTest::qWaitFor([&] { return steering() != nullptr; }, patienceMs));
}

QTEST_GUILESS_MAIN(TestHelper)
#include "test_helper.moc"
