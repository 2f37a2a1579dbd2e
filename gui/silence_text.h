// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Why no source answers, and what helps, in sentences. For ClockSentence.

#include "gui/clock_sentence.h"

namespace foliot::gui {

struct SilenceText {
    QString headline;
    QString advice;
    ClockStatus::Remedy remedy = ClockStatus::Remedy::None;
};

[[nodiscard]] SilenceText silenceText(bus::Silence silence);

} // namespace foliot::gui
