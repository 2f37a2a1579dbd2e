// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The real foliotctl against the real publisher on a real bus.

#include "daemon/publisher/polkit_authorizer.h"
#include "daemon/publisher/published_daemon.h"

#include <QDBusConnectionInterface>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <csignal>
#include <ctime>

using namespace Qt::StringLiterals;
using namespace foliot;
using namespace foliot::tests;

namespace {

const QString program = QStringLiteral(FOLIOTCTL);

struct Outcome {
    int exitCode = -1;
    QString output;
    QString errors;
};

// The sample, computed a moment ago by the clock that foliotctl reads too.
sync::State freshState()
{
    sync::State state = sampleState();
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    const BootTime boot(std::chrono::seconds(now.tv_sec) + Nanoseconds(now.tv_nsec));
    for (sync::SourceState& source : state.sources)
        *source.lastAnswerAt += boot - state.asOf.boot;
    state.asOf.boot = boot;
    return state;
}

} // namespace

// foliotctl while it runs.
class Run {
public:
    Run(const QStringList& arguments, const QStringList& environment)
        : Run(environment, program, arguments)
    {}
    // Something that runs it.
    Run(const QStringList& environment, const QString& wrapper, const QStringList& arguments)
    {
        auto variables = QProcessEnvironment::systemEnvironment();
        variables.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
        for (const QString& entry : environment)
            variables.insert(entry.section(u'=', 0, 0), entry.section(u'=', 1));
        m_process.setProcessEnvironment(variables);
        m_process.start(wrapper, arguments, QIODevice::ReadOnly);
    }

