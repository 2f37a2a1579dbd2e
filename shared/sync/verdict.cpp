// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/verdict.h"

#include <cassert>

namespace foliot::sync {

std::string_view verdictWord(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Waiting:
        return "waiting";
    case Verdict::Unreachable:
        return "unreachable";
    case Verdict::Unusable:
        return "unusable";
    case Verdict::Excluded:
        return "excluded";
    case Verdict::Falseticker:
        return "falseticker";
    case Verdict::Undecided:
        return "undecided";
    case Verdict::Outlier:
        return "outlier";
    case Verdict::Combined:
        return "combined";
    case Verdict::Selected:
        return "selected";
    }
    assert(false);
    return {};
}

std::string_view reasonWord(Reason reason)
{
    switch (reason) {
    case Reason::None:
        return "none";
    case Reason::FirstSamplesPending:
        return "first-samples-pending";
    case Reason::NoReply:
        return "no-reply";
    case Reason::NameUnresolved:
        return "name-unresolved";
    case Reason::NetworkUnreachable:
        return "network-unreachable";
    case Reason::ConnectionRefused:
        return "connection-refused";
    case Reason::NoKeys:
        return "no-keys";
    case Reason::AskedAlready:
        return "asked-already";
    case Reason::ServerUnsynchronized:
        return "server-unsynchronized";
    case Reason::DistanceTooLarge:
        return "distance-too-large";
    case Reason::SynchronizedToUs:
        return "synchronized-to-us";
    case Reason::FollowsAnother:
        return "follows-another";
    case Reason::Orphan:
        return "orphan";
    case Reason::Smeared:
        return "smeared";
    case Reason::SampleTooOld:
        return "sample-too-old";
    case Reason::OutsideAgreement:
        return "outside-agreement";
    case Reason::AgainstTrusted:
        return "against-trusted";
    case Reason::NoMajority:
        return "no-majority";
    case Reason::TooFewSources:
        return "too-few-sources";
    case Reason::RequiredMissing:
        return "required-missing";
    case Reason::MoreJitter:
        return "more-jitter";
    case Reason::NotPreferred:
        return "not-preferred";
    case Reason::ExcludedByUser:
        return "excluded-by-user";
    case Reason::KissDeny:
        return "kiss-deny";
    case Reason::KissRestrict:
        return "kiss-restrict";
    case Reason::Agrees:
        return "agrees";
    case Reason::BestEstimate:
        return "best-estimate";
    }
    assert(false);
    return {};
}

} // namespace foliot::sync
