// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/clock_sentence.h"

#include "bus/client/boottime.h"
#include "gui/clock_facts.h"
#include "gui/format.h"
#include "gui/plain_text.h"
#include "gui/silence_text.h"

#include <cmath>

namespace foliot::gui {

using bus::Claim;

namespace {

constexpr double secondsPerDay = 86'400.0;

} // namespace

// The sentences one by one; each fills in the status of its claim.
class SentenceWriter {
    Q_DECLARE_TR_FUNCTIONS(foliot::gui::ClockSentence)

public:
    SentenceWriter(const ClockSituation& situation, quint64 nowUSec)
        : m_situation(situation)
        , m_clock(situation.clock)
        , m_now(nowUSec)
        , m_summary(bus::summarize(situation.availability, situation.clock, situation.silence, nowUSec))
    {}

    ClockStatus write()
    {
        m_status.health = m_summary.health;
        m_status.tone = toneOf(m_summary.health);
        m_status.glyph = m_summary.health == bus::Health::Good ? Glyph::CheckFilled : Glyph::Warning;
        if (m_situation.availability == bus::Availability::Present) {
            m_status.hasService = true;
            m_status.facts = ClockFacts::of(m_clock, m_situation.selectedName);
            m_status.age = ClockFacts::age(m_summary.updateAgeSeconds);
        }
        claim();
        if (const QString leap = leapSecond(); !leap.isEmpty())
            m_status.advice += (m_status.advice.isEmpty() ? QString() : QStringLiteral(" ")) + leap;
        if (m_situation.isSilent && m_status.hasService)
            silent();
        return m_status;
    }

private:
    static Tone toneOf(bus::Health health)
    {
        switch (health) {
        case bus::Health::Good:
            return Tone::Good;
        case bus::Health::Attention:
            return Tone::Attention;
        case bus::Health::Bad:
            return Tone::Bad;
        }
        return Tone::Neutral;
    }

    void claim()
    {
        switch (m_summary.claim) {
        case Claim::Asking:
            return asking();
        case Claim::NoBus:
            return noBus();
        case Claim::DaemonAbsent:
            return absent();
        case Claim::NotAnswering:
            return notAnswering();
        case Claim::Starting:
            return starting();
        case Claim::Slewing:
            return slewing();
        case Claim::Synchronized:
            return synchronized();
        case Claim::Holdover:
            return holdover();
        case Claim::NoMajority:
            return noMajority();
        case Claim::TooFewSources:
            return tooFewSources();
        case Claim::Unreachable:
            return unreachable();
        case Claim::NoSources:
            return noSources();
        case Claim::StepRefused:
            return stepRefused();
        case Claim::ClockFailed:
            return clockFailed();
        case Claim::Unknown:
            return unknown();
        }
    }

    void asking()
    {
        m_status.glyph = Glyph::Waiting;
        m_status.tone = Tone::Neutral;
        m_status.headline = tr("Looking for the Foliot service…");
    }

    void noBus()
    {
        m_status.glyph = Glyph::Unplugged;
        m_status.tone = Tone::Neutral;
        m_status.headline = tr("The message bus cannot be reached");
        m_status.advice = m_situation.busKind == bus::BusKind::System
                              ? tr("Without the system bus nothing is known about the clock. Foliot keeps trying.")
                              : tr("Without the session bus nothing is known about the clock. Foliot keeps trying.");
        appendProblem();
    }

    void absent()
    {
        m_status.glyph = Glyph::Unplugged;
        m_status.tone = Tone::Neutral;
        m_status.headline = tr("The Foliot service is not running");
        m_status.advice =
            tr("So nothing is known about the clock. Start the service, and this window shows it at once:");
        m_status.command = m_situation.busKind == bus::BusKind::System ? QStringLiteral("systemctl start foliotd")
                                                                       : QStringLiteral("foliotd");
    }

    void notAnswering()
    {
        m_status.glyph = Glyph::Unplugged;
        m_status.tone = Tone::Neutral;
        m_status.headline = tr("The Foliot service does not answer");
        m_status.advice = tr("It is there but has not said anything yet. Foliot keeps asking.");
        appendProblem();
    }

