// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/notice_text.h"

#include <array>
#include <cmath>

namespace foliot::daemon {

NoticeText noticeText(const sync::Announce& announce, const QString& source)
{
    const QString value = loggedDuration(announce.value);
    const QString reason = QString::fromUtf8(sync::reasonWord(announce.reason));
    switch (announce.notice) {
    case sync::Notice::Synchronized:
        return {NoticeLevel::Info, QStringLiteral("synchronized: within %1 of UTC").arg(value)};
    case sync::Notice::LostSynchronization:
        return {NoticeLevel::Warning, QStringLiteral("no longer synchronized: the clock runs on by what was learnt")};
    case sync::Notice::NoMajority:
        return {NoticeLevel::Warning, QStringLiteral("the sources disagree: none is believed until most agree")};
    case sync::Notice::TooFewSources:
        return {NoticeLevel::Warning, QStringLiteral("too few sources agree to be believed (%1)").arg(reason)};
    case sync::Notice::SourceVerdictChanged:
        return {NoticeLevel::Info, QStringLiteral("%1: %2").arg(source, reason)};
    case sync::Notice::SourceReachable:
        return {NoticeLevel::Info, QStringLiteral("%1: answers").arg(source)};
    case sync::Notice::SourceUnreachable:
        return {NoticeLevel::Warning, QStringLiteral("%1: does not answer (%2), asking on").arg(source, reason)};
    case sync::Notice::SourceStopped:
        return {
            NoticeLevel::Warning, QStringLiteral("%1: refuses to serve us (%2), asking no more").arg(source, reason)};
    case sync::Notice::SourceSlowedDown:
        return {NoticeLevel::Warning, QStringLiteral("%1: kiss RATE, asking every %2 from now").arg(source, value)};
    case sync::Notice::ClockStepped:
        return {NoticeLevel::Warning, QStringLiteral("clock stepped by %1").arg(value)};
    case sync::Notice::StepRefused:
        return {NoticeLevel::Warning,
            QStringLiteral("clock wrong by %1, more than may be corrected unasked: not steering until told to step")
                .arg(value)};
    case sync::Notice::ClockSetByOthers:
        return {NoticeLevel::Warning, QStringLiteral("somebody else set the clock by %1: measuring anew").arg(value)};
    case sync::Notice::Resumed:
        return {NoticeLevel::Info, QStringLiteral("resumed after %1 of sleep: measuring anew").arg(value)};
    case sync::Notice::ClockUnavailable:
        return {NoticeLevel::Warning, QStringLiteral("the clock cannot be changed: measuring only, trying again")};
    case sync::Notice::ClockContested:
        return {NoticeLevel::Warning,
            QStringLiteral(
                "another program keeps setting the clock: not steering until it has left it alone for an hour")};
    case sync::Notice::LeapSecondDue:
        return {NoticeLevel::Info, announce.value < Seconds{}
                                       ? QStringLiteral("a leap second is due: today (UTC) ends with 23:59:60")
                                       : QStringLiteral("a leap second is due: today (UTC) ends at 23:59:58")};
    }
    return {};
}

QString loggedDuration(Seconds duration)
{
    struct Unit {
        double size;
        const char* name;
    };
    constexpr std::array units{Unit{1.0, "s"}, Unit{1e-3, "ms"}, Unit{1e-6, "us"}, Unit{1e-9, "ns"}};
    constexpr double roundedUp = 0.9995; // of a unit: with three digits that is one of it
    const double magnitude = std::abs(duration.count());
    for (const Unit& unit : units) {
        if (magnitude >= unit.size * roundedUp)
            return QStringLiteral("%1 %2").arg(
                QString::number(duration.count() / unit.size, 'g', magnitude >= 999.5 ? 12 : 3),
                QLatin1StringView(unit.name));
    }
    return QStringLiteral("0 s");
}

} // namespace foliot::daemon
