// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "bus/client/terms.h"

#include <QtTranslation>

namespace foliot::bus {

const char* term(Term term)
{
    switch (term) {
    case Term::Source:
        return QT_TRANSLATE_NOOP("foliot::bus::Term", "Source");
    case Term::Address:
        return QT_TRANSLATE_NOOP("foliot::bus::Term", "Address");
    case Term::Verdict:
        return QT_TRANSLATE_NOOP("foliot::bus::Term", "Verdict");
    case Term::Stratum:
        return QT_TRANSLATE_NOOP("foliot::bus::Term", "Stratum");
    case Term::Reach:
        return QT_TRANSLATE_NOOP("foliot::bus::Term", "Reach");
    case Term::Poll:
        return QT_TRANSLATE_NOOP("foliot::bus::Term", "Poll");
    case Term::LastAnswer:
        return QT_TRANSLATE_NOOP("foliot::bus::Term", "Last answer");
    case Term::Offset:
        return QT_TRANSLATE_NOOP("foliot::bus::Term", "Offset");
    case Term::Delay:
        return QT_TRANSLATE_NOOP("foliot::bus::Term", "Delay");
    case Term::Jitter:
        return QT_TRANSLATE_NOOP("foliot::bus::Term", "Jitter");
    case Term::Frequency:
        return QT_TRANSLATE_NOOP("foliot::bus::Term", "Frequency");
    case Term::RootDistance:
        return QT_TRANSLATE_NOOP("foliot::bus::Term", "Root distance");
    case Term::CorrectnessInterval:
        return QT_TRANSLATE_NOOP("foliot::bus::Term", "Correctness interval");
    case Term::ReferenceId:
        return QT_TRANSLATE_NOOP("foliot::bus::Term", "Reference ID");
    case Term::LeapSecond:
        return QT_TRANSLATE_NOOP("foliot::bus::Term", "Leap second");
    case Term::NtpVersion:
        return QT_TRANSLATE_NOOP("foliot::bus::Term", "NTP version");
    case Term::RootDelay:
        return QT_TRANSLATE_NOOP("foliot::bus::Term", "Root delay");
    case Term::RootDispersion:
        return QT_TRANSLATE_NOOP("foliot::bus::Term", "Root dispersion");
    case Term::LastSample:
        return QT_TRANSLATE_NOOP("foliot::bus::Term", "Last sample");
    case Term::Timestamps:
        return QT_TRANSLATE_NOOP("foliot::bus::Term", "Timestamps");
    case Term::Queries:
        return QT_TRANSLATE_NOOP("foliot::bus::Term", "Queries");
    case Term::KissCode:
        return QT_TRANSLATE_NOOP("foliot::bus::Term", "Kiss code");
    case Term::LastError:
        return QT_TRANSLATE_NOOP("foliot::bus::Term", "Last error");
    case Term::Origin:
        return QT_TRANSLATE_NOOP("foliot::bus::Term", "Origin");
    case Term::Options:
        return QT_TRANSLATE_NOOP("foliot::bus::Term", "Options");
    }
    Q_UNREACHABLE_RETURN("");
}

const char* briefTerm(Term wanted)
{
    if (wanted == Term::Stratum)
        return "St";
    if (wanted == Term::LastAnswer)
        return "Last";
    return term(wanted);
}

const char* term(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Unknown:
        return QT_TRANSLATE_NOOP("foliot::bus::Verdict", "Unknown");
    case Verdict::Waiting:
        return QT_TRANSLATE_NOOP("foliot::bus::Verdict", "Waiting");
    case Verdict::Unreachable:
        return QT_TRANSLATE_NOOP("foliot::bus::Verdict", "Unreachable");
    case Verdict::Unusable:
        return QT_TRANSLATE_NOOP("foliot::bus::Verdict", "Unusable");
    case Verdict::Excluded:
        return QT_TRANSLATE_NOOP("foliot::bus::Verdict", "Excluded");
    case Verdict::Falseticker:
        return QT_TRANSLATE_NOOP("foliot::bus::Verdict", "Falseticker");
    case Verdict::Undecided:
        return QT_TRANSLATE_NOOP("foliot::bus::Verdict", "Undecided");
    case Verdict::Outlier:
        return QT_TRANSLATE_NOOP("foliot::bus::Verdict", "Outlier");
    case Verdict::Combined:
        return QT_TRANSLATE_NOOP("foliot::bus::Verdict", "Combined");
    case Verdict::Selected:
        return QT_TRANSLATE_NOOP("foliot::bus::Verdict", "Selected");
    }
    Q_UNREACHABLE_RETURN("");
}

} // namespace foliot::bus
