// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The helper as it is installed, started by a real bus, allowed or not by the real polkit with the shipped policy, rule
// and action, and changing this machine's clock: by less than 1 ppm, for less than a second, and back. Steps are written
// down by a preloaded library and not done. Numbers in the names are rows of the fault list.

#include "clock/contract.h"
#include "clock/file.h"
#include "helper/helper_bus.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace foliot;
using namespace foliot::tests;

namespace {

constexpr int patienceMs = 15'000;
constexpr double extraPpm = 0.5;

// What KAuth's replies say of their origin.
enum ReplyType { KAuthError, HelperError };
QString refused(ReplyType type, int code)
{
    return u"performed %1 %2"_s.arg(type).arg(code);
}

bool hasEndedWithin(qint64 pid, int ms)
{
    return QTest::qWaitFor([pid] { return !isAlive(pid); }, ms);
}

// helper_client, run as some user on the test's bus.
class Client {
public:
    Client(const PrivateBus& bus, uint user)
    {
        QStringList environment = QProcess::systemEnvironment() + bus.environment();
        environment << u"FOLIOT_PLUGIN_PATH="_s + QStringLiteral(PLUGIN_DIR);
        m_process.setEnvironment(environment);
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        const QStringList command = PrivateBus::asUser(user) + QStringList{QStringLiteral(HELPER_CLIENT)};
        m_process.start(command.first(), command.sliced(1));
        m_process.waitForStarted();
    }
    ~Client() { kill(); }
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    void say(const QString& line) { m_process.write(line.toUtf8() + '\n'); }

    // The next event. Empty when none comes.
    QString next(int timeoutMs = patienceMs)
    {
        QElapsedTimer waited;
        waited.start();
        while (!m_process.canReadLine() && waited.elapsed() < timeoutMs && m_process.state() != QProcess::NotRunning)
            m_process.waitForReadyRead(static_cast<int>(timeoutMs - waited.elapsed()));
        return QString::fromUtf8(m_process.readLine()).trimmed();
    }
    // The helper closed its end, whatever else is heard of it.
    bool isLeftAlone() { return hears(u"gone"_s); }
    bool hears(const QString& beginning)
    {
        for (QString event = next(); !event.isEmpty(); event = next()) {
            if (event.startsWith(beginning))
                return true;
        }
        return false;
    }
    QString ask(const QString& line, int timeoutMs = patienceMs)
    {
        say(line);
        return next(timeoutMs);
    }
    // One word of a reply, see helper_client.
    enum Word { Kind = 1, Fault, Base, Extra, Stepped, Width };
    static double word(const QString& reply, Word index) { return reply.section(u' ', index, index).toDouble(); }
    clock::Fault fault(const QString& line)
    {
        const QString reply = ask(line);
        return reply.startsWith("reply "_L1) ? clock::Fault{reply.section(u' ', Fault, Fault).toUInt()}
                                             : clock::Fault{99};
    }

    void kill()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

private:
    QProcess m_process;
};

} // namespace

class TestHelper : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void daemonsUserSteers();
    void privilegesAreDropped();
    void anotherUserIsKeptOffByTheBus_76();
    void anotherUserIsKeptOffByPolkit_76();
    void wrongArgumentsAreRefused_78_data();
    void wrongArgumentsAreRefused_78();
    void malformedRequestsAreRefused_78_data();
    void malformedRequestsAreRefused_78();
    void emptyMessageEndsTheConversation_78();
    void extraRateEndsByItself_70();
    void deathOfTheDaemonEndsTheExtraRate_70();
    void signalsEndTheExtraRate_70_data();
    void signalsEndTheExtraRate_70();
    void killedHelpersExtraRateIsEndedAtTheNextStart_70();
    void serviceManagersResetEndsTheExtraRate_70();
    void strangersFloodDoesNotKeepTheDaemonOut_77();
    void callsWhileItSteersChangeNothing_77();
    void unknownActionOfTheDaemonItselfIsEnded_77();
    void absentPolkitIsOutlived();
    void stepsBeyondTheLimitsAreRefused_66();
    void sumOfStepsOutlivesHelperAndDaemon_67();
    void corruptLimitsLeaveNoStep_67();
    void personAllowsOneStep();
    void rootsWordIsNoPersons();

private:
    // One that serves, as the daemon's user.
    std::unique_ptr<Client> steering();
    qint64 helperPid() const { return m_bus->helperPid(); }
    // As if this boot's first step had been done.
    void useUpFirstStep() const { QVERIFY(clock::replaceFile(m_bus->firstStepFile().toStdString(), "")); }

    std::unique_ptr<HelperBus> m_bus;
    double m_basePpm = 0.0;
};

void TestHelper::initTestCase()
{
    if (const auto reason = HelperBus::whyImpossible())
        QSKIP(qPrintable(*reason));
    m_basePpm = kernelPpm();
}

