// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/scenes.h"

#include <cmath>
#include <ctime>

namespace foliot::tests {

using daemon::SourceOrigin;
using sync::Reason;
using sync::Verdict;

namespace {

std::chrono::nanoseconds readClock(clockid_t id)
{
    timespec time{};
    clock_gettime(id, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

Now now()
{
    return {.raw = RawTime(readClock(CLOCK_MONOTONIC_RAW)),
        .boot = BootTime(readClock(CLOCK_BOOTTIME)),
        .real = RealTime(readClock(CLOCK_REALTIME))};
}

std::chrono::nanoseconds secondsAs(double seconds)
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(Seconds(seconds));
}

ntp::Measurement measurement(const Now& at, int stratum, double delay)
{
    const LocalStamp transmit{
        .raw = at.raw - secondsAs(delay), .real = at.real - secondsAs(delay), .origin = StampOrigin::Kernel};
    const LocalStamp receive{.raw = at.raw, .real = at.real, .origin = StampOrigin::Kernel};
    return {.localTransmit = transmit,
        .serverReceive = at.real - secondsAs(delay / 2.0),
        .serverTransmit = at.real - secondsAs(delay / 2.0),
        .localReceive = receive,
        .leap = ntp::LeapIndicator::None,
        .version = 4,
        .stratum = static_cast<std::uint8_t>(stratum),
        .referenceId = 0x47505300, // "GPS"
        .rootDelay = Seconds(0.0004),
        .rootDispersion = Seconds(0.0002)};
}

// What differs from one source to the next.
struct Look {
    QString name;
    QString address;
    Verdict verdict = Verdict::Combined;
    Reason reason = Reason::Agrees;
    double offset = 0.0;
    double distance = 0.0; // half of the correctness interval
    double delay = 0.0;
    double jitter = 0.0;
    int stratum = 1;
    std::uint8_t reach = 0xff;
    double answeredAgo = 5.0; // negative: never
    SourceOrigin origin = SourceOrigin::Configured;
};

class SceneMaker {
public:
    SceneMaker()
        : m_now(now())
    {
        m_scene.state.asOf = m_now;
    }

    void add(const Look& look)
    {
        const sync::SourceId id{static_cast<std::uint32_t>(m_scene.sources.size() + 1)};
        sync::SourceState source{.source = id, .verdict = look.verdict, .reason = look.reason};
        source.reach = look.reach;
        source.pollExponent = 6;
        source.queries = 40;
        if (look.answeredAgo >= 0.0) {
            source.accepted = 38;
            source.last = measurement(m_now, look.stratum, look.delay);
            source.lastAnswerAt = m_now.boot - secondsAs(look.answeredAgo);
            source.hasEstimate = true;
            source.estimateAt = m_now.raw;
            source.offset = Seconds(look.offset);
            source.offsetUncertainty = Seconds(look.jitter / 2.0);
            source.delay = Seconds(look.delay);
            source.jitter = Seconds(look.jitter);
            source.rootDistance = Seconds(look.distance);
            const bool takesPart = look.verdict != Verdict::Unreachable && look.verdict != Verdict::Unusable &&
                                   look.verdict != Verdict::Waiting && look.verdict != Verdict::Excluded;
            if (takesPart) {
                source.correctness = sync::Interval{
                    .low = Seconds(look.offset - look.distance), .high = Seconds(look.offset + look.distance)};
            }
        }
        if (look.verdict == Verdict::Selected)
            m_scene.state.selected = id;
        m_scene.state.sources.push_back(source);

        daemon::SourceInfo info;
        info.id = id;
        info.settings.address = look.name.toStdString();
        info.origin = look.origin;
        info.name = look.name;
        info.address = QHostAddress(look.address);
        m_scene.sources.emplace(id, info);
    }

    void synchronize(double offset, double uncertainty, double bound, double agedSeconds = 2.0)
    {
        m_scene.state.condition = sync::Condition::Synchronized;
        m_scene.state.steering = true;
        m_scene.state.estimate = {.at = m_now.raw - secondsAs(agedSeconds),
            .offset = Seconds(offset),
            .uncertainty = Seconds(uncertainty),
            .bound = Seconds(bound),
            .frequencyPpm = -30.127,
            .frequencyUncertaintyPpm = 0.02,
            .boundGrowthPpm = 15.2,
            .jitter = Seconds(uncertainty / 4.0),
            .rootDelay = Seconds(bound),
            .rootDispersion = Seconds(bound / 3.0),
            .stratum = 2,
            .referenceId = 0xC0000201, // 192.0.2.1
            .leap = ntp::LeapIndicator::None};
    }

    void agree(double low, double high)
    {
        m_scene.state.agreement = sync::Interval{.low = Seconds(low), .high = Seconds(high)};
    }

    sync::State& state() { return m_scene.state; }
    Scene take() { return std::move(m_scene); }

private:
    Now m_now;
    Scene m_scene;
};

// Five servers: two near ones, one that scatters, one far away, one that lies when `withLiar`.
void addFive(SceneMaker& maker, bool withLiar)
{
    maker.add({.name = QStringLiteral("ntp1.example.org"),
        .address = QStringLiteral("192.0.2.11"),
        .verdict = Verdict::Selected,
        .reason = Reason::BestEstimate,
        .offset = 0.000'041,
        .distance = 0.000'82,
        .delay = 0.001'2,
        .jitter = 0.000'031,
        .answeredAgo = 4.0});
    maker.add({.name = QStringLiteral("ntp2.example.org"),
        .address = QStringLiteral("192.0.2.12"),
        .offset = -0.000'093,
        .distance = 0.001'1,
        .delay = 0.001'6,
        .jitter = 0.000'048,
        .answeredAgo = 31.0});
    maker.add({.name = QStringLiteral("time.example.net"),
        .address = QStringLiteral("198.51.100.7"),
        .verdict = Verdict::Outlier,
        .reason = Reason::MoreJitter,
        .offset = 0.000'34,
        .distance = 0.002'6,
        .delay = 0.004'1,
        .jitter = 0.001'1,
        .stratum = 2,
        .reach = 0b1101'1011,
        .answeredAgo = 12.0});
    maker.add({.name = QStringLiteral("far.example.com"),
        .address = QStringLiteral("2001:db8:47::123"),
        .offset = -0.002'3,
        .distance = 0.024,
        .delay = 0.041,
        .jitter = 0.000'4,
        .stratum = 2,
        .answeredAgo = 58.0});
    if (withLiar) {
        maker.add({.name = QStringLiteral("wrong.example.org"),
            .address = QStringLiteral("203.0.113.5"),
            .verdict = Verdict::Falseticker,
            .reason = Reason::OutsideAgreement,
            .offset = 0.040'1,
            .distance = 0.000'9,
            .delay = 0.001'4,
            .jitter = 0.000'04,
            .answeredAgo = 17.0,
            .origin = SourceOrigin::Added});
    } else {
        maker.add({.name = QStringLiteral("ntp3.example.org"),
            .address = QStringLiteral("192.0.2.13"),
            .offset = 0.000'02,
            .distance = 0.000'95,
            .delay = 0.001'5,
            .jitter = 0.000'06,
            .answeredAgo = 17.0});
    }
}

void addSilent(SceneMaker& maker)
{
    for (const int number : {1, 2, 3}) {
        maker.add({.name = QStringLiteral("ntp%1.example.org").arg(number),
            .address = QStringLiteral("192.0.2.%1").arg(10 + number),
            .verdict = Verdict::Unreachable,
            .reason = number == 3 ? Reason::NameUnresolved : Reason::NoReply,
            .offset = 0.000'05 * number,
            .distance = 0.001,
            .delay = 0.001'2,
            .jitter = 0.000'03,
            .reach = 0,
            .answeredAgo = number == 3 ? -1.0 : 1'900.0 + number});
    }
}

Scene starting()
{
    SceneMaker maker;
    for (const int number : {1, 2, 3, 4}) {
        const bool hasAnswered = number == 1;
        maker.add({.name = QStringLiteral("ntp%1.example.org").arg(number),
            .address = QStringLiteral("192.0.2.%1").arg(10 + number),
            .verdict = Verdict::Waiting,
            .reason = Reason::FirstSamplesPending,
            .delay = 0.001,
            .jitter = 0.000'1,
            .reach = static_cast<std::uint8_t>(hasAnswered ? 0b11 : 0),
            .answeredAgo = hasAnswered ? 1.0 : -1.0});
    }
    return maker.take();
}

Scene synchronizedScene(bool withLiar)
{
    SceneMaker maker;
    addFive(maker, withLiar);
    maker.synchronize(0.000'028, 0.000'19, 0.000'79);
    maker.agree(-0.000'78, 0.000'86);
    return maker.take();
}

Scene holdover()
{
    SceneMaker maker;
    addSilent(maker);
    maker.synchronize(0.000'028, 0.000'61, 0.029, 1'900.0);
    maker.state().condition = sync::Condition::Holdover;
    return maker.take();
}

Scene noMajority()
{
    SceneMaker maker;
    constexpr double offsets[] = {-0.061, 0.000'1, 0.038, 0.9};
    int number = 0;
    for (const double offset : offsets) {
        ++number;
        maker.add({.name = QStringLiteral("ntp%1.example.org").arg(number),
            .address = QStringLiteral("192.0.2.%1").arg(10 + number),
            .verdict = Verdict::Undecided,
            .reason = Reason::NoMajority,
            .offset = offset,
            .distance = 0.004,
            .delay = 0.003,
            .jitter = 0.000'1});
    }
    maker.state().condition = sync::Condition::NoMajority;
    return maker.take();
}

Scene unreachable()
{
    SceneMaker maker;
    addSilent(maker);
    maker.state().condition = sync::Condition::Unreachable;
    return maker.take();
}

Scene noSources()
{
    SceneMaker maker;
    maker.state().condition = sync::Condition::NoSources;
    return maker.take();
}

Scene stepRefused()
{
    SceneMaker maker;
    constexpr double step = 11'520.4;
    for (const int number : {1, 2, 3}) {
        maker.add({.name = QStringLiteral("ntp%1.example.org").arg(number),
            .address = QStringLiteral("192.0.2.%1").arg(10 + number),
            .verdict = number == 1 ? Verdict::Selected : Verdict::Combined,
            .reason = number == 1 ? Reason::BestEstimate : Reason::Agrees,
            .offset = step + 0.000'1 * number,
            .distance = 0.001 * number,
            .delay = 0.002,
            .jitter = 0.000'05});
    }
    maker.synchronize(step, step, step + 0.002);
    maker.agree(step - 0.001, step + 0.001);
    maker.state().condition = sync::Condition::StepRefused;
    maker.state().clockFault = sync::ClockFault::StepRefused;
    maker.state().steering = false;
    maker.state().refusedStep = secondsAs(step);
    return maker.take();
}

Scene clockFailed()
{
    SceneMaker maker;
    addFive(maker, false);
    maker.synchronize(0.012, 0.013, 0.0142);
    maker.agree(0.011, 0.013);
    maker.state().condition = sync::Condition::ClockFailed;
    maker.state().clockFault = sync::ClockFault::NotPermitted;
    maker.state().steering = false;
    return maker.take();
}

Scene pool()
{
    SceneMaker maker;
    for (int number = 1; number <= 14; ++number) {
        const double spread = std::sin(number * 2.4);
        const bool isLiar = number == 5;
        maker.add({.name = QStringLiteral("2.pool.example.org"),
            .address = QStringLiteral("203.0.113.%1").arg(number * 7),
            .verdict = isLiar        ? Verdict::Falseticker
                       : number == 3 ? Verdict::Selected
                                     : Verdict::Combined,
            .reason = isLiar        ? Reason::OutsideAgreement
                      : number == 3 ? Reason::BestEstimate
                                    : Reason::Agrees,
            .offset = isLiar ? -86'400.0 : 0.001 * spread,
            .distance = 0.006 + 0.02 * std::abs(std::cos(number * 1.7)),
            .delay = 0.01 + 0.04 * std::abs(std::cos(number * 1.7)),
            .jitter = 0.000'2 + 0.000'3 * std::abs(spread),
            .stratum = 1 + number % 3,
            .answeredAgo = number * 4.0,
            .origin = SourceOrigin::Pool});
    }
    maker.synchronize(-0.000'12, 0.001'3, 0.006'2);
    maker.agree(-0.005, 0.005'6);
    return maker.take();
}

} // namespace

QStringList sceneNames()
{
    return {QStringLiteral("starting"), QStringLiteral("synchronized"), QStringLiteral("falseticker"),
        QStringLiteral("holdover"), QStringLiteral("no-majority"), QStringLiteral("unreachable"),
        QStringLiteral("no-sources"), QStringLiteral("step-refused"), QStringLiteral("clock-failed"),
        QStringLiteral("pool")};
}

Scene scene(const QString& name)
{
    if (name == QLatin1String("starting"))
        return starting();
    if (name == QLatin1String("synchronized"))
        return synchronizedScene(false);
    if (name == QLatin1String("falseticker"))
        return synchronizedScene(true);
    if (name == QLatin1String("holdover"))
        return holdover();
    if (name == QLatin1String("no-majority"))
        return noMajority();
    if (name == QLatin1String("unreachable"))
        return unreachable();
    if (name == QLatin1String("no-sources"))
        return noSources();
    if (name == QLatin1String("step-refused"))
        return stepRefused();
    if (name == QLatin1String("clock-failed"))
        return clockFailed();
    if (name == QLatin1String("pool"))
        return pool();
    qFatal("no scene %s", qPrintable(name));
}

sync::State earlier(const Scene& scene, double secondsAgo)
{
    sync::State state = scene.state;
    const auto ago = secondsAs(secondsAgo);
    state.asOf.raw -= ago;
    state.asOf.boot -= ago;
    state.asOf.real -= ago;
    sync::SystemEstimate& estimate = state.estimate;
    estimate.at -= ago;
    // A clock that nobody corrects stays where it is.
    if (!state.steering)
        return state;
    // Ten minutes ago the clock was 80 ms behind and came in with a time constant of twelve seconds.
    const double running = 600.0 - secondsAgo;
    const double coming = 0.08 * std::exp(-running / 12.0);
    const double ripple = std::sin(running / 23.0) + 0.6 * std::sin(running / 7.1) + 0.3 * std::sin(running * 1.3);
    const double final = estimate.uncertainty.count();
    estimate.offset = Seconds(coming + 0.18 * final * ripple);
    estimate.uncertainty = Seconds(coming + final * (1.0 + 4.0 * std::exp(-running / 60.0)));
    estimate.bound = Seconds(coming + estimate.bound.count() * (1.0 + 0.06 * std::fmod(running, 64.0) / 64.0));
    estimate.jitter =
        Seconds(0.25 * final * (1.0 + 0.5 * std::sin(running / 41.0)) + 0.003 * std::exp(-running / 20.0));
    return state;
}

} // namespace foliot::tests
