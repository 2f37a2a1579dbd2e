// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The helper as it is installed, started by a real bus, allowed or not by the real polkit with the shipped policy, rule
// and action, and changing this machine's clock: by less than 1 ppm, for less than a second, and back. Steps are written
// down by a preloaded library and not done. Numbers in the names are rows of the fault list.

#include "clock/bounds.h"
#include "clock/file.h"
#include "clock/keeper.h"
#include "support/private_bus.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDir>
#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <csignal>

#include <sys/timex.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace foliot;
using foliot::tests::PrivateBus;

namespace {

constexpr uint daemonId = 64'330;   // user foliot
constexpr uint strangerId = 64'331; // anybody
constexpr uint personId = 64'332;   // sits before the window
constexpr int patienceMs = 15'000;
constexpr double extraPpm = 0.5;
constexpr double readBackPpm = 2.0 / 65'536; // the kernel rounds twice

const QString shippedPolicy = QStringLiteral(STAGE "/etc/dbus-1/system.d/org.foliot.clock.conf");
const QString shippedRule = QStringLiteral(STAGE "/usr/share/polkit-1/rules.d/org.foliot.clock.rules");
const QString shippedActions = QStringLiteral(STAGE "/usr/share/polkit-1/actions/org.foliot.clock.policy");
const QString shippedService = QStringLiteral(STAGE "/usr/share/dbus-1/system-services/org.foliot.clock.service");
const QString kauthPolicy = u"/usr/share/dbus-1/system.d/org.kde.kf6auth.conf"_s;

// Until the kernel says otherwise: what runs the clock now.
double kernelPpm()
{
    timex state{};
    ::adjtimex(&state);
    return clock::ppmOf({.frequency = state.freq, .tick = state.tick});
}

// What KAuth's replies say of their origin.
enum ReplyType { KAuthError, HelperError };
QString refused(ReplyType type, int code)
{
    return u"performed %1 %2"_s.arg(type).arg(code);
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
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
    bool isLeftAlone()
    {
        for (QString event = next(); !event.isEmpty(); event = next()) {
            if (event == "gone"_L1)
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
    void cleanupTestCase();

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
    // One that serves, as the daemon's user unless said otherwise.
    std::unique_ptr<Client> steering(uint user = daemonId);
    qint64 helperPid() const;
    static bool isAlive(qint64 pid)
    {
        const QByteArray stat = contentOf(u"/proc/%1/stat"_s.arg(pid));
        return !stat.isEmpty() && !stat.contains(") Z "); // not one that its parent has yet to bury
    }
    static bool hasEndedWithin(qint64 pid, int ms)
    {
        return QTest::qWaitFor([pid] { return !isAlive(pid); }, ms);
    }
    static bool isNear(double a, double b) { return std::abs(a - b) <= readBackPpm; }
    QByteArray stepsDone() const { return contentOf(m_directory.filePath("steps-done")); }
    QString ledger() const { return m_directory.filePath("state/steps"); }

    PrivateBus::Options busOptions() const;

    QTemporaryDir m_directory;
    std::unique_ptr<PrivateBus> m_bus;
    std::unique_ptr<QDBusConnection> m_connection;
    timex m_before{};
    double m_basePpm = 0.0;
};

PrivateBus::Options TestHelper::busOptions() const
{
    return {.kind = PrivateBus::Kind::System,
        .policyFiles = {kauthPolicy, shippedPolicy},
        .serviceDirs = {m_directory.filePath("services")},
        .withPolkit = true,
        .polkitActions = {shippedActions},
        .polkitRules = {QString::fromUtf8(contentOf(shippedRule))},
        .users = {{u"foliot"_s, daemonId}, {u"stranger"_s, strangerId}, {u"person"_s, personId}}};
}

void TestHelper::initTestCase()
{
    if (const auto reason = PrivateBus::whyImpossible(busOptions()))
        QSKIP(qPrintable(*reason));
    QVERIFY(!contentOf(shippedRule).isEmpty());
    ::adjtimex(&m_before);
    timex same{};
    same.modes = ADJ_FREQUENCY;
    same.freq = m_before.freq;
    if (::adjtimex(&same) < 0)
        QSKIP("Steering this machine's clock is not allowed here.");
    m_basePpm = kernelPpm();

    // The shipped service file, started from where the program was staged.
    QVERIFY(QDir(m_directory.path()).mkpath("services"));
    QFile service(m_directory.filePath("services/org.foliot.clock.service"));
    QVERIFY(service.open(QIODevice::WriteOnly));
    service.write(contentOf(shippedService).replace("Exec=", "Exec=" STAGE));
    service.close();
    // What the bus starts inherits its environment.
    qputenv("RUNTIME_DIRECTORY", m_directory.filePath("run").toUtf8());
    qputenv("STATE_DIRECTORY", m_directory.filePath("state").toUtf8());
    qputenv("FOLIOT_TEST_STEPS", m_directory.filePath("steps-done").toUtf8());
}

void TestHelper::init()
{
    for (const char* name : {"run", "state"}) {
        QDir(m_directory.filePath(name)).removeRecursively();
        QVERIFY(QDir(m_directory.path()).mkpath(name));
    }
    QFile::remove(m_directory.filePath("steps-done"));
    m_bus = std::make_unique<PrivateBus>(busOptions());
    qputenv("LD_PRELOAD", NO_STEP);
    const bool started = m_bus->start();
    qunsetenv("LD_PRELOAD");
    QVERIFY2(started, qPrintable(m_bus->problem()));
    m_connection = std::make_unique<QDBusConnection>(QDBusConnection::connectToBus(m_bus->address(), u"test"_s));
    QVERIFY(m_connection->isConnected());
}

void TestHelper::cleanup()
{
    const qint64 helper = m_connection ? helperPid() : 0;
    m_connection.reset();
    QDBusConnection::disconnectFromBus(u"test"_s);
    if (helper > 0) {
        ::kill(static_cast<pid_t>(helper), SIGTERM);
        QVERIFY(hasEndedWithin(helper, 5000));
    }
    m_bus.reset();
    timex restore{};
    restore.modes = ADJ_FREQUENCY | ADJ_TICK;
    restore.freq = m_before.freq;
    restore.tick = m_before.tick;
    if (m_before.tick != 0)
        ::adjtimex(&restore);
}

void TestHelper::cleanupTestCase()
{
    if (m_before.tick == 0)
        return;
    timex restore{};
    restore.modes = ADJ_STATUS | ADJ_MAXERROR | ADJ_ESTERROR;
    restore.status = m_before.status;
    restore.maxerror = m_before.maxerror;
    restore.esterror = m_before.esterror;
    ::adjtimex(&restore);
    QCOMPARE(kernelPpm(), m_basePpm);
}

std::unique_ptr<Client> TestHelper::steering(uint user)
{
    auto client = std::make_unique<Client>(*m_bus, user);
    const QString answer = client->ask(u"call"_s);
    return answer.startsWith("ready "_L1) ? std::move(client) : nullptr;
}

qint64 TestHelper::helperPid() const
{
    const QDBusReply<uint> pid = m_connection->interface()->servicePid(u"org.foliot.clock"_s);
    return pid.isValid() ? pid.value() : 0;
}

void TestHelper::daemonsUserSteers()
{
    Client daemon(*m_bus, daemonId);
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
    Client stranger(*m_bus, strangerId);
    QCOMPARE(
        stranger.ask(u"perform org.foliot.clock.steer good"_s), u"error org.freedesktop.DBus.Error.AccessDenied"_s);
    QVERIFY(stranger.ask(u"call"_s).startsWith("ended "_L1));
    QCOMPARE(kernelPpm(), m_basePpm);
}

void TestHelper::anotherUserIsKeptOffByPolkit_76()
{
    // With the policy of our own gone, as if an administrator had opened the bus.
    QFile open(m_directory.filePath("open.conf"));
    QVERIFY(open.open(QIODevice::WriteOnly));
    open.write("<busconfig><policy user=\"root\"><allow own=\"org.foliot.clock\"/></policy></busconfig>\n");
    open.close();
    m_connection.reset();
    QDBusConnection::disconnectFromBus(u"test"_s);
    auto options = busOptions();
    options.policyFiles = {kauthPolicy, open.fileName()};
    m_bus = std::make_unique<PrivateBus>(options);
    QVERIFY2(m_bus->start(), qPrintable(m_bus->problem()));
    m_connection = std::make_unique<QDBusConnection>(QDBusConnection::connectToBus(m_bus->address(), u"test"_s));

    Client stranger(*m_bus, strangerId);
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
    Client daemon(*m_bus, daemonId);
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
    QVERIFY(stepsDone().isEmpty());
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
    QVERIFY(steering());
    QVERIFY(isNear(kernelPpm(), m_basePpm));
}

void TestHelper::serviceManagersResetEndsTheExtraRate_70()
{
    const auto daemon = steering();
    QVERIFY(daemon);
    const qint64 helper = helperPid();
    QCOMPARE(daemon->fault(u"steer %1 %2 900000000"_s.arg(m_basePpm, 0, 'f', 9).arg(extraPpm)), clock::Fault::None);
    ::kill(static_cast<pid_t>(helper), SIGKILL);
    QVERIFY(hasEndedWithin(helper, 700));
    const tests::RunResult reset = tests::run(QStringLiteral(HELPER_PROGRAM), {u"--reset"_s});
    QVERIFY2(reset.exitCode == 0, qPrintable(reset.output));
    QVERIFY(isNear(kernelPpm(), m_basePpm));
    QCOMPARE(tests::run(QStringLiteral(HELPER_PROGRAM), {u"--anything"_s}).exitCode, 2);
}

void TestHelper::strangersFloodDoesNotKeepTheDaemonOut_77()
{
    Client stranger(*m_bus, strangerId);
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
    Client stranger(*m_bus, strangerId);
    Client root(*m_bus, 0);
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
    Client daemon(*m_bus, daemonId);
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
    m_bus->stopPolkit();
    Client daemon(*m_bus, daemonId);
    QVERIFY(daemon.ask(u"call"_s, 30'000).startsWith("ended "_L1));
    QVERIFY2(m_bus->startPolkit(), qPrintable(m_bus->problem()));
    QVERIFY(QTest::qWaitFor([&] { return steering() != nullptr; }, patienceMs));
}

void TestHelper::stepsBeyondTheLimitsAreRefused_66()
{
    auto daemon = steering();
    QVERIFY(daemon);
    QCOMPARE(daemon->fault(u"status 1"_s), clock::Fault::None); // the clock was right once
    QCOMPARE(daemon->fault(u"step 1000000000001"_s), clock::Fault::StepRefused);
    QCOMPARE(daemon->fault(u"step -1000000000001"_s), clock::Fault::StepRefused);
    QVERIFY(stepsDone().isEmpty());
    daemon.reset();
    QVERIFY(QTest::qWaitFor([&] { return helperPid() == 0; }, patienceMs));

    // A new daemon and a new helper know of it.
    daemon = steering();
    QVERIFY(daemon);
    QCOMPARE(daemon->fault(u"step 1000000000001"_s), clock::Fault::StepRefused);
    QVERIFY(stepsDone().isEmpty());
}

void TestHelper::sumOfStepsOutlivesHelperAndDaemon_67()
{
    auto daemon = steering();
    QVERIFY(daemon);
    const QString first = daemon->ask(u"step 86400000000000"_s);
    QCOMPARE(Client::word(first, Client::Fault), 0.0);
    QCOMPARE(Client::word(first, Client::Stepped), 86'400e9);
    QCOMPARE(daemon->fault(u"step 600000000000"_s), clock::Fault::None);
    QCOMPARE(stepsDone(), QByteArray("86400 0\n600 0\n"));
    ::kill(static_cast<pid_t>(helperPid()), SIGKILL);
    QVERIFY(daemon->isLeftAlone());

    daemon = steering();
    QVERIFY(daemon);
    QCOMPARE(daemon->fault(u"step -450000000000"_s), clock::Fault::StepRefused);
    QCOMPARE(daemon->fault(u"step -390000000000"_s), clock::Fault::None);
    QCOMPARE(stepsDone(), QByteArray("86400 0\n600 0\n-390 0\n"));
    QCOMPARE(daemon->fault(u"step 20000000000"_s), clock::Fault::StepRefused);
}

void TestHelper::corruptLimitsLeaveNoStep_67()
{
    QVERIFY(clock::replaceFile(m_directory.filePath("run/first-step").toStdString(), ""));
    QVERIFY(clock::replaceFile(ledger().toStdString(), "not what we wrote"));
    const auto daemon = steering();
    QVERIFY(daemon);
    QCOMPARE(daemon->fault(u"step 1000000"_s), clock::Fault::StepRefused);
    QVERIFY(stepsDone().isEmpty());
}

void TestHelper::personAllowsOneStep()
{
    QVERIFY(clock::replaceFile(m_directory.filePath("run/first-step").toStdString(), ""));
    const auto daemon = steering();
    QVERIFY(daemon);
    Client person(*m_bus, personId);
    const QString name = person.ask(u"name"_s).section(u' ', 1);
    const QString permit = u"permit %1 7200000000000"_s.arg(name);
    // Nobody is there to type a password.
    QCOMPARE(daemon->fault(permit), clock::Fault::StepRefused);
    QCOMPARE(daemon->fault(u"permit :1.99999 7200000000000"_s), clock::Fault::StepRefused);
    QCOMPARE(daemon->fault(u"step 3600000000000"_s), clock::Fault::StepRefused);

    // An administrator's rule stands in for the password.
    const QString rule = u"polkit.addRule(function(action, subject) { if (subject.user == 'person' && action.id == "
                         "'org.foliot.clock.step-beyond-limits') return polkit.Result.YES; });"_s;
    QVERIFY(m_bus->setPolkitRules({rule}));
    QVERIFY(QTest::qWaitFor([&] { return daemon->fault(permit) == clock::Fault::None; }, patienceMs));
    QCOMPARE(daemon->fault(u"step 7200000000001"_s), clock::Fault::StepRefused);
    QCOMPARE(daemon->fault(u"step 3600000000000"_s), clock::Fault::None);
    QCOMPARE(daemon->fault(u"step 3600000000000"_s), clock::Fault::StepRefused);
    QCOMPARE(stepsDone(), QByteArray("3600 0\n"));
}

void TestHelper::rootsWordIsNoPersons()
{
    // polkit allows root everything, so a daemon gone bad would name any of root's programs.
    QVERIFY(clock::replaceFile(m_directory.filePath("run/first-step").toStdString(), ""));
    const auto daemon = steering();
    QVERIFY(daemon);
    Client root(*m_bus, 0);
    const QString name = root.ask(u"name"_s).section(u' ', 1);
    QCOMPARE(daemon->fault(u"permit %1 7200000000000"_s.arg(name)), clock::Fault::StepRefused);
    QCOMPARE(daemon->fault(u"step 3600000000000"_s), clock::Fault::StepRefused);
}

QTEST_GUILESS_MAIN(TestHelper)
#include "test_helper.moc"