void TestHelper::init()
{
    m_bus = std::make_unique<HelperBus>();
    QVERIFY2(m_bus->start(), qPrintable(m_bus->bus().problem()));
}

void TestHelper::cleanup()
{
    m_bus.reset();
    QCOMPARE(kernelPpm(), m_basePpm);
}

std::unique_ptr<Client> TestHelper::steering()
{
    auto client = std::make_unique<Client>(m_bus->bus(), daemonId);
    const QString answer = client->ask(u"call"_s);
    return answer.startsWith("ready "_L1) ? std::move(client) : nullptr;
}

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

void TestHelper::extraRateEndsByItself_70()
{
    const auto daemon = steering();
    QVERIFY(daemon);
    const double base = m_basePpm + 0.25;
    const QString reply = daemon->ask(u"steer %1 %2 300000000"_s.arg(base, 0, 'f', 9).arg(extraPpm));
    QCOMPARE(Client::word(reply, Client::Fault), 0.0);
    QVERIFY(isNear(Client::word(reply, Client::Base), base));
    QVERIFY(isNear(Client::word(reply, Client::Extra), extraPpm));
    QVERIFY(isNear(kernelPpm(), base + extraPpm));
    QVERIFY(QTest::qWaitFor([&] { return isNear(kernelPpm(), base); }, 1000));
    const QString after = daemon->ask(u"query"_s);
    QVERIFY(isNear(Client::word(after, Client::Base), base));
    QCOMPARE(Client::word(after, Client::Extra), 0.0);
}

void TestHelper::deathOfTheDaemonEndsTheExtraRate_70()
{
    const auto daemon = steering();
    QVERIFY(daemon);
    const qint64 helper = helperPid();
    QCOMPARE(daemon->fault(u"steer %1 %2 900000000"_s.arg(m_basePpm, 0, 'f', 9).arg(extraPpm)), clock::Fault::None);
    QVERIFY(isNear(kernelPpm(), m_basePpm + extraPpm));
    QElapsedTimer elapsed;
    elapsed.start();
    daemon->kill();
    QVERIFY(QTest::qWaitFor([&] { return isNear(kernelPpm(), m_basePpm); }, 700));
    QVERIFY(hasEndedWithin(helper, 1000));
    qInfo() << "helper gone after" << elapsed.elapsed() << "ms";
}

void TestHelper::signalsEndTheExtraRate_70_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGALRM, its own watchdog") << SIGALRM;
}

void TestHelper::signalsEndTheExtraRate_70()
{
    QFETCH(int, signal);
    const auto daemon = steering();
    QVERIFY(daemon);
    const qint64 helper = helperPid();
    QCOMPARE(daemon->fault(u"steer %1 %2 900000000"_s.arg(m_basePpm, 0, 'f', 9).arg(extraPpm)), clock::Fault::None);
    ::kill(static_cast<pid_t>(helper), signal);
    QVERIFY(hasEndedWithin(helper, 700));
    QVERIFY(isNear(kernelPpm(), m_basePpm));
    QVERIFY(daemon->isLeftAlone());
    // The end of KAuth's job is not the end of the process that waited for it.
    daemon->say(u"call"_s);
    QVERIFY(daemon->hears(u"ready "_s));
}

void TestHelper::killedHelpersExtraRateIsEndedAtTheNextStart_70()
{
    const auto daemon = steering();
    QVERIFY(daemon);
    const qint64 helper = helperPid();
    QCOMPARE(daemon->fault(u"steer %1 %2 900000000"_s.arg(m_basePpm, 0, 'f', 9).arg(extraPpm)), clock::Fault::None);
    ::kill(static_cast<pid_t>(helper), SIGKILL);
    QVERIFY(hasEndedWithin(helper, 700));
    QVERIFY(isNear(kernelPpm(), m_basePpm + extraPpm)); // nobody there to end it
    m_bus->startHelper();                               // which does not wait for the daemon with that
    QVERIFY(isNear(kernelPpm(), m_basePpm));
    QVERIFY(steering());
}

