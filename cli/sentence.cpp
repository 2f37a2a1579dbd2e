// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/sentence.h"

#include "bus/client/duration.h"
#include "cli/text.h"

#include <cmath>

namespace foliot::cli {

using namespace Qt::StringLiterals;
using bus::Claim;

namespace {

Style styleOf(bus::Health health)
{
    switch (health) {
    case bus::Health::Good:
        return Style::Good;
    case bus::Health::Attention:
        return Style::Attention;
    case bus::Health::Bad:
        return Style::Bad;
    }
    Q_UNREACHABLE_RETURN(Style::Plain);
}

QString faultAdvice(bus::ClockFault fault)
{
    switch (fault) {
    case bus::ClockFault::NotPermitted:
        return u"The service is not allowed to set the clock. Check how it was installed and started: "
               "journalctl -u foliotd"_s;
    case bus::ClockFault::OutOfBounds:
        return u"The correction that would be needed is beyond what is allowed."_s;
    case bus::ClockFault::StepRefused:
        return u"A step of the clock was refused."_s;
    case bus::ClockFault::Contested:
        return u"Another program keeps setting it. Stop that program; the clock is corrected again an hour later, or "
               u"after: "
               "foliotctl step"_s;
    case bus::ClockFault::None:
    case bus::ClockFault::Failed:
    case bus::ClockFault::Unknown:
        return u"The system refused the correction. See: journalctl -u foliotd"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

QString synchronizedHeadline(const bus::Summary& summary)
{
    if (!std::isfinite(summary.boundSeconds))
        return u"Synchronized"_s;
    return (summary.isSteering ? u"Synchronized: within %1 of UTC"_s : u"Within %1 of UTC, only watched"_s)
        .arg(bus::boundText(summary.boundSeconds));
}

QString refusedHeadline(double step)
{
    if (step == 0.0)
        return u"The clock is too far off to be corrected unasked"_s;
    return (step > 0.0 ? u"The clock is %1 behind"_s : u"The clock is %1 ahead"_s)
        .arg(bus::durationText(std::abs(step)));
}

Sentence slewing(const bus::Summary& summary)
{
    return {.headline = (summary.slewOffsetSeconds >= 0.0 ? u"Correcting the clock: %1 behind, right in about %2"_s
                                                          : u"Correcting the clock: %1 ahead, right in about %2"_s)
                .arg(bus::durationText(std::abs(summary.slewOffsetSeconds)), bus::ageText(summary.slewSeconds)),
        .advice = u"It runs fast or slow until then, without a step. To have it right at once: foliotctl step"_s};
}

Sentence unreachable(const bus::Summary& summary)
{
    const auto withError = [&](const QString& advice) {
        return summary.silenceError.isEmpty() ? advice : printable(summary.silenceError) + u' ' + advice;
    };
    switch (summary.silence) {
    case bus::Silence::NoReply:
        return {.headline = u"No source answers"_s, .advice = u"Check the network. See: foliotctl sources"_s};
    case bus::Silence::NoKeys:
        return {.headline = u"No source can be asked: there are no keys for it"_s,
            .advice = withError(u"See: foliotctl sources -v"_s)};
    case bus::Silence::NotAuthentic:
        return {.headline = u"No answer of a source is authentic"_s,
            .advice = u"Their keys are not ours: compare id, type and secret in the key files."_s};
    case bus::Silence::NoNames:
        return {.headline = u"No name of a source can be resolved"_s,
            .advice = withError(u"Check the network and its name servers."_s)};
    case bus::Silence::NoServer:
        return {.headline = u"No source answers: no time server runs there"_s,
            .advice = u"Check addresses and ports. See: foliotctl sources"_s};
    case bus::Silence::Denied:
        return {.headline = u"The sources refuse to serve this computer"_s,
            .advice = u"Use others: foliotctl add ADDRESS"_s};
    case bus::Silence::Unsynchronized:
        return {.headline = u"No source knows the time itself"_s,
            .advice = u"They answer that they are not synchronized. Wait, or use others: foliotctl add ADDRESS"_s};
    }
    Q_UNREACHABLE_RETURN({});
}

QString startAdvice(bus::BusKind bus)
{
    switch (bus) {
    case bus::BusKind::System:
        return u"Start it: systemctl start foliotd"_s;
    case bus::BusKind::Session:
        return u"Looked for on the session bus, because FOLIOT_BUS=session. Start it there: foliotd"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

Sentence words(const bus::Summary& summary, bus::BusKind bus, const QString& problem)
{
    switch (summary.claim) {
    case Claim::Asking:
        return {.headline = u"Looking for the Foliot service"_s};
    case Claim::NoBus:
        return {.headline = u"The message bus cannot be reached"_s, .advice = printable(problem)};
    case Claim::DaemonAbsent:
        return {.headline = u"The Foliot service is not running, so nothing is known about the clock"_s,
            .advice = startAdvice(bus)};
    case Claim::NotAnswering:
        return {.headline = u"The Foliot service does not answer"_s, .advice = printable(problem)};
    case Claim::Starting:
        return {.headline = u"Starting: asking the sources for the time"_s};
    case Claim::Slewing:
        return slewing(summary);
    case Claim::Synchronized:
        return {.headline = synchronizedHeadline(summary)};
    case Claim::Holdover:
        return {.headline = std::isfinite(summary.boundSeconds)
                                ? u"On its own: still within %1 of UTC"_s.arg(bus::boundText(summary.boundSeconds))
                                : u"On its own: no source can be used"_s,
            .advice = u"No source can be used at the moment. See: foliotctl sources"_s};
    case Claim::NoMajority:
        return {.headline = u"The sources disagree about the time"_s,
            .advice = u"No majority of them agrees, so the clock is left as it is. Remove the wrong ones, or add one "
                      "that you trust: foliotctl add ADDRESS"_s};
    case Claim::TooFewSources:
        return {.headline = u"Too few sources agree about the time"_s,
            .advice =
                u"The configuration asks for more (min-sources), or for one that is not among them (require), so the "
                "clock is left as it is. Add one: foliotctl add ADDRESS"_s};
    case Claim::Unreachable:
        return unreachable(summary);
    case Claim::NoSources:
        return {
            .headline = u"There is no source to take the time from"_s, .advice = u"Add one: foliotctl add ADDRESS"_s};
    case Claim::StepRefused:
        return {.headline = refusedHeadline(summary.refusedStepSeconds),
            .advice = u"That is more than is corrected unasked. If the sources are right: foliotctl step"_s};
    case Claim::ClockFailed:
        return {.headline = u"The clock cannot be corrected"_s, .advice = faultAdvice(summary.fault)};
    case Claim::Unknown:
        return {.headline = u"The Foliot service is in a state that this foliotctl does not know"_s,
            .advice = u"The service is newer: update foliotctl."_s};
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace

Sentence sentenceFor(const bus::Summary& summary, bus::BusKind bus, const QString& problem)
{
    Sentence sentence = words(summary, bus, problem);
    sentence.style = styleOf(summary.health);
    return sentence;
}

} // namespace foliot::cli
