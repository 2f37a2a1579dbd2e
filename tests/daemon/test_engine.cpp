// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The engine with a simulated clock, real packets and our own server: the whole way once, inside one process.

#include "daemon/clocks/simulated_clock.h"
#include "daemon/engine.h"
#include "daemon/known_names.h"
#include "daemon/roster.h"
#include "daemon/server/server.h"
#include "daemon/state/source_registry.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace foliot;
using namespace foliot::daemon;
using namespace foliot::tests;
using namespace std::chrono_literals;

namespace {

constexpr int patienceMs = 20'000;

// A server whose clock is the machine's, at stratum 1.
class TrueServer {
public:
    explicit TrueServer(const std::string& listen = "127.0.0.1")
        : m_clock(config::Simulation{})
        , m_server(
              {.listen = {listen}, .localStratum = 1}, {}, m_clock, [this]() -> const sync::State& { return m_state; })
    {
        m_server.start(0); // any port, unless the address has one
    }
    config::Source source() const
    {
        const Endpoint endpoint = m_server.endpoints().front();
        return {
            .address = endpoint.address.toString().toStdString(), .port = endpoint.port, .minPoll = 0, .maxPoll = 2};
    }
    SimulatedClock& clock() { return m_clock; }
    ServerCounters counters() const { return m_server.counters(); }

private:
    sync::State m_state;
    SimulatedClock m_clock;
    Server m_server;
};

struct Rig {
    explicit Rig(const config::Config& wanted, SourceRegistry* registry = nullptr)
        : config(wanted)
        , clock(wanted.simulation)
        , engine(config, clock, registry ? *registry : ownRegistry, startWith())
    {}

    EngineStart startWith()
    {
        EngineStart start;
        start.watchMachine = false;
        start.queryTimes = {.answer = 500ms, .afterRefusal = 50ms, .linger = 100ms};
        names = new KnownNames;
        start.resolver.reset(names);
        return start;
    }
    const sync::SourceState& sourceState(sync::SourceId id) const
    {
        const auto& all = engine.state().sources;
        return *std::ranges::find(all, id, &sync::SourceState::source);
    }

    config::Config config;
    SourceRegistry ownRegistry{nullptr};
    KnownNames* names = nullptr;
    SimulatedClock clock;
    Engine engine;
};

struct Apart {
    Seconds difference;
    Seconds doubt; // half the time between the two readings of one, when the other was read
};

Apart compare(Clock& a, Clock& b)
{
    const RealTime first = a.now().real;
    const RealTime middle = b.now().real;
    const RealTime last = a.now().real;
    return {.difference = middle - (first + (last - first) / 2), .doubt = (last - first) / 2};
}

// How far apart two clocks are, read within microseconds of each other.
Seconds difference(Clock& a, Clock& b)
{
    return compare(a, b).difference;
}

config::Config wrongClock(const config::Source& source, Seconds offset, double frequencyPpm)
{
    config::Config config;
    config.sources = {source};
    config.clock.type = config::ClockType::Simulated;
    config.simulation = {.offset = offset, .frequencyPpm = frequencyPpm};
    return config;
}

} // namespace

