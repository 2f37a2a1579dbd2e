// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bus/client/words.h"

#include <algorithm>
#include <array>
#include <span>

namespace foliot::bus {

namespace {

template<typename Enum>
struct Entry {
    QStringView word;
    Enum value;
};

template<typename Enum, std::size_t size>
Enum find(const Entry<Enum> (&table)[size], QStringView word)
{
    const auto* entry = std::ranges::find(table, word, &Entry<Enum>::word);
    return entry == std::end(table) ? Enum::Unknown : entry->value;
}

} // namespace

Condition conditionFromWord(QStringView word)
{
    static constexpr Entry<Condition> table[] = {
        {u"starting", Condition::Starting},
        {u"synchronized", Condition::Synchronized},
        {u"holdover", Condition::Holdover},
        {u"no-majority", Condition::NoMajority},
        {u"too-few-sources", Condition::TooFewSources},
        {u"unreachable", Condition::Unreachable},
        {u"no-sources", Condition::NoSources},
        {u"step-refused", Condition::StepRefused},
        {u"clock-failed", Condition::ClockFailed},
    };
    return find(table, word);
}

ClockType clockTypeFromWord(QStringView word)
{
    static constexpr Entry<ClockType> table[] = {
        {u"helper", ClockType::Helper},
        {u"kernel", ClockType::Kernel},
        {u"simulated", ClockType::Simulated},
        {u"none", ClockType::None},
    };
    return find(table, word);
}

ClockFault clockFaultFromWord(QStringView word)
{
    static constexpr Entry<ClockFault> table[] = {
        {u"none", ClockFault::None},
        {u"not-permitted", ClockFault::NotPermitted},
        {u"out-of-bounds", ClockFault::OutOfBounds},
        {u"step-refused", ClockFault::StepRefused},
        {u"failed", ClockFault::Failed},
        {u"contested", ClockFault::Contested},
    };
    return find(table, word);
}

Leap leapFromWord(QStringView word)
{
    static constexpr Entry<Leap> table[] = {
        {u"none", Leap::None},
        {u"insert", Leap::Insert},
        {u"delete", Leap::Delete},
        {u"unsynchronized", Leap::Unsynchronized},
    };
    return find(table, word);
}

Verdict verdictFromWord(QStringView word)
{
    static constexpr Entry<Verdict> table[] = {
        {u"waiting", Verdict::Waiting},
        {u"unreachable", Verdict::Unreachable},
        {u"unusable", Verdict::Unusable},
        {u"excluded", Verdict::Excluded},
        {u"falseticker", Verdict::Falseticker},
        {u"undecided", Verdict::Undecided},
        {u"outlier", Verdict::Outlier},
        {u"combined", Verdict::Combined},
        {u"selected", Verdict::Selected},
    };
    return find(table, word);
}

Reason reasonFromWord(QStringView word)
{
    static constexpr Entry<Reason> table[] = {
        {u"none", Reason::None},
        {u"first-samples-pending", Reason::FirstSamplesPending},
        {u"no-reply", Reason::NoReply},
        {u"name-unresolved", Reason::NameUnresolved},
        {u"network-unreachable", Reason::NetworkUnreachable},
        {u"connection-refused", Reason::ConnectionRefused},
        {u"no-keys", Reason::NoKeys},
        {u"asked-already", Reason::AskedAlready},
        {u"orphan", Reason::Orphan},
        {u"smeared", Reason::Smeared},
        {u"server-unsynchronized", Reason::ServerUnsynchronized},
        {u"distance-too-large", Reason::DistanceTooLarge},
        {u"synchronized-to-us", Reason::SynchronizedToUs},
        {u"follows-another", Reason::FollowsAnother},
        {u"sample-too-old", Reason::SampleTooOld},
        {u"outside-agreement", Reason::OutsideAgreement},
        {u"against-trusted", Reason::AgainstTrusted},
        {u"no-majority", Reason::NoMajority},
        {u"too-few-sources", Reason::TooFewSources},
        {u"required-missing", Reason::RequiredMissing},
        {u"more-jitter", Reason::MoreJitter},
        {u"not-preferred", Reason::NotPreferred},
        {u"excluded-by-user", Reason::ExcludedByUser},
        {u"kiss-deny", Reason::KissDeny},
        {u"kiss-restrict", Reason::KissRestrict},
        {u"agrees", Reason::Agrees},
        {u"best-estimate", Reason::BestEstimate},
    };
    return find(table, word);
}

Origin originFromWord(QStringView word)
{
    static constexpr Entry<Origin> table[] = {
        {u"configured", Origin::Configured},
        {u"added", Origin::Added},
        {u"kept", Origin::Kept},
        {u"pool", Origin::Pool},
    };
    return find(table, word);
}

Authentication authenticationFromWord(QStringView word)
{
    static constexpr Entry<Authentication> table[] = {
        {u"none", Authentication::None},
        {u"nts", Authentication::Nts},
        {u"key", Authentication::Key},
    };
    return find(table, word);
}

ServingWish servingWishFromWord(QStringView word)
{
    static constexpr Entry<ServingWish> table[] = {
        {u"nobody", ServingWish::Nobody},
        {u"configuration", ServingWish::Configuration},
        {u"request", ServingWish::Request},
        {u"kept-request", ServingWish::KeptRequest},
    };
    return find(table, word);
}

TimestampOrigin timestampOriginFromWord(QStringView word)
{
    static constexpr Entry<TimestampOrigin> table[] = {
        {u"hardware", TimestampOrigin::Hardware},
        {u"kernel", TimestampOrigin::Kernel},
        {u"user-space", TimestampOrigin::UserSpace},
    };
    return find(table, word);
}

} // namespace foliot::bus
