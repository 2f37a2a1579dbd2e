// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/verdict_text.h"

#include "bus/client/server_text.h"
#include "gui/plain_text.h"
#include "gui/terms.h"

namespace foliot::gui {

using bus::Origin;
using bus::Reason;
using bus::Verdict;

QString VerdictText::word(Verdict verdict)
{
    return termText(verdict);
}

QString VerdictText::explanation(Verdict verdict, Reason reason)
{
    switch (reason) {
    case Reason::FirstSamplesPending:
        return tr("Its first answers are still to come.");
    case Reason::NoReply:
        return tr("It does not answer.");
    case Reason::NameUnresolved:
        return tr("Its name cannot be resolved to an address.");
    case Reason::NetworkUnreachable:
        return tr("There is no network route to it.");
    case Reason::ConnectionRefused:
        return tr("Its computer answers that no time server runs there.");
    case Reason::NoKeys:
        return tr("There are no keys to authenticate it with, and without them it is not used.");
    case Reason::AskedAlready:
        return tr("Its server is asked already, authenticated, as another source.");
    case Reason::ServerUnsynchronized:
        return tr("It says that its own clock is not synchronized.");
    case Reason::DistanceTooLarge:
        return tr("Its possible error is too large to be of use.");
    case Reason::SynchronizedToUs:
        return tr("It takes its time from this computer, so following it would be a loop.");
    case Reason::FollowsAnother:
        return tr("It follows another of the sources, which speaks for it.");
    case Reason::Orphan:
        return tr("It has no source itself, and another computer is the one to follow then.");
    case Reason::Smeared:
        return tr("It spreads leap seconds over hours, which the other sources do not.");
    case Reason::SampleTooOld:
        return tr("Its last usable answer is too old.");
    case Reason::OutsideAgreement:
        return tr("Its time cannot be right if the majority is: its interval misses the one where they agree "
                  "(a falseticker).");
    case Reason::AgainstTrusted:
        return tr("Its time cannot be right if the sources that are trusted are: its interval misses theirs.");
    case Reason::NoMajority:
        return tr("No majority of the sources agrees, so nobody can say whether it is right.");
    case Reason::TooFewSources:
        return tr("Fewer sources agree with it than the configuration asks for.");
    case Reason::RequiredMissing:
        return tr(
            "None of the sources that the configuration requires can be used and agrees, so the clock is left alone.");
    case Reason::MoreJitter:
        return tr(
            "It tells the right time, but its answers scatter so much that using them would make the result worse.");
    case Reason::NotPreferred:
        return tr("It tells the right time, but a preferred source is used alone.");
    case Reason::ExcludedByUser:
        return tr("It is measured but never used, as configured.");
    case Reason::KissDeny:
        return tr("It refuses to serve this computer, so it is not asked any more.");
    case Reason::KissRestrict:
        return tr("Its policy denies access to this computer, so it is not asked any more.");
    case Reason::Agrees:
        return tr("It agrees with the majority and takes part in the result.");
    case Reason::BestEstimate:
        return tr("It agrees with the majority and stands for all that are used: clients of this computer are told "
                  "that it is followed.");
    case Reason::None:
    case Reason::Unknown:
        break;
    }
    return verdict == Verdict::Unknown ? tr("This version of the window does not know the verdict of the service.")
                                       : QString();
}

QString VerdictText::origin(Origin origin)
{
    switch (origin) {
    case Origin::Unknown:
        return {};
    case Origin::Configured:
        return tr("From the configuration file.");
    case Origin::Added:
        return tr("Added until the service restarts.");
    case Origin::Kept:
        return tr("Added and kept.");
    case Origin::Pool:
        return tr("Found through a pool.");
    }
    return {};
}

Glyph VerdictText::glyph(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Waiting:
        return Glyph::Waiting;
    case Verdict::Unreachable:
        return Glyph::Silent;
    case Verdict::Unusable:
        return Glyph::Warning;
    case Verdict::Excluded:
        return Glyph::Slash;
    case Verdict::Falseticker:
        return Glyph::Cross;
    case Verdict::Unknown:
    case Verdict::Undecided:
        return Glyph::Question;
    case Verdict::Outlier:
        return Glyph::Tilde;
    case Verdict::Combined:
        return Glyph::Check;
    case Verdict::Selected:
        return Glyph::CheckFilled;
    }
    return Glyph::Question;
}

Tone VerdictText::tone(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Selected:
    case Verdict::Combined:
        return Tone::Good;
    case Verdict::Falseticker:
        return Tone::Bad;
    case Verdict::Unusable:
    case Verdict::Undecided:
    case Verdict::Unreachable:
        return Tone::Attention;
    case Verdict::Outlier:
    case Verdict::Unknown:
    case Verdict::Waiting:
    case Verdict::Excluded:
        return Tone::Neutral;
    }
    return Tone::Neutral;
}

int VerdictText::rank(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Selected:
        return 0;
    case Verdict::Combined:
        return 1;
    case Verdict::Outlier:
        return 2;
    case Verdict::Undecided:
        return 3;
    case Verdict::Excluded:
        return 4;
    case Verdict::Waiting:
        return 5;
    case Verdict::Unusable:
        return 6;
    case Verdict::Unreachable:
        return 7;
    case Verdict::Falseticker:
        return 8;
    case Verdict::Unknown:
        return 9;
    }
    return 9;
}

bool VerdictText::isUsed(Verdict verdict)
{
    return verdict == Verdict::Selected || verdict == Verdict::Combined;
}

QString VerdictText::sourceName(const bus::SourceData& source)
{
    return isolated(plainText(source.name.isEmpty() ? source.address : source.name));
}

QString VerdictText::sourceAddress(const bus::SourceData& source)
{
    if (source.address.isEmpty())
        return {};
    return isolated(
        bus::serverText(plainText(source.address), source.port, source.authentication == bus::Authentication::Nts));
}

} // namespace foliot::gui