class TestEngine : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void wrongClockIsMadeRight_data()
    {
        QTest::addColumn<double>("offset");
        QTest::newRow("slewed") << -0.08;
        QTest::newRow("stepped") << 5.0;
    }
    void wrongClockIsMadeRight()
    {
        QFETCH(const double, offset);
        TrueServer server;
        Rig rig(wrongClock(server.source(), Seconds(offset), 30.0));
        QVERIFY(std::abs(difference(server.clock(), rig.clock).count()) > 0.07);
        rig.engine.start();
        QTRY_COMPARE_WITH_TIMEOUT(rig.engine.state().condition, sync::Condition::Synchronized, patienceMs);
        // Seen once: the clocks are read one after the other, and a busy machine may do something else between.
        bool wasRight = false;
        QTRY_VERIFY_WITH_TIMEOUT(
            wasRight = wasRight || std::abs(difference(server.clock(), rig.clock).count()) < 0.001, patienceMs);
        QVERIFY(rig.engine.state().estimate.stratum == 2);
        QCOMPARE(rig.engine.state().steps, std::abs(offset) > 0.125 ? 1U : 0U);
        // The claim holds: the truth is inside the bound.
        const Seconds bound = sync::boundAt(rig.engine.state().estimate, rig.clock.now().raw);
        const Apart apart = compare(server.clock(), rig.clock);
        QVERIFY(std::abs(apart.difference.count()) <= (bound + apart.doubt).count());
        const ntp::Measurement last = *rig.engine.state().sources.front().last;
        QCOMPARE(last.localTransmit.origin, StampOrigin::Kernel);
        QCOMPARE(last.localReceive.origin, StampOrigin::Kernel);
    }

    void unresolvableNameIsSaid()
    {
        config::Source nowhere{.address = "nowhere.example"};
        Rig rig(wrongClock(nowhere, {}, 0.0));
        rig.engine.start();
        const sync::SourceId id = rig.engine.sources().begin()->first;
        QTRY_COMPARE(rig.sourceState(id).reason, sync::Reason::NameUnresolved);
        QVERIFY(rig.engine.sources().at(id).lastError.contains(QStringLiteral("nowhere.example")));
    }

    void nameIsAskedAtItsAddress()
    {
        TrueServer server;
        config::Source named = server.source();
        named.address = "ntp.example";
        Rig rig(wrongClock(named, {}, 0.0));
        rig.names->set(QStringLiteral("ntp.example"), {QStringLiteral("127.0.0.1")});
        rig.engine.start();
        QTRY_VERIFY_WITH_TIMEOUT(rig.engine.state().sources.front().accepted > 0, patienceMs);
        QCOMPARE(rig.engine.sources().begin()->second.name, QStringLiteral("ntp.example"));
        QCOMPARE(rig.engine.sources().begin()->second.address, QHostAddress(QHostAddress::LocalHost));
    }

    void deadPortIsSaidAndForgottenWhenItAnswers()
    {
        auto server = std::make_unique<TrueServer>();
        const config::Source source = server->source();
        server.reset();
        Rig rig(wrongClock(source, {}, 0.0));
        rig.engine.start();
        const sync::SourceId id = rig.engine.sources().begin()->first;
        QTRY_VERIFY(rig.engine.sources().at(id).lastError.contains(QStringLiteral("Connection refused")));
        QTRY_COMPARE(rig.sourceState(id).reason, sync::Reason::ConnectionRefused);
        server = std::make_unique<TrueServer>("127.0.0.1:" + std::to_string(source.port));
        QTRY_VERIFY_WITH_TIMEOUT(rig.sourceState(id).accepted > 0, patienceMs);
        QVERIFY(rig.engine.sources().at(id).lastError.isEmpty());
    }

    // A script that adds, asks and removes in a loop.
    void sourceThatComesAndGoesDoesNotFloodItsServer()
    {
        TrueServer server;
        config::Config config;
        config.clock.type = config::ClockType::Simulated;
        Rig rig(config);
        rig.engine.start();
        config::Source source = server.source();
        source.minPoll = 6;
        source.maxPoll = 10;
        std::uint64_t queries = 0;
        for (int i = 0; i < 20; ++i) {
            const auto id = rig.engine.addSource(source, false);
            QVERIFY(id);
            rig.engine.refresh();
            queries += rig.sourceState(*id).queries;
            QVERIFY(rig.engine.removeSource(*id));
        }
        QCOMPARE(queries, std::uint64_t(5)); // and not 20; the rest would wait for 64 s each
    }

    void sourcesComeAndGo()
    {
        TrueServer server;
        config::Config config;
        config.clock.type = config::ClockType::Simulated;
        Rig rig(config);
        QSignalSpy added(&rig.engine, &Engine::sourceAdded);
        QSignalSpy removed(&rig.engine, &Engine::sourceRemoved);
        rig.engine.start();
        QCOMPARE(rig.engine.state().condition, sync::Condition::NoSources);
        const auto id = rig.engine.addSource(server.source(), false);
        QVERIFY(id);
        QCOMPARE(rig.engine.addSource(server.source(), false).error(), SourceError::Duplicate);
        QCOMPARE(rig.engine.sources().at(*id).origin, SourceOrigin::Added);
        QTRY_VERIFY_WITH_TIMEOUT(rig.sourceState(*id).accepted > 0, patienceMs);
        QVERIFY(rig.engine.removeSource(*id));
        QVERIFY(rig.engine.state().sources.empty());
        QCOMPARE(rig.engine.removeSource(*id).error(), SourceError::Unknown);
        QCOMPARE(added.size(), 1);
        QCOMPARE(removed.size(), 1);
    }

    void sourceThatCannotBeKeptIsNotAdded()
    {
        config::Config config;
        config.clock.type = config::ClockType::Simulated;
        Rig rig(config); // its registry has no folder
        rig.engine.start();
        QCOMPARE(rig.engine.addSource({.address = "192.0.2.1"}, true).error(), SourceError::NotKept);
        QVERIFY(rig.engine.sources().empty());
    }

    // A pool is one entry of what is kept, however many of its servers are asked.
    void keptPoolIsForgottenWithItsLastMember()
    {
        const QTemporaryDir folder;
        auto state = StateDirectory::open(folder.filePath(QStringLiteral("state")).toStdString());
        QVERIFY(state);
        SourceRegistry registry(&*state);
        const auto kept = registry.keep({.address = "ntp.example", .pool = true, .maxSources = 2});
        QVERIFY(kept);
        config::Config config;
        config.clock.type = config::ClockType::Simulated;
        Rig rig(config, &registry);
        rig.names->set(QStringLiteral("ntp.example"), {QStringLiteral("127.0.0.8"), QStringLiteral("127.0.0.9")});
        rig.engine.start();
        QTRY_COMPARE(rig.engine.sources().size(), 2U);
        QVERIFY(rig.engine.removeSource(*kept));
        QCOMPARE(rig.engine.sources().size(), 1U);
        QCOMPARE(registry.kept().size(), 1U);
        QVERIFY(rig.engine.removeSource(rig.engine.sources().begin()->first));
        QVERIFY(rig.engine.sources().empty());
        QVERIFY(registry.kept().empty());
    }

    void sourceThatCannotBeForgottenStays()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("state"));
        auto state = StateDirectory::open(path.toStdString());
        QVERIFY(state);
        SourceRegistry registry(&*state);
        const auto kept = registry.keep({.address = "192.0.2.1"});
        QVERIFY(kept);
        config::Config config;
        config.clock.type = config::ClockType::Simulated;
        Rig rig(config, &registry);
        rig.engine.start();
        QVERIFY(QDir(path).removeRecursively()); // nothing can be written there any more
        QCOMPARE(rig.engine.removeSource(*kept).error(), SourceError::NotKept);
        QVERIFY(rig.engine.sources().contains(*kept));
        QCOMPARE(registry.kept().size(), 1U);
    }

    void sourcesWithoutRoomAreNamed()
    {
        config::Config config;
        config.clock.type = config::ClockType::Simulated;
        Rig rig(config);
        rig.engine.start();
        for (std::size_t i = 0; i < Roster::mostSources - 1; ++i)
            QVERIFY(rig.engine.addSource({.address = "127.0.1." + std::to_string(i + 1)}, false));
        QVERIFY(rig.engine.leftOut().isEmpty());
        config.sources = {{.address = "127.0.2.1"}, {.address = "127.0.2.2", .port = 1123}};
        rig.engine.reconfigure(config);
        QCOMPARE(rig.engine.leftOut(),
            QStringList{QStringLiteral("127.0.2.2:1123 is not asked: there are 64 sources already.")});
        config.sources = {{.address = "127.0.1.1", .maxPoll = 7}};
        rig.engine.reconfigure(config);
        QCOMPARE(rig.engine.leftOut(), QStringList{QStringLiteral("127.0.1.1:123 is not asked as configured: it is a "
                                                                  "source already, with other settings.")});
        config.sources = {};
        rig.engine.reconfigure(config);
        QVERIFY(rig.engine.leftOut().isEmpty());
    }

    void declinedStepIsToldApart()
    {
        TrueServer server;
        Rig rig(wrongClock(server.source(), Seconds(0.01), 0.0));
        rig.engine.start();
        QVERIFY(!rig.engine.step({})); // nobody knows the time yet
        QTRY_COMPARE_WITH_TIMEOUT(rig.engine.state().condition, sync::Condition::Synchronized, patienceMs);
        QVERIFY(!rig.engine.step(1ns));
        QCOMPARE(rig.engine.state().steps, 0U);
        QVERIFY(rig.engine.step({}));
        QTRY_COMPARE(rig.engine.state().steps, 1U);
    }

    void reconfiguringKeepsWhatWasLearnt()
    {
        TrueServer server;
        TrueServer other("127.0.0.2");
        Rig rig(wrongClock(server.source(), Seconds(0.01), 0.0));
        rig.engine.start();
        const sync::SourceId id = rig.engine.sources().begin()->first;
        QTRY_VERIFY_WITH_TIMEOUT(rig.sourceState(id).accepted >= 2, patienceMs);
        config::Config changed = rig.config;
        changed.sources.push_back(other.source());
        rig.engine.reconfigure(changed);
        QVERIFY(rig.sourceState(id).accepted >= 2);
        QCOMPARE(rig.engine.sources().size(), 2U);
    }

    void settingsOfTheTimekeepingAreTakenAtOnce()
    {
        TrueServer server;
        Rig rig(wrongClock(server.source(), Seconds(0.01), 0.0));
        rig.engine.start();
        QTRY_COMPARE_WITH_TIMEOUT(rig.engine.state().condition, sync::Condition::Synchronized, patienceMs);
        const sync::SourceId id = rig.engine.sources().begin()->first;
        config::Config changed = rig.config;
        changed.selection.minSources = 2;
        rig.engine.reconfigure(changed);
        QCOMPARE(rig.sourceState(id).reason, sync::Reason::TooFewSources);
        QCOMPARE(rig.engine.state().condition, sync::Condition::TooFewSources);
        rig.engine.reconfigure(rig.config);
        QCOMPARE(rig.engine.state().condition, sync::Condition::Synchronized);
        changed = rig.config;
        changed.selection.maxDistance = Seconds(1e-9);
        rig.engine.reconfigure(changed);
        QCOMPARE(rig.sourceState(id).reason, sync::Reason::DistanceTooLarge);
        rig.engine.reconfigure(rig.config);
        QCOMPARE(rig.engine.state().condition, sync::Condition::Synchronized);
    }

    void raisedPanicLimitLetsARefusedErrorBeCorrected()
    {
        TrueServer server;
        config::Config config = wrongClock(server.source(), Seconds(-5.0), 0.0);
        config.clock.stepAtStart = false;
        config.clock.panicOver = Seconds(1.0);
        Rig rig(config);
        rig.engine.start();
        QTRY_COMPARE_WITH_TIMEOUT(rig.engine.state().condition, sync::Condition::StepRefused, patienceMs);
        config.clock.panicOver = Seconds(10.0);
        config.clock.stepAtStart = true; // it has not started yet, as far as the clock goes
        rig.engine.reconfigure(config);
        QTRY_COMPARE_WITH_TIMEOUT(rig.engine.state().condition, sync::Condition::Synchronized, patienceMs);
        QCOMPARE(rig.engine.state().steps, 1U);
    }

    void stoppedEngineLeavesNoExtraRate()
    {
        TrueServer server;
        Rig rig(wrongClock(server.source(), Seconds(-0.1), 0.0));
        QSignalSpy reports(&rig.clock, &Clock::reported);
        rig.engine.start();
        QTRY_VERIFY_WITH_TIMEOUT(rig.engine.state().extraRatePpm != 0.0, patienceMs);
        reports.clear();
        rig.engine.stop();
        QTRY_COMPARE(reports.size(), 1);
        QCOMPARE(reports.front().front().value<sync::ClockReport>().extraRatePpm, 0.0);
    }
};

QTEST_GUILESS_MAIN(TestEngine)
#include "test_engine.moc"
