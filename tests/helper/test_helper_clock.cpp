// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The daemon's end of the conversation with the helper, whatever the other end does. Here that is the test; the real
// helper is at it in test_helper_service.

#include "clock/contract.h"
#include "daemon/clocks/helper_clock.h"

#include <QSignalSpy>
#include <QTest>

#include <deque>
#include <vector>

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace foliot;
using namespace foliot::daemon;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr HelperTiming quick{
    .callPatience = 100ms, .replyPatience = 100ms, .firstRetry = 20ms, .longestRetry = 80ms, .settled = 60'000ms};

// Calls nobody: the test answers, or not.
class ScriptedCaller : public HelperCaller {
public:
    struct Call {
        int socket = -1;
        Answers answers;
        qint64 atMs = 0;
    };
    ScriptedCaller() { m_elapsed.start(); }
    ~ScriptedCaller() override
    {
        for (const Call& call : calls)
            ::close(call.socket);
    }

    void call(int socket, QObject*, Answers answers) override
    {
        calls.push_back({.socket = ::dup(socket), .answers = std::move(answers), .atMs = m_elapsed.elapsed()});
    }
    void drop() override {}

    std::deque<Call> calls;

private:
    QElapsedTimer m_elapsed;
};

// What the helper reads; kind 0 when nothing comes.
clock::Request receive(int socket)
{
    clock::Request request{.kind = clock::RequestKind{0}};
    pollfd wait{.fd = socket, .events = POLLIN, .revents = 0};
    if (::poll(&wait, 1, 2000) == 1) [[maybe_unused]]
        const auto length = ::recv(socket, &request, sizeof request, MSG_DONTWAIT);
    return request;
}

void send(int socket, const clock::Reply& reply)
{
    QCOMPARE(::send(socket, &reply, sizeof reply, MSG_NOSIGNAL), static_cast<ssize_t>(sizeof reply));
}

clock::Reply replyTo(const clock::Request& request)
{
    return {.number = request.number, .kind = request.kind};
}

} // namespace

Q_DECLARE_METATYPE(foliot::sync::ClockReport)

class TestHelperClock : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void commandsWaitForTheCallUnderWay();
    void repliesBecomeReports();
    void statusIsAnsweredOnlyWhenItFails();
    void unansweredCallIsMadeAgain();
    void refusedCallsGrowRarer();
    void lostHelperFailsWhatWasAskedAndIsCalledAgain();
    void helperThatDoesNotReplyIsGivenUp();
    void foreignMessageEndsTheConversation_data();
    void foreignMessageEndsTheConversation();
    void personMayTakeLongerThanTheHelper();
    void nobodyIsAskedWithoutAHelper();
    void missingPluginFailsEveryCommand();
    void tooManyOpenCommandsAreRefused();
    void baseFrequencyIsWithoutTheExtraRate();

private:
    // A clock that is served.
    void serve();
    int socket() const { return m_caller->calls.back().socket; }
    sync::ClockFault nextFault()
    {
        if (m_reports->isEmpty() && !m_reports->wait(2000))
            return sync::ClockFault{99};
        return m_reports->takeFirst().first().value<sync::ClockReport>().fault;
    }

    std::unique_ptr<ScriptedCaller> m_caller;
    std::unique_ptr<HelperClock> m_clock;
    std::unique_ptr<QSignalSpy> m_reports;
};

void TestHelperClock::init()
{
    m_caller = std::make_unique<ScriptedCaller>();
    m_clock = std::make_unique<HelperClock>(m_caller.get(), QString(), quick);
    m_reports = std::make_unique<QSignalSpy>(m_clock.get(), &Clock::reported);
    QCOMPARE(m_caller->calls.size(), 1U);
}

void TestHelperClock::cleanup()
{
    m_reports.reset();
    m_clock.reset();
    m_caller.reset();
}

void TestHelperClock::serve()
{
    m_caller->calls.back().answers.ready();
    QVERIFY(m_clock->isServed());
}