    bool isRunning() const { return m_process.state() != QProcess::NotRunning; }
    void signal(int number) { ::kill(static_cast<pid_t>(m_process.processId()), number); }
    QString output()
    {
        m_output += QString::fromUtf8(m_process.readAllStandardOutput());
        return m_output;
    }
    QString errors()
    {
        m_errors += QString::fromUtf8(m_process.readAllStandardError());
        return m_errors;
    }
    Outcome outcome()
    {
        [&] { QTRY_VERIFY_WITH_TIMEOUT(!isRunning(), 20'000); }();
        return {m_process.exitCode(), output(), errors()};
    }

private:
    QProcess m_process;
    QString m_output;
    QString m_errors;
};

class TestFoliotctl : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { bus::registerTypes(); }
    void init()
    {
        m_bus = std::make_unique<PrivateBus>();
        QVERIFY2(m_bus->start(), qPrintable(m_bus->problem()));
        m_choice = {.kind = bus::BusKind::Session, .address = m_bus->address()};
        m_asked = {};
    }
    void cleanup()
    {
        m_publisher.reset();
        m_bus.reset();
    }

    void statusSaysTheSentenceFirst();
    void statusOfAnUnsynchronizedClockIsFalse();
    void jsonIsForPrograms();
    void octetsAreNumbersInJson();
    void sourcesAreListed();
    void noColoursInAPipe();
    void absentDaemonIsSaidPlainly();
    void localeWithoutUtf8GetsAscii();
    void changesReachTheDaemon();
    void failedChangesAreToldByTheirStatus();
    void sourceIsRemovedByNameWhenThatIsClear();
    void waitEndsWhenTheClockIsRight();
    void waitOutlivesAnAbsentDaemon();
    void waitTimesOut();
    void watchFollowsADaemonThatGoesAndComes();
    void watchEndsWhenNobodyReads();
    void watchDrawsOnATerminalAndGivesItBack();
    void refusalIsToldByItsStatus();

private:
    void startDaemon(const sync::State& state = freshState())
    {
        m_publisher = makePublisher(m_choice, m_asked);
        m_publisher->update(state, sampleSources());
        const auto started = m_publisher->start();
        QVERIFY2(started, qPrintable(started.error_or(QString())));
    }
    Outcome foliotctl(const QStringList& arguments) { return Run(arguments, m_bus->environment()).outcome(); }

    std::unique_ptr<PrivateBus> m_bus;
    bus::BusChoice m_choice;
    Asked m_asked;
    std::unique_ptr<daemon::Publisher> m_publisher;
};

void TestFoliotctl::statusSaysTheSentenceFirst()
{
    startDaemon();
    const Outcome status = foliotctl({u"status"_s});
    QCOMPARE(status.errors, QString());
    QCOMPARE(status.exitCode, 0);
    QVERIFY2(status.output.startsWith(u"Synchronized: within 8"_s), qPrintable(status.output)); // 790 us and its age
    QVERIFY2(status.output.contains(u"  Frequency    -12.750 ppm ±0.050 ppm\n"_s), qPrintable(status.output));
}

void TestFoliotctl::statusOfAnUnsynchronizedClockIsFalse()
{
    sync::State state = freshState();
    state.condition = sync::Condition::NoMajority;
    startDaemon(state);
    const Outcome status = foliotctl({u"status"_s});
    QCOMPARE(status.exitCode, 1);
    QVERIFY2(status.output.startsWith("The sources disagree about the time\n"_L1), qPrintable(status.output));
    QCOMPARE(foliotctl({u"status"_s, u"--json"_s}).exitCode, 1);
}

void TestFoliotctl::jsonIsForPrograms()
{
    startDaemon();
    const Outcome status = foliotctl({u"status"_s, u"--json"_s});
    QCOMPARE(status.exitCode, 0);
    const QJsonObject object = QJsonDocument::fromJson(status.output.toUtf8()).object();
    QCOMPARE(object.value("synchronized"_L1), QJsonValue(true));
    QCOMPARE(object.value("clock"_L1).toObject().value("frequencyPpm"_L1), QJsonValue(-12.75));

    const Outcome sources = foliotctl({u"--json"_s, u"sources"_s});
    const QJsonArray list = QJsonDocument::fromJson(sources.output.toUtf8()).object().value("sources"_L1).toArray();
    QCOMPARE(list.size(), 3);
    QCOMPARE(list.at(2).toObject().value("verdict"_L1), QJsonValue(u"falseticker"_s));
}

// Reach is an octet, which Qt would write as a letter.
void TestFoliotctl::octetsAreNumbersInJson()
{
    startDaemon();
    const Outcome sources = foliotctl({u"sources"_s, u"--json"_s});
    const QJsonArray list = QJsonDocument::fromJson(sources.output.toUtf8()).object().value("sources"_L1).toArray();
    QCOMPARE(list.size(), 3);
    for (const QJsonValue& source : list)
        QCOMPARE(source["reach"_L1], QJsonValue(0b1111'0111));
}

void TestFoliotctl::sourcesAreListed()
{
    startDaemon();
    const Outcome sources = foliotctl({u"sources"_s});
    QCOMPARE(sources.exitCode, 0);
    QCOMPARE(sources.output.count(u'\n'), 4);
    QVERIFY2(
        sources.output.contains("x   3  192.0.2.3         192.0.2.3    falseticker"_L1), qPrintable(sources.output));
    const Outcome details = foliotctl({u"sources"_s, u"-v"_s});
    QCOMPARE(details.exitCode, 0);
    QVERIFY2(details.output.contains("  Verdict               falseticker (outside-agreement)\n"_L1),
        qPrintable(details.output));
}

void TestFoliotctl::noColoursInAPipe()
{
    startDaemon();
    QVERIFY(!foliotctl({u"sources"_s}).output.contains(u'\x1b'));
    // On a terminal there are, unless NO_COLOR says no: script(1) makes one.
    const auto onTerminal = [&](const QString& noColour) {
        Run run(m_bus->environment() + QStringList{u"TERM=xterm"_s, u"NO_COLOR="_s + noColour}, u"script"_s,
            {u"-qec"_s, program + u" sources"_s, u"/dev/null"_s});
        return run.outcome().output;
    };
    const QString colourful = onTerminal({});
    QVERIFY2(colourful.contains(u"\x1b[31mfalseticker"_s), qPrintable(colourful));
    QVERIFY(onTerminal(u"1"_s).contains("falseticker"_L1));
    QVERIFY(!onTerminal(u"1"_s).contains(u'\x1b'));
}

void TestFoliotctl::absentDaemonIsSaidPlainly()
{
    for (const QString& command :
        {u"status"_s, u"sources"_s, u"refresh"_s, u"step"_s, u"add a.example"_s, u"remove 1"_s}) {
        const Outcome outcome = foliotctl(command.split(u' '));
        QCOMPARE(outcome.exitCode, 3);
        QCOMPARE(outcome.output, QString());
        QVERIFY2(
            outcome.errors.startsWith("foliotctl: The Foliot service is not running"_L1), qPrintable(outcome.errors));
        QVERIFY2(outcome.errors.contains("Start it"_L1), qPrintable(outcome.errors));
    }
    const Outcome json = foliotctl({u"status"_s, u"--json"_s});
    QCOMPARE(json.exitCode, 3);
    QCOMPARE(QJsonDocument::fromJson(json.output.toUtf8()).object(), (QJsonObject{{u"available"_s, false}}));
    m_bus->stop();
    const Outcome noBus = foliotctl({u"status"_s});
    QCOMPARE(noBus.exitCode, 3);
    QVERIFY2(noBus.errors.startsWith("foliotctl: The message bus cannot be reached"_L1), qPrintable(noBus.errors));
}

void TestFoliotctl::localeWithoutUtf8GetsAscii()
{
    startDaemon();
    const Outcome status = Run({u"sources"_s}, m_bus->environment() + QStringList{u"LC_ALL=C"_s}).outcome();
    QCOMPARE(status.errors, QString()); // no complaint about the locale
    QVERIFY2(status.output.contains("****.***"_L1), qPrintable(status.output));
    QVERIFY2(status.output.contains("+10.0 us"_L1), qPrintable(status.output));
    for (const QChar character : status.output)
        QVERIFY(character.unicode() < 0x80);
}

void TestFoliotctl::changesReachTheDaemon()
{
    startDaemon();
    const Outcome added =
        foliotctl({u"add"_s, u"time.example.org:1123"_s, u"--prefer"_s, u"--minpoll"_s, u"4"_s, u"--keep"_s});
    QCOMPARE(added.errors, QString());
    QCOMPARE(added.output, u"Added time.example.org:1123 as source 4.\n"_s);
    const config::Source expected{.address = "time.example.org", .port = 1123, .minPoll = 4, .prefer = true};
    QCOMPARE(m_asked.added, QList{expected});
    QCOMPARE(m_asked.kept, QList{true});
    const Outcome json = foliotctl({u"add"_s, u"192.0.2.9"_s, u"--json"_s});
    QCOMPARE(QJsonDocument::fromJson(json.output.toUtf8()).object(),
        (QJsonObject{{u"id"_s, 4}, {u"path"_s, u"/org/foliot/Foliot1/source/4"_s}}));

    QCOMPARE(foliotctl({u"remove"_s, u"3"_s}).output, u"Removed source 3.\n"_s);
    QCOMPARE(m_asked.removed, QList<quint32>{3});
    QCOMPARE(foliotctl({u"refresh"_s}).exitCode, 0);
    QCOMPARE(m_asked.refreshes, 1);

    QCOMPARE(foliotctl({u"serve"_s, u"on"_s, u"--keep"_s}).output, u"Time is served on 192.0.2.1:123.\n"_s);
    QCOMPARE(foliotctl({u"serve"_s, u"off"_s}).output, u"Time is served no longer.\n"_s);
    const Outcome served = foliotctl({u"serve"_s, u"on"_s, u"--json"_s});
    QCOMPARE(QJsonDocument::fromJson(served.output.toUtf8()).object(),
        (QJsonObject{{u"addresses"_s, QJsonArray{u"192.0.2.1:123"_s}}}));
    QCOMPARE(m_asked.served, (QList<std::pair<bool, bool>>{{true, true}, {false, false}, {true, false}}));

    const Outcome clients = foliotctl({u"server"_s, u"--clients"_s});
    QCOMPARE(clients.errors, QString());
    QVERIFY2(clients.output.contains("2001:db8:0:1::/64"_L1), qPrintable(clients.output));
    const auto listed = QJsonDocument::fromJson(foliotctl({u"server"_s, u"--clients"_s, u"--json"_s}).output.toUtf8())
                            .object()
                            .value("clients"_L1)
                            .toArray();
    QCOMPARE(listed.size(), 1);
    QCOMPARE(listed.first().toObject().value("lastSeenUSec"_L1).toInteger(), 1'800'000'064'000'000);

    Run step({u"step"_s, u"--limit"_s, u"0.5"_s}, m_bus->environment());
    QTRY_COMPARE(m_asked.steps, QList{Nanoseconds(500'000'000)});
    QVERIFY(step.isRunning());
    m_asked.stepDone(daemon::StepOutcome::Done);
    const Outcome stepped = step.outcome();
    QCOMPARE(stepped.exitCode, 0);
    QCOMPARE(stepped.output, u"The clock was set.\n"_s);
}

void TestFoliotctl::failedChangesAreToldByTheirStatus()
{
    sync::State state = freshState();
    state.estimate.offset = Seconds(3.0);
    startDaemon(state);
    const Outcome step = foliotctl({u"step"_s, u"--limit"_s, u"0.5"_s});
    QCOMPARE(step.exitCode, 5);
    QVERIFY2(step.errors.contains("3 s would be needed"_L1), qPrintable(step.errors));
    const Outcome add = foliotctl({u"add"_s, u"not/an/address"_s});
    QCOMPARE(add.exitCode, 2);
    QVERIFY2(add.errors.contains("not/an/address"_L1), qPrintable(add.errors));
    QCOMPARE(foliotctl({u"add"_s, u"a.example"_s, u"--minpoll"_s, u"40"_s}).exitCode, 2);
    QCOMPARE(foliotctl({u"remove"_s, u"77"_s}).exitCode, 5);
    QCOMPARE(foliotctl({u"remove"_s, u"nobody.example"_s}).exitCode, 5);
    QCOMPARE(foliotctl({u"frobnicate"_s}).exitCode, 2);
    QVERIFY(m_asked.isNothing());
}

void TestFoliotctl::sourceIsRemovedByNameWhenThatIsClear()
{
    startDaemon();
    QCOMPARE(foliotctl({u"remove"_s, u"NTP2.example.org"_s}).exitCode, 0);
    QCOMPARE(foliotctl({u"remove"_s, u"192.0.2.1"_s}).exitCode, 0); // the address of source 1
    QCOMPARE(m_asked.removed, (QList<quint32>{2, 1}));
    daemon::SourceInfos sources = sampleSources();
    sources.at(otherId).name = u"ntp1.example.org"_s;
    m_publisher.reset();
    m_publisher = makePublisher(m_choice, m_asked);
    m_publisher->update(freshState(), sources);
    QVERIFY(m_publisher->start());
    const Outcome unclear = foliotctl({u"remove"_s, u"ntp1.example.org"_s});
    QCOMPARE(unclear.exitCode, 2);
    QVERIFY2(unclear.errors.contains("1, 2"_L1), qPrintable(unclear.errors));
    QCOMPARE(m_asked.removed.size(), 2);
}

void TestFoliotctl::waitEndsWhenTheClockIsRight()
{
    startDaemon();
    QCOMPARE(foliotctl({u"wait"_s}).exitCode, 0);

    Run wait({u"wait"_s, u"--within"_s, u"0.0001"_s, u"--timeout"_s, u"60"_s}, m_bus->environment());
    // It has looked and found the bound too large when it has read the daemon's objects; then nothing but news moves it.
    QDBusConnection watcher = bus::openConnection(m_choice);
    QTRY_VERIFY(watcher.interface()->registeredServiceNames().value().filter(u":1."_s).size() >= 3);
    sync::State state = freshState();
    state.estimate.bound = Seconds(0.0005);
    m_publisher->update(state, sampleSources());
    state.estimate.bound = Seconds(0.00005);
    m_publisher->update(state, sampleSources());
    const Outcome outcome = wait.outcome();
    QCOMPARE(outcome.exitCode, 0);
    QCOMPARE(outcome.output, QString());
    QDBusConnection::disconnectFromBus(watcher.name());
}

void TestFoliotctl::waitOutlivesAnAbsentDaemon()
{
    Run wait({u"wait"_s, u"--timeout"_s, u"60"_s}, m_bus->environment());
    QTRY_VERIFY(wait.errors().contains("Waiting for it"_L1));
    sync::State starting = freshState();
    starting.condition = sync::Condition::Starting;
    startDaemon(starting);
    QTRY_VERIFY(m_publisher->isOnBus());
    m_publisher.reset(); // and gone again
    startDaemon();
    QCOMPARE(wait.outcome().exitCode, 0);
}

void TestFoliotctl::waitTimesOut()
{
    QCOMPARE(foliotctl({u"wait"_s, u"--timeout"_s, u"0.2"_s}).exitCode, 3);
    sync::State state = freshState();
    state.condition = sync::Condition::Unreachable;
    startDaemon(state);
    const Outcome outcome = foliotctl({u"wait"_s, u"--timeout"_s, u"0.5"_s});
    QCOMPARE(outcome.exitCode, 1);
    QVERIFY2(outcome.errors.contains("No source answers"_L1), qPrintable(outcome.errors));
}

void TestFoliotctl::watchFollowsADaemonThatGoesAndComes()
{
    startDaemon();
    Run watch({u"watch"_s, u"--json"_s}, m_bus->environment());
    const auto last = [&] {
        const QStringList lines = watch.output().split(u'\n', Qt::SkipEmptyParts);
        return lines.isEmpty() ? QJsonObject() : QJsonDocument::fromJson(lines.last().toUtf8()).object();
    };
    QTRY_COMPARE(last().value("available"_L1), QJsonValue(true));
    QCOMPARE(last().value("sources"_L1).toArray().size(), 3);
    sync::State state = freshState();
    state.steps = 8;
    m_publisher->update(state, sampleSources());
    QTRY_COMPARE(last().value("clock"_L1).toObject().value("stepCount"_L1), QJsonValue(8));
    m_publisher.reset();
    QTRY_COMPARE(last(), (QJsonObject{{u"available"_s, false}}));
    startDaemon();
    QTRY_COMPARE(last().value("available"_L1), QJsonValue(true));
    watch.signal(SIGINT);
    QCOMPARE(watch.outcome().exitCode, 0);

    Run text({u"watch"_s}, m_bus->environment());
    QTRY_VERIFY(text.output().contains("Synchronized: within"_L1));
    m_publisher.reset();
    QTRY_VERIFY(text.output().contains("The Foliot service is not running"_L1));
    QVERIFY(text.isRunning());
    text.signal(SIGTERM);
    QCOMPARE(text.outcome().exitCode, 0);
}

void TestFoliotctl::watchEndsWhenNobodyReads()
{
    startDaemon();
    Run watch(m_bus->environment(), u"sh"_s, {u"-c"_s, program + u" watch --json | head -n 1"_s});
    QTRY_VERIFY(watch.output().contains("falseticker"_L1));
    sync::State state = freshState();
    state.steps = 8;
    m_publisher->update(state, sampleSources());
    QVERIFY(watch.outcome().exitCode >= 0); // both ended
}

void TestFoliotctl::watchDrawsOnATerminalAndGivesItBack()
{
    startDaemon();
    Run watch(m_bus->environment() + QStringList{u"TERM=xterm"_s}, u"script"_s,
        {u"-qec"_s, u"stty cols 60 rows 5; exec timeout --foreground -s INT 2 "_s + program + u" watch"_s,
            u"/dev/null"_s});
    const QString output = watch.outcome().output;
    QVERIFY2(output.contains(u"\x1b[?1049h"_s), qPrintable(output));
    QVERIFY2(output.contains("Synchronized: within"_L1), qPrintable(output));
    // Given back at the end, cursor and wrapping included.
    QVERIFY2(output.trimmed().endsWith(u"\x1b[?7h\x1b[?25h\x1b[?1049l"_s), qPrintable(output));
    // Cut to the page: five rows, of which the table's second source is none; sixty columns.
    QVERIFY2(!output.contains("192.0.2.3"_L1), qPrintable(output));
    QVERIFY2(!output.contains("Jitter"_L1), qPrintable(output));
    QVERIFY2(output.contains("q or ctrl-C ends this."_L1), qPrintable(output));
}

void TestFoliotctl::refusalIsToldByItsStatus()
{
    const QString folder = QStringLiteral(FOLIOT_PUBLISHER_DIR);
    PrivateBus system({.kind = PrivateBus::Kind::System,
        .policyFiles = {folder + u"/org.foliot.Foliot1.conf"_s},
        .withPolkit = true,
        .polkitActions = {folder + u"/org.foliot.policy"_s}});
    if (const auto reason = PrivateBus::whyImpossible(system.options()))
        QSKIP(qPrintable(*reason));
    QVERIFY2(system.start(), qPrintable(system.problem()));
    m_publisher = makePublisher({.kind = bus::BusKind::System, .address = system.address()}, m_asked,
        std::make_unique<daemon::PolkitAuthorizer>());
    m_publisher->update(freshState(), sampleSources());
    QVERIFY(m_publisher->start());
    const auto asNobody = [&](const QStringList& arguments) {
        const QStringList command = PrivateBus::asUser(65'534) + QStringList{program} + arguments;
        return Run(system.environment(), command.first(), command.sliced(1)).outcome();
    };
    for (const QStringList& change : {QStringList{u"refresh"_s}, QStringList{u"step"_s},
             QStringList{u"remove"_s, u"1"_s}, QStringList{u"add"_s, u"a.example"_s}, QStringList{u"serve"_s, u"on"_s},
             QStringList{u"server"_s, u"--clients"_s}, QStringList{u"refresh"_s, u"--no-ask-password"_s}}) {
        const Outcome outcome = asNobody(change);
        QCOMPARE(outcome.exitCode, 4);
        QVERIFY2(!outcome.errors.isEmpty(), qPrintable(change.first()));
    }
    QVERIFY(m_asked.isNothing());
    QCOMPARE(asNobody({u"status"_s}).exitCode, 0);
    QCOMPARE(Run({u"refresh"_s}, system.environment()).outcome().exitCode, 0); // root
    QCOMPARE(m_asked.refreshes, 1);
}

QTEST_GUILESS_MAIN(TestFoliotctl)
#include "test_foliotctl.moc"
