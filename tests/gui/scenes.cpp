// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/scenes.h"

#include "gui/scene_maker.h"

#include <cmath>

namespace foliot::tests {

using daemon::SourceOrigin;
using sync::Reason;
using sync::Verdict;

namespace {

// Five servers: two near ones, one that scatters, one far away, one that lies when `withLiar`.
// `behind`: how far our clock is from all of them.
void addFive(SceneMaker& maker, bool withLiar, double behind = 0.0)
{
    maker.add({.name = QStringLiteral("ntp1.example.org"),
        .address = QStringLiteral("192.0.2.11"),
        .verdict = Verdict::Selected,
        .reason = Reason::BestEstimate,
        .offset = behind + 0.000'041,
        .distance = 0.000'82,
        .delay = 0.001'2,
        .jitter = 0.000'031,
        .answeredAgo = 4.0});
    maker.add({.name = QStringLiteral("ntp2.example.org"),
        .address = QStringLiteral("192.0.2.12"),
        .offset = behind - 0.000'093,
        .distance = 0.001'1,
        .delay = 0.001'6,
        .jitter = 0.000'048,
        .answeredAgo = 31.0});
    maker.add({.name = QStringLiteral("time.example.net"),
        .address = QStringLiteral("198.51.100.7"),
        .verdict = Verdict::Outlier,
        .reason = Reason::MoreJitter,
        .offset = behind + 0.000'34,
        .distance = 0.002'6,
        .delay = 0.004'1,
        .jitter = 0.001'1,
        .stratum = 2,
        .reach = 0b1101'1011,
        .answeredAgo = 12.0});
    maker.add({.name = QStringLiteral("far.example.com"),
        .address = QStringLiteral("2001:db8:47::123"),
        .offset = behind - 0.002'3,
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
            .offset = behind + 0.040'1,
            .distance = 0.000'9,
            .delay = 0.001'4,
            .jitter = 0.000'04,
            .answeredAgo = 17.0,
            .origin = SourceOrigin::Added});
    } else {
        maker.add({.name = QStringLiteral("ntp3.example.org"),
            .address = QStringLiteral("192.0.2.13"),
            .offset = behind + 0.000'02,
            .distance = 0.000'95,
            .delay = 0.001'5,
            .jitter = 0.000'06,
            .answeredAgo = 17.0});
    }
}

// Three servers: two that fell silent so long ago, or never spoke, and one whose name is not known.
void addSilent(SceneMaker& maker, double answeredAgo)
{
    for (const int number : {1, 2, 3}) {
        const bool hasAddress = number != 3;
        maker.add({.name = QStringLiteral("ntp%1.example.org").arg(number),
            .address = hasAddress ? QStringLiteral("192.0.2.%1").arg(10 + number) : QString(),
            .verdict = Verdict::Unreachable,
            .reason = hasAddress ? Reason::NoReply : Reason::NameUnresolved,
            .offset = 0.000'05 * number,
            .distance = 0.001,
            .delay = 0.001'2,
            .jitter = 0.000'03,
            .reach = 0,
            .answeredAgo = hasAddress && answeredAgo >= 0.0 ? answeredAgo + number : -1.0});
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
    addSilent(maker, silentSeconds);
    maker.synchronize(0.000'028, 0.000'61, 0.000'79 + silentSeconds * holdoverGrowthPpm * 1e-6);
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

Scene tooFewSources()
{
    SceneMaker maker;
    for (const int number : {1, 2}) {
        maker.add({.name = QStringLiteral("nts%1.example.org").arg(number),
            .address = QStringLiteral("192.0.2.%1").arg(20 + number),
            .verdict = Verdict::Undecided,
            .reason = Reason::TooFewSources,
            .offset = 0.000'2 * number,
            .distance = 0.004,
            .delay = 0.003,
            .jitter = 0.000'1,
            .isAuthenticated = true});
    }
    maker.state().condition = sync::Condition::TooFewSources;
    return maker.take();
}

Scene unreachable()
{
    SceneMaker maker;
    addSilent(maker, -1.0);
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
    maker.synchronize(step, step + 0.000'4, step + 0.002);
    maker.state().estimate.jitter = Seconds(0.000'05);
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
    constexpr double behind = 0.012;
    addFive(maker, false, behind);
    maker.synchronize(behind, 0.0122, 0.0128);
    maker.state().estimate.jitter = Seconds(0.000'05);
    maker.agree(behind - 0.000'78, behind + 0.000'86);
    maker.state().condition = sync::Condition::ClockFailed;
    maker.state().clockFault = sync::ClockFault::NotPermitted;
    maker.state().steering = false;
    return maker.take();
}

// It is to serve time, and another program does so already.
Scene portTaken()
{
    Scene scene = synchronizedScene(false);
    scene.server = {.wish = daemon::ServingWish::KeptRequest,
        .problems = {
            QStringLiteral("cannot serve on 0.0.0.0:123: Address already in use (another program serves there)")}};
    return scene;
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

// Names as nobody should have them, numbers far apart, counters of all kinds.
Scene strange()
{
    SceneMaker maker;
    const QString names[] = {QStringLiteral("<b>bold</b><img src='file:///etc/passwd'>"),
        QStringLiteral("a-very-long-name-of-a-server.in.a.very.long.sub.domain.of.some.department.example.org"),
        QStringLiteral("right\u202Eto left & <u>under</u>"), QStringLiteral("ntp.ü-ñ-日本.example")};
    int number = 0;
    for (const QString& name : names) {
        ++number;
        maker.add({.name = name,
            .address = number == 2 ? QStringLiteral("2001:db8:1234:5678:9abc:def0:1234:5678")
                                   : QStringLiteral("198.51.100.%1").arg(200 + number),
            .verdict = number == 2 ? Verdict::Selected : Verdict::Combined,
            .reason = number == 2 ? Reason::BestEstimate : Reason::Agrees,
            .offset = 0.000'2 * number,
            .distance = 0.02 * number,
            .delay = 0.03 * number,
            .jitter = 0.000'1 * number});
    }
    maker.synchronize(0.000'3, 0.002, 0.02);
    maker.agree(-0.019, 0.02);
    for (sync::SourceState& source : maker.state().sources) {
        source.rejected[static_cast<std::size_t>(ntp::Rejection::BogusOrigin)] = 123'456;
        source.rejected[static_cast<std::size_t>(ntp::Rejection::Duplicate)] = 2;
    }
    return maker.take();
}

struct Entry {
    const char* name;
    Scene (*make)();
};
constexpr Entry entries[] = {
    {"starting", starting},
    {"synchronized", [] { return synchronizedScene(false); }},
    {"falseticker", [] { return synchronizedScene(true); }},
    {"holdover", holdover},
    {"no-majority", noMajority},
    {"too-few-sources", tooFewSources},
    {"unreachable", unreachable},
    {"no-sources", noSources},
    {"step-refused", stepRefused},
    {"clock-failed", clockFailed},
    {"port-taken", portTaken},
    {"pool", pool},
    {"strange", strange},
};

} // namespace

QStringList sceneNames()
{
    QStringList names;
    for (const Entry& entry : entries)
        names.append(QString::fromLatin1(entry.name));
    return names;
}

Scene scene(const QString& name)
{
    for (const Entry& entry : entries) {
        if (name == QLatin1String(entry.name))
            return entry.make();
    }
    qFatal("no scene %s", qPrintable(name));
}

} // namespace foliot::tests
