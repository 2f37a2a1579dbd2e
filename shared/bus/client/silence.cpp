// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bus/client/silence.h"

namespace foliot::bus {

namespace {

Silence silenceOf(const SourceData& source)
{
    switch (source.reason) {
    case Reason::NoKeys:
        return Silence::NoKeys;
    case Reason::NameUnresolved:
        return Silence::NoNames;
    case Reason::ConnectionRefused:
        return Silence::NoServer;
    case Reason::KissDeny:
    case Reason::KissRestrict:
        return Silence::Denied;
    case Reason::ServerUnsynchronized:
        return Silence::Unsynchronized;
    case Reason::NoReply:
        return source.authentication == Authentication::Key &&
                       source.rejected.contains(QStringLiteral("unauthenticated"))
                   ? Silence::NotAuthentic
                   : Silence::NoReply;
    case Reason::Unknown:
    case Reason::None:
    case Reason::FirstSamplesPending:
    case Reason::NetworkUnreachable:
    case Reason::AskedAlready:
    case Reason::Orphan:
    case Reason::Smeared:
    case Reason::DistanceTooLarge:
    case Reason::SynchronizedToUs:
    case Reason::FollowsAnother:
    case Reason::SampleTooOld:
    case Reason::OutsideAgreement:
    case Reason::AgainstTrusted:
    case Reason::NoMajority:
    case Reason::TooFewSources:
    case Reason::RequiredMissing:
    case Reason::MoreJitter:
    case Reason::NotPreferred:
    case Reason::ExcludedByUser:
    case Reason::Agrees:
    case Reason::BestEstimate:
        break;
    }
    return Silence::NoReply;
}

} // namespace

void SilenceSurvey::add(const SourceData& source)
{
    if (source.noSelect)
        return;
    const Silence silence = silenceOf(source);
    m_silence = m_silence.value_or(silence) == silence ? silence : Silence::NoReply;
    if (m_error.isEmpty())
        m_error = source.lastError;
}

} // namespace foliot::bus