void TestHelperClock::commandsWaitForTheCallUnderWay()
{
    m_clock->steer({.baseFrequencyPpm = -4.0, .extraRatePpm = 10.0, .extraFor = 2s});
    m_clock->step({.offset = -7ns});
    QVERIFY(m_reports->isEmpty());
    serve();
    const auto steer = receive(socket());
    QCOMPARE(steer.kind, clock::RequestKind::Steer);
    QCOMPARE(steer.baseFrequencyPpm, -4.0);
    QCOMPARE(steer.extraRatePpm, 10.0);
    QCOMPARE(steer.extraForNs, 2'000'000'000);
    const auto step = receive(socket());
    QCOMPARE(step.kind, clock::RequestKind::Step);
    QCOMPARE(step.stepNs, -7);
    QVERIFY(step.number != steer.number);
}

void TestHelperClock::repliesBecomeReports()
{
    serve();
    m_clock->step({.offset = 5ns});
    clock::Reply reply = replyTo(receive(socket()));
    reply.before = {.rawNs = 100, .bootNs = 200, .realNs = 300, .widthNs = 4};
    reply.after = {.rawNs = 110, .bootNs = 210, .realNs = 315, .widthNs = 6};
    reply.baseFrequencyPpm = -2.5;
    reply.steppedNs = 5;
    send(socket(), reply);
    QVERIFY(m_reports->wait());
    const auto report = m_reports->first().first().value<sync::ClockReport>();
    QCOMPARE(report.before.raw.time_since_epoch(), 100ns);
    QCOMPARE(report.after.boot.time_since_epoch(), 210ns);
    QCOMPARE(report.after.real.time_since_epoch(), 315ns);
    QCOMPARE(report.readingWidth, 6ns);
    QCOMPARE(report.baseFrequencyPpm, -2.5);
    QCOMPARE(report.stepped, 5ns);
    QCOMPARE(report.fault, sync::ClockFault::None);
}

void TestHelperClock::statusIsAnsweredOnlyWhenItFails()
{
    serve();
    m_clock->setStatus({.synchronized = true});
    send(socket(), replyTo(receive(socket())));
    m_clock->setStatus({.synchronized = true});
    clock::Reply failed = replyTo(receive(socket()));
    failed.fault = clock::Fault::Failed;
    send(socket(), failed);
    QCOMPARE(nextFault(), sync::ClockFault::Failed);
    QVERIFY(m_reports->isEmpty());
}

void TestHelperClock::unansweredCallIsMadeAgain()
{
    m_clock->steer({});
    QCOMPARE(nextFault(), sync::ClockFault::NotPermitted);
    QTRY_COMPARE(m_caller->calls.size(), 2U);
    serve();
    m_clock->steer({});
    QCOMPARE(receive(socket()).kind, clock::RequestKind::Steer);
}

void TestHelperClock::refusedCallsGrowRarer()
{
    QSignalSpy lost(m_clock.get(), &HelperClock::lost);
    for (std::size_t tries = 1; tries <= 5; ++tries) {
        QTRY_COMPARE(m_caller->calls.size(), tries);
        m_caller->calls.back().answers.ended(u"No."_s);
        m_clock->steer({});
        QCOMPARE(nextFault(), sync::ClockFault::NotPermitted);
    }
    QCOMPARE(lost.size(), 5);
    const auto pause = [this](std::size_t i) { return m_caller->calls[i + 1].atMs - m_caller->calls[i].atMs; };
    QVERIFY(pause(0) >= 19 && pause(1) >= 39 && pause(2) >= 79 && pause(3) >= 79);
}

void TestHelperClock::lostHelperFailsWhatWasAskedAndIsCalledAgain()
{
    serve();
    m_clock->steer({});
    m_clock->setStatus({});
    ::shutdown(socket(), SHUT_RDWR);
    QCOMPARE(nextFault(), sync::ClockFault::Failed);
    QCOMPARE(nextFault(), sync::ClockFault::Failed);
    QVERIFY(!m_clock->isServed());
    QTRY_COMPARE(m_caller->calls.size(), 2U);
    serve();
    m_clock->steer({});
    send(socket(), replyTo(receive(socket())));
    QCOMPARE(nextFault(), sync::ClockFault::None);
}

void TestHelperClock::helperThatDoesNotReplyIsGivenUp()
{
    serve();
    m_clock->steer({});
    QCOMPARE(receive(socket()).kind, clock::RequestKind::Steer);
    QCOMPARE(nextFault(), sync::ClockFault::Failed);
    char octet = 0;
    QCOMPARE(::recv(m_caller->calls.front().socket, &octet, 1, 0), 0); // so that it ends the extra rate
    QTRY_COMPARE(m_caller->calls.size(), 2U);
}

void TestHelperClock::foreignMessageEndsTheConversation_data()
{
    QTest::addColumn<QByteArray>("message");
    const auto octets = [](const clock::Reply& reply) {
        return QByteArray(reinterpret_cast<const char*>(&reply), sizeof reply);
    };
    QTest::newRow("short") << QByteArray("x");
    QTest::newRow("long") << octets({.number = 1}) + '\0';
    QTest::newRow("other version") << octets({.version = clock::contractVersion + 1, .number = 1});
    QTest::newRow("to no request") << octets({.number = 77});
}

void TestHelperClock::foreignMessageEndsTheConversation()
{
    QFETCH(QByteArray, message);
    serve();
    m_clock->steer({});
    QCOMPARE(::send(socket(), message.constData(), static_cast<std::size_t>(message.size()), MSG_NOSIGNAL),
        static_cast<ssize_t>(message.size()));
    QCOMPARE(nextFault(), sync::ClockFault::Failed);
    QVERIFY(!m_clock->isServed());
}

void TestHelperClock::personMayTakeLongerThanTheHelper()
{
    serve();
    std::vector<bool> answers;
    m_clock->askPerson(
        {.program = u":1.23"_s, .mayBeAsked = true}, 2h, [&](bool granted) { answers.push_back(granted); });
    const auto permit = receive(socket());
    QCOMPARE(permit.kind, clock::RequestKind::Permit);
    QCOMPARE(QByteArray(permit.person.data()), QByteArray(":1.23"));
    QCOMPARE(permit.stepNs, Nanoseconds(2h).count());
    QCOMPARE(permit.mayInteract, 1U);
    // Others are answered meanwhile, and our patience with them does not end the question.
    QElapsedTimer elapsed;
    elapsed.start();
    while (elapsed.durationElapsed() < 2 * quick.replyPatience) {
        m_clock->steer({});
        send(socket(), replyTo(receive(socket())));
        QCOMPARE(nextFault(), sync::ClockFault::None);
    }
    QVERIFY(answers.empty() && m_clock->isServed());
    send(socket(), replyTo(permit));
    QTRY_COMPARE(answers, std::vector{true});
    QVERIFY(m_reports->isEmpty());
}

void TestHelperClock::nobodyIsAskedWithoutAHelper()
{
    m_caller->calls.back().answers.ended(u"No."_s);
    std::vector<bool> answers;
    m_clock->askPerson({.program = u":1.23"_s}, 2h, [&](bool granted) { answers.push_back(granted); });
    QCOMPARE(answers, std::vector{false});
}

void TestHelperClock::missingPluginFailsEveryCommand()
{
    HelperClock clock(nullptr, u"There is no plugin."_s, quick);
    QSignalSpy reports(&clock, &Clock::reported);
    clock.steer({});
    clock.step({.offset = 1ns});
    clock.setStatus({});
    QTRY_COMPARE(reports.size(), 3);
    for (const auto& arguments : reports)
        QCOMPARE(arguments.first().value<sync::ClockReport>().fault, sync::ClockFault::NotPermitted);
    QVERIFY(clock.now().real > RealTime{});
}

void TestHelperClock::tooManyOpenCommandsAreRefused()
{
    for (int i = 0; i < 100; ++i)
        m_clock->steer({});
    QTRY_COMPARE(m_reports->size(), 68);
    serve();
    QCOMPARE(receive(socket()).number, 1U);
}

void TestHelperClock::baseFrequencyIsWithoutTheExtraRate()
{
    serve();
    const double before = m_clock->baseFrequencyPpm();
    m_clock->steer({.baseFrequencyPpm = 12.0, .extraRatePpm = 3.0, .extraFor = 50ms});
    clock::Reply reply = replyTo(receive(socket()));
    reply.baseFrequencyPpm = 12.0;
    reply.extraRatePpm = 3.0;
    send(socket(), reply);
    QCOMPARE(nextFault(), sync::ClockFault::None);
    QCOMPARE(m_clock->baseFrequencyPpm(), 12.0);
    QTRY_COMPARE(m_clock->baseFrequencyPpm(), before); // then it is the kernel's, which nobody changed here
}

QTEST_GUILESS_MAIN(TestHelperClock)
#include "test_helper_clock.moc"
