// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The words of the D-Bus interface as enumerations. A word that this version does not know becomes Unknown, so that an
// older window can show a newer daemon.

#include <QStringView>

namespace foliot::bus {

enum class Condition : quint8 {
    Unknown,
    Starting,
    Synchronized,
    Holdover,
    NoMajority,
    TooFewSources,
    Unreachable,
    NoSources,
    StepRefused,
    ClockFailed,
};
enum class ClockType : quint8 { Unknown, Helper, Kernel, Simulated, None };
enum class ClockFault : quint8 { Unknown, None, NotPermitted, OutOfBounds, StepRefused, Failed, Contested };
enum class Leap : quint8 { Unknown, None, Insert, Delete, Unsynchronized };
enum class Verdict : quint8 {
    Unknown,
    Waiting,
    Unreachable,
    Unusable,
    Excluded,
    Falseticker,
    Undecided,
    Outlier,
    Combined,
    Selected,
};
enum class Reason : quint8 {
    Unknown,
    None,
    FirstSamplesPending,
    NoReply,
    NameUnresolved,
    NetworkUnreachable,
    ConnectionRefused,
    NoKeys,
    AskedAlready,
    Orphan,
    Smeared,
    ServerUnsynchronized,
    DistanceTooLarge,
    SynchronizedToUs,
    FollowsAnother,
    SampleTooOld,
    OutsideAgreement,
    AgainstTrusted,
    NoMajority,
    TooFewSources,
    RequiredMissing,
    MoreJitter,
    NotPreferred,
    ExcludedByUser,
    KissDeny,
    KissRestrict,
    Agrees,
    BestEstimate,
};
enum class Origin : quint8 { Unknown, Configured, Added, Kept, Pool };
enum class Authentication : quint8 { Unknown, None, Nts, Key };
enum class ServingWish : quint8 { Unknown, Nobody, Configuration, Request, KeptRequest };
enum class TimestampOrigin : quint8 { Unknown, Hardware, Kernel, UserSpace }; // Unknown also before the first answer

Condition conditionFromWord(QStringView word);
ClockType clockTypeFromWord(QStringView word);
ClockFault clockFaultFromWord(QStringView word);
Leap leapFromWord(QStringView word);
Verdict verdictFromWord(QStringView word);
Reason reasonFromWord(QStringView word);
Origin originFromWord(QStringView word);
Authentication authenticationFromWord(QStringView word);
ServingWish servingWishFromWord(QStringView word);
TimestampOrigin timestampOriginFromWord(QStringView word);

} // namespace foliot::bus
