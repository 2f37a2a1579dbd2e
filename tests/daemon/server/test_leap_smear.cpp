// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A leap second as our clients see it: the served time against its closed form, second by second over a day and a half, by a
// clock that leaps as kernels do and a claim that is renewed only now and then.

#include "daemon/server/responder.h"
#include "ntp/packet.h"
#include "ntp/smear.h"

#include <QTest>

#include <cmath>

using namespace foliot;
using namespace foliot::daemon;
using namespace std::chrono_literals;

namespace {

constexpr RealTime midnight{std::chrono::sys_days{std::chrono::year{2026} / 7 / 1}.time_since_epoch()};
constexpr RawTime rawAtNoon{1'000'000s};
constexpr auto request = [] {
    return ntp::serializeHeader({.mode = ntp::Mode::Client, .transmit = ntp::Timestamp{7}});
};

// True seconds since the noon before, as everything here.
double leapAt(int inserted)
{
    return inserted > 0 ? 43'200.0 : 43'199.0;
}

Nanoseconds nanoseconds(double seconds)
{
    return Nanoseconds(std::llround(seconds * 1e9));
}

// The machine's clocks, of which the kernel has the real one leap.
Now at(double since, int inserted)
{
    const auto leapt = std::chrono::seconds(since >= leapAt(inserted) ? inserted : 0);
    return {.raw = rawAtNoon + nanoseconds(since),
        .boot = BootTime(5'000s + nanoseconds(since)),
        .real = midnight - 12h + nanoseconds(since) - leapt};
}

sync::State state(double since, int inserted)
{
    sync::State state;
    state.estimate.at = at(since, inserted).raw;
    state.estimate.stratum = 2;
    state.estimate.bound = 1ms;
    state.estimate.referenceId = 0xC0000201;
    state.estimate.referenceTime = at(since, inserted).real;
    const bool isPast = since > leapAt(inserted) + 0.05; // as late as the timekeeping sees to it
    const auto leap = inserted > 0 ? ntp::LeapIndicator::InsertSecond : ntp::LeapIndicator::DeleteSecond;
    state.estimate.leap = isPast ? ntp::LeapIndicator::None : leap;
    state.leap = sync::LeapMoment{
        .leap = leap, .midnight = midnight, .at = rawAtNoon + nanoseconds(leapAt(inserted)), .isPast = isPast};
    return state;
}

// What clients should be served, as seconds since the noon before.
double expected(config::Smear shape, double since, int inserted)
{
    const double utc = since - (since >= leapAt(inserted) ? inserted : 0.0);
    if (shape == config::Smear::Linear)
        return since <= 0.0 ? since : since >= 86'400.0 + inserted ? utc : since * 86'400.0 / (86'400.0 + inserted);
    const double after = since - leapAt(inserted);
    if (shape == config::Smear::None || after < 0.0)
        return utc;
    // The rate grows to 32 ppm in 31 250 s and falls as long: a second in all.
    const double done = after < 31'250.0   ? 0.5 * 1.024e-9 * after * after
                        : after < 62'500.0 ? 1.0 - 0.5 * 1.024e-9 * (62'500.0 - after) * (62'500.0 - after)
                                           : 1.0;
    return utc + inserted * (1.0 - done);
}

struct Rig {
    Rig(config::Smear wanted, int second)
        : shape(wanted)
        , inserted(second)
        , responder(published, {})
    {
        published.access.publish(AccessList({{.length = 0, .isAllowed = true}}));
    }

    void claim(double since)
    {
        published.claim.write(makeSmearedClaim(state(since, inserted), {.smear = shape}, at(since, inserted), 100ns));
    }

    // A request that comes at that time, and its reply 20 us later.
    ntp::Header ask(double since)
    {
        const Now now = at(since, inserted);
        responder.renew(now);
        Reply reply;
        const auto octets = request();
        const Arrival arrival{.octets = octets, .from = {.address = {.high = 1}, .port = 50'000}, .received = now.real};
        if (!responder.answer(arrival, reply))
            return {};
        responder.finish(reply, ntp::toTimestamp(now.real + 20us));
        return ntp::parseHeader(reply.content()).value();
    }

    config::Smear shape;
    int inserted;
    Published published;
    Responder responder;
};

double sinceNoon(ntp::Timestamp timestamp)
{
    return Seconds(ntp::fromTimestamp(timestamp, midnight) - (midnight - 12h)).count();
}

} // namespace

Q_DECLARE_METATYPE(foliot::config::Smear)

class TestLeapSmear : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void servedTimeIsTheClosedForm_data()
    {
        QTest::addColumn<config::Smear>("shape");
        QTest::addColumn<int>("inserted");
        for (const int inserted : {1, -1}) {
            const char* const what = inserted > 0 ? "inserted" : "left out";
            QTest::addRow("linear, %s", what) << config::Smear::Linear << inserted;
            QTest::addRow("quadratic, %s", what) << config::Smear::Quadratic << inserted;
            QTest::addRow("none, %s", what) << config::Smear::None << inserted;
        }
    }
    void servedTimeIsTheClosedForm()
    {
        QFETCH(const config::Smear, shape);
        QFETCH(const int, inserted);
        Rig rig(shape, inserted);
        double renewed = -1e9;
        for (double since = -3600.25; since < 110'000.0; since += 10.0) {
            if (since - renewed >= 64.0)
                rig.claim(renewed = since);
            const ntp::Header reply = rig.ask(since);
            QVERIFY(std::abs(sinceNoon(reply.receive) - expected(shape, since, inserted)) < 2e-9);
            QVERIFY(std::abs(sinceNoon(reply.transmit) - sinceNoon(reply.receive) - 20e-6) < 2e-9);
        }
    }

    void servedTimeDoesNotJump_data() { servedTimeIsTheClosedForm_data(); }
    void servedTimeDoesNotJump()
    {
        QFETCH(const config::Smear, shape);
        QFETCH(const int, inserted);
        if (shape == config::Smear::None)
            return;
        Rig rig(shape, inserted);
        const double leap = leapAt(inserted);
        rig.claim(leap - 30.0); // of before the leap; the next one is made after it
        double before = sinceNoon(rig.ask(leap - 1.0).receive);
        for (double since = leap - 0.995; since < leap + 1.0; since += 0.005) {
            if (since > leap + 0.05)
                rig.claim(since);
            const double served = sinceNoon(rig.ask(since).receive);
            QVERIFY(std::abs(served - before - 0.005) < 1e-6);
            before = served;
        }
    }

    void clientsAreToldNoLeapSecondButWhatIsAdded_data()
    {
        QTest::addColumn<config::Smear>("shape");
        QTest::addColumn<double>("since");
        QTest::addColumn<double>("added"); // 0: nothing is said of it
        QTest::newRow("before a linear one") << config::Smear::Linear << -10.0 << 0.0;
        QTest::newRow("half way up") << config::Smear::Linear << 21'600.25 << -21'600.25 / 86'401.0;
        QTest::newRow("just after the leap") << config::Smear::Linear << 43'201.0 << 1.0 - 43'201.0 / 86'401.0;
        QTest::newRow("after a linear one") << config::Smear::Linear << 86'402.0 << 0.0;
        QTest::newRow("before a quadratic one") << config::Smear::Quadratic << 43'190.0 << 0.0;
        QTest::newRow("half of a quadratic one") << config::Smear::Quadratic << 43'200.0 + 31'250.0 << 0.5;
        QTest::newRow("after a quadratic one") << config::Smear::Quadratic << 43'200.0 + 62'501.0 << 0.0;
    }
    void clientsAreToldNoLeapSecondButWhatIsAdded()
    {
        QFETCH(const config::Smear, shape);
        QFETCH(const double, since);
        QFETCH(const double, added);
        Rig rig(shape, 1);
        rig.claim(since);
        const ntp::Header reply = rig.ask(since);
        QCOMPARE(reply.leap, ntp::LeapIndicator::None);
        QCOMPARE(reply.stratum, std::uint8_t{2});
        if (added == 0.0)
            QCOMPARE(reply.referenceId, 0xC0000201U);
        else
            QVERIFY(std::abs(ntp::smearOf(reply.referenceId)->count() - added) < 3e-7);
        const double reference = sinceNoon(reply.reference);
        QVERIFY(std::abs(reference - expected(shape, since, 1)) < 1e-6);
    }

    void withoutSmearingTheLeapSecondIsAnnounced()
    {
        Rig rig(config::Smear::None, 1);
        rig.claim(1000.0);
        QCOMPARE(rig.ask(1000.0).leap, ntp::LeapIndicator::InsertSecond);
    }

    void unsynchronizedClockIsStillSo()
    {
        sync::State unsynchronized = state(1000.0, 1);
        unsynchronized.estimate.stratum = ntp::maxStratum;
        unsynchronized.estimate.leap = ntp::LeapIndicator::Unsynchronized;
        unsynchronized.leap.reset();
        const Now now = at(1000.0, 1);
        const auto said = stateAt(makeSmearedClaim(unsynchronized, {.smear = config::Smear::Linear}, now, 100ns), now);
        QCOMPARE(said.leap, ntp::LeapIndicator::Unsynchronized);
        QCOMPARE(said.referenceId, 0U);
    }
};

QTEST_GUILESS_MAIN(TestLeapSmear)
#include "test_leap_smear.moc"