void TestHelper::serviceManagersResetEndsTheExtraRate_70()
{
    const auto daemon = steering();
    QVERIFY(daemon);
    const qint64 helper = helperPid();
    QCOMPARE(daemon->fault(u"steer %1 %2 900000000"_s.arg(m_basePpm, 0, 'f', 9).arg(extraPpm)), clock::Fault::None);
    ::kill(static_cast<pid_t>(helper), SIGKILL);
    QVERIFY(hasEndedWithin(helper, 700));
    const tests::RunResult reset =
        tests::run(QStringLiteral(HELPER_PROGRAM), {u"--reset"_s}, patienceMs, m_bus->helperEnvironment());
    QVERIFY2(reset.exitCode == 0, qPrintable(reset.output));
    QVERIFY(isNear(kernelPpm(), m_basePpm));
    QCOMPARE(
        tests::run(QStringLiteral(HELPER_PROGRAM), {u"--anything"_s}, patienceMs, m_bus->helperEnvironment()).exitCode,
        2);
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

void TestHelper::stepsBeyondTheLimitsAreRefused_66()
{
    auto daemon = steering();
    QVERIFY(daemon);
    QCOMPARE(daemon->fault(u"status 1"_s), clock::Fault::None); // the clock was right once
    QCOMPARE(daemon->fault(u"step 1000000000001"_s), clock::Fault::StepRefused);
    QCOMPARE(daemon->fault(u"step -1000000000001"_s), clock::Fault::StepRefused);
    QVERIFY(m_bus->stepsDone().isEmpty());
    daemon.reset();
    QVERIFY(QTest::qWaitFor([&] { return helperPid() == 0; }, patienceMs));

    // A new daemon and a new helper know of it.
    daemon = steering();
    QVERIFY(daemon);
    QCOMPARE(daemon->fault(u"step 1000000000001"_s), clock::Fault::StepRefused);
    QVERIFY(m_bus->stepsDone().isEmpty());
}

void TestHelper::sumOfStepsOutlivesHelperAndDaemon_67()
{
    auto daemon = steering();
    QVERIFY(daemon);
    const QString first = daemon->ask(u"step 86400000000000"_s);
    QCOMPARE(Client::word(first, Client::Fault), 0.0);
    QCOMPARE(Client::word(first, Client::Stepped), 86'400e9);
    QCOMPARE(daemon->fault(u"step 600000000000"_s), clock::Fault::None);
    QCOMPARE(m_bus->stepsDone(), QByteArray("86400 0\n600 0\n"));
    ::kill(static_cast<pid_t>(helperPid()), SIGKILL);
    QVERIFY(daemon->isLeftAlone());

    daemon = steering();
    QVERIFY(daemon);
    QCOMPARE(daemon->fault(u"step -450000000000"_s), clock::Fault::StepRefused);
    QCOMPARE(daemon->fault(u"step -390000000000"_s), clock::Fault::None);
    QCOMPARE(m_bus->stepsDone(), QByteArray("86400 0\n600 0\n-390 0\n"));
    QCOMPARE(daemon->fault(u"step 20000000000"_s), clock::Fault::StepRefused);
}

void TestHelper::corruptLimitsLeaveNoStep_67()
{
    useUpFirstStep();
    QVERIFY(clock::replaceFile(m_bus->stepsFile().toStdString(), "not what we wrote"));
    const auto daemon = steering();
    QVERIFY(daemon);
    QCOMPARE(daemon->fault(u"step 1000000"_s), clock::Fault::StepRefused);
    QVERIFY(m_bus->stepsDone().isEmpty());
}

void TestHelper::personAllowsOneStep()
{
    useUpFirstStep();
    const auto daemon = steering();
    QVERIFY(daemon);
    Client person(m_bus->bus(), personId);
    const QString name = person.ask(u"name"_s).section(u' ', 1);
    const QString permit = u"permit %1 7200000000000"_s.arg(name);
    // Nobody is there to type a password.
    QCOMPARE(daemon->fault(permit), clock::Fault::StepRefused);
    QCOMPARE(daemon->fault(u"permit :1.99999 7200000000000"_s), clock::Fault::StepRefused);
    QCOMPARE(daemon->fault(u"step 3600000000000"_s), clock::Fault::StepRefused);

    // An administrator's rule stands in for the password.
    const QString rule = u"polkit.addRule(function(action, subject) { if (subject.user == 'person' && action.id == "
                         "'org.foliot.clock.step-beyond-limits') return polkit.Result.YES; });"_s;
    QVERIFY(m_bus->bus().setPolkitRules({rule}));
    QVERIFY(QTest::qWaitFor([&] { return daemon->fault(permit) == clock::Fault::None; }, patienceMs));
    QCOMPARE(daemon->fault(u"step 7200000000001"_s), clock::Fault::StepRefused);
    QCOMPARE(daemon->fault(u"step 3600000000000"_s), clock::Fault::None);
    QCOMPARE(daemon->fault(u"step 3600000000000"_s), clock::Fault::StepRefused);
    QCOMPARE(m_bus->stepsDone(), QByteArray("3600 0\n"));
}

void TestHelper::rootsWordIsNoPersons()
{
    // polkit allows root everything, so a daemon gone bad would name any of root's programs.
    useUpFirstStep();
    const auto daemon = steering();
    QVERIFY(daemon);
    Client root(m_bus->bus(), 0);
    const QString name = root.ask(u"name"_s).section(u' ', 1);
    QCOMPARE(daemon->fault(u"permit %1 7200000000000"_s.arg(name)), clock::Fault::StepRefused);
    QCOMPARE(daemon->fault(u"step 3600000000000"_s), clock::Fault::StepRefused);
}

QTEST_GUILESS_MAIN(TestHelper)
#include "test_helper.moc"