    void appendProblem()
    {
        if (!m_situation.problem.isEmpty())
            m_status.advice += QLatin1Char('\n') + plainText(m_situation.problem);
    }

    void starting()
    {
        m_status.glyph = Glyph::Waiting;
        m_status.headline = tr("Starting: asking the sources for the time");
        if (m_situation.answering == 0)
            m_status.advice = tr("No source has answered yet.");
        else
            //: %n is the number of sources that have answered
            m_status.advice = tr("%n source(s) answered so far.", nullptr, m_situation.answering);
    }

    void slewing()
    {
        m_status.glyph = Glyph::Waiting;
        const QString rest = Format::age(m_summary.slewSeconds);
        if (m_summary.slewOffsetSeconds >= 0.0)
            //: %1 is a length of time such as 1.2 s, %2 one such as 40 s
            m_status.headline = tr("Correcting the clock: %1 behind, right in about %2")
                                    .arg(Format::seconds(m_summary.slewOffsetSeconds), rest);
        else
            //: %1 is a length of time such as 1.2 s, %2 one such as 40 s
            m_status.headline = tr("Correcting the clock: %1 ahead, right in about %2")
                                    .arg(Format::seconds(-m_summary.slewOffsetSeconds), rest);
        m_status.advice =
            tr("It runs fast or slow until then, without a step. Step the clock to have it right at once.");
        m_status.remedy = ClockStatus::Remedy::StepClock;
    }

    void synchronized()
    {
        if (!std::isfinite(m_summary.boundSeconds))
            m_status.headline = tr("Synchronized");
        else if (!m_summary.isSteering)
            //: %1 is a length of time such as 0.83 ms; the clock is measured, never corrected
            m_status.headline = tr("Within %1 of UTC, only watched").arg(Format::limit(m_summary.boundSeconds));
        else
            //: %1 is a length of time such as 0.83 ms
            m_status.headline = tr("Synchronized: within %1 of UTC").arg(Format::limit(m_summary.boundSeconds));
        if (m_situation.falsetickers > 0) {
            //: %n is the number of sources
            m_status.advice =
                tr("%n source(s) tell the wrong time and are not used.", nullptr, m_situation.falsetickers);
        }
    }

    QString leapSecond() const
    {
        switch (m_clock.leap) {
        case bus::Leap::Insert:
            return tr("Today (UTC) ends with a leap second: its last minute has 61 seconds.");
        case bus::Leap::Delete:
            return tr("Today (UTC) ends with a leap second: its last minute has 59 seconds.");
        case bus::Leap::None:
        case bus::Leap::Unsynchronized:
        case bus::Leap::Unknown:
            break;
        }
        return {};
    }

    void holdover()
    {
        m_status.headline = std::isfinite(m_summary.boundSeconds)
                                //: %1 is a length of time such as 0.83 ms
                                ? tr("On its own: still within %1 of UTC").arg(Format::limit(m_summary.boundSeconds))
                                : tr("On its own: no source can be used");
        //: %1 is a length of time such as 1.3 s
        m_status.advice = tr("No source can be used at the moment. The clock runs on with its last known correction; "
                             "its error may grow by "
                             "%1 a day.")
                              .arg(Format::limit(m_clock.boundGrowthPpm * 1e-6 * secondsPerDay));
    }

    void noMajority()
    {
        m_status.headline = tr("The sources disagree about the time");
        m_status.advice = tr("No majority of them agrees, so the clock is left as it is. Remove the wrong ones, or add "
                             "one that you trust.");
        m_status.remedy = ClockStatus::Remedy::AddSource;
    }

    void tooFewSources()
    {
        m_status.headline = tr("Too few sources agree about the time");
        m_status.advice =
            tr("The configuration asks for more, or for one that is not among them, so the clock is left as "
               "it is. Add a source, or ask for less.");
        m_status.remedy = ClockStatus::Remedy::AddSource;
    }

