// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/silence_text.h"

namespace foliot::gui {

namespace {

class Texts {
    Q_DECLARE_TR_FUNCTIONS(foliot::gui::SilenceText)
};

} // namespace

SilenceText silenceText(bus::Silence silence)
{
    switch (silence) {
    case bus::Silence::NoReply:
        return {.headline = Texts::tr("No source answers"),
            .advice = Texts::tr("Check the network connection. Foliot keeps asking.")};
    case bus::Silence::NoKeys:
        return {.headline = Texts::tr("No source can be asked: there are no keys for it"),
            .advice = Texts::tr("The details of each source say why. Foliot keeps trying.")};
    case bus::Silence::NotAuthentic:
        return {.headline = Texts::tr("No answer of a source is authentic"),
            .advice = Texts::tr("Their keys are not ours: compare id, type and secret in the key files.")};
    case bus::Silence::NoNames:
        return {.headline = Texts::tr("No name of a source can be resolved"),
            .advice = Texts::tr("Check the network connection and its name servers. Foliot keeps trying.")};
    case bus::Silence::NoServer:
        return {.headline = Texts::tr("No source answers: no time server runs there"),
            .advice = Texts::tr("Check the addresses and ports of the sources.")};
    case bus::Silence::Denied:
        return {.headline = Texts::tr("The sources refuse to serve this computer"),
            .advice = Texts::tr("Use other sources."),
            .remedy = ClockStatus::Remedy::AddSource};
    case bus::Silence::Unsynchronized:
        return {.headline = Texts::tr("No source knows the time itself"),
            .advice = Texts::tr("They answer that they are not synchronized. Wait, or add another source."),
            .remedy = ClockStatus::Remedy::AddSource};
    }
    return {};
}

} // namespace foliot::gui
