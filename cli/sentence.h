// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The claim about the clock in words, and what a person can do about it. The same claim as the window's headline.

#include "bus/client/summary.h"
#include "cli/output.h"

namespace foliot::cli {

struct Sentence {
    QString headline;
    QString advice; // empty when there is nothing to do
    Style style = Style::Plain;
};

Sentence sentenceFor(const bus::Summary& summary, bus::BusKind bus, const QString& problem);

} // namespace foliot::cli