    void unreachable()
    {
        const SilenceText silence = silenceText(m_summary.silence);
        m_status.headline = silence.headline;
        m_status.advice = silence.advice;
        m_status.remedy = silence.remedy;
        if (std::isfinite(m_summary.boundSeconds)) {
            //: %1 is a length of time such as 0.83 ms
            m_status.advice +=
                QLatin1Char(' ') +
                tr("The clock should still be within %1 of UTC.").arg(Format::limit(m_summary.boundSeconds));
        }
        const bool hasError = m_summary.silence == bus::Silence::NoKeys || m_summary.silence == bus::Silence::NoNames;
        if (hasError && !m_summary.silenceError.isEmpty())
            m_status.advice += QLatin1Char('\n') + plainText(m_summary.silenceError);
    }

    void noSources()
    {
        m_status.headline = tr("There is no source to take the time from");
        m_status.advice = tr("Add a time server or a pool of servers.");
        m_status.remedy = ClockStatus::Remedy::AddSource;
        m_status.isEmpty = m_situation.sources == 0;
    }

    void stepRefused()
    {
        const double step = m_summary.refusedStepSeconds;
        if (!std::isfinite(step) || step == 0.0)
            m_status.headline = tr("The clock is too far off to be corrected unasked");
        else if (step > 0.0)
            //: %1 is a length of time such as 3.2 h
            m_status.headline = tr("The clock is %1 behind").arg(Format::seconds(step));
        else
            //: %1 is a length of time such as 3.2 h
            m_status.headline = tr("The clock is %1 ahead").arg(Format::seconds(-step));
        m_status.advice =
            tr("That is more than is corrected without asking, and nothing is corrected until you decide. "
               "If the sources are right, step the clock.");
        m_status.remedy = ClockStatus::Remedy::StepClock;
    }

    void clockFailed()
    {
        m_status.headline = tr("The clock cannot be corrected");
        m_status.advice = faultText();
    }

    QString faultText() const
    {
        switch (m_summary.fault) {
        case bus::ClockFault::NotPermitted:
            return tr(
                "The service is not allowed to set the clock. Check how it was installed and started; its log says "
                "more.");
        case bus::ClockFault::OutOfBounds:
            return tr("The correction that would be needed is beyond what is allowed.");
        case bus::ClockFault::StepRefused:
            return tr("A step of the clock was refused.");
        case bus::ClockFault::Contested:
            return tr("Another program keeps setting it, and two would never agree. Stop that program; an hour later, "
                      "or when "
                      "you step the clock, it is corrected again.");
        case bus::ClockFault::Failed:
        case bus::ClockFault::None:
        case bus::ClockFault::Unknown:
            break;
        }
        return tr("The system refused the correction. The log of the service says more.");
    }

    void unknown()
    {
        m_status.glyph = Glyph::Question;
        m_status.headline = tr("The service is in a state that this window does not know");
        m_status.advice = tr("The service is probably newer than this window: update both.");
    }

    void silent()
    {
        m_status.health = bus::Health::Bad;
        m_status.glyph = Glyph::Unplugged;
        m_status.tone = Tone::Neutral;
        m_status.isStale = true;
        m_status.isEmpty = false;
        m_status.remedy = ClockStatus::Remedy::None;
        m_status.headline = tr("The Foliot service has stopped answering");
        //: %1 is a length of time such as 2 min
        m_status.advice = tr("Its last report is %1 old; the numbers below are from then.")
                              .arg(Format::age(bus::ageSeconds(m_clock.asOfBoottimeUSec, m_now)));
    }

    const ClockSituation& m_situation;
    const bus::ClockData& m_clock;
    quint64 m_now;
    bus::Summary m_summary;
    ClockStatus m_status;
};

ClockStatus ClockSentence::describe(const ClockSituation& situation, quint64 nowUSec)
{
    return SentenceWriter(situation, nowUSec).write();
}

QString ClockSentence::factsWithAge(const ClockStatus& status)
{
    return ClockFacts::inOneLine({status.age, status.facts});
}

} // namespace foliot::gui
