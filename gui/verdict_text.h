// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What selection made of a source, in words and signs that a person understands.

#include "bus/client/data.h"
#include "gui/glyph_icon.h"

#include <QCoreApplication>

namespace foliot::gui {

class VerdictText {
    Q_DECLARE_TR_FUNCTIONS(foliot::gui::VerdictText)

public:
    // The term for it: "Selected", "Falseticker".
    [[nodiscard]] static QString word(bus::Verdict verdict);
    // A whole sentence that says why.
    [[nodiscard]] static QString explanation(bus::Verdict verdict, bus::Reason reason);
    [[nodiscard]] static QString origin(bus::Origin origin);

    [[nodiscard]] static Glyph glyph(bus::Verdict verdict);
    [[nodiscard]] static Tone tone(bus::Verdict verdict);

    // From best to worst, for sorting.
    [[nodiscard]] static int rank(bus::Verdict verdict);
    // True when the clock follows this source.
    [[nodiscard]] static bool isUsed(bus::Verdict verdict);

    // The server as one line of plain text: its name, or its address when it has none.
    [[nodiscard]] static QString sourceName(const bus::SourceData& source);
    // Address and, unless it is the usual one, port; empty while unresolved.
    [[nodiscard]] static QString sourceAddress(const bus::SourceData& source);
};

} // namespace foliot::gui
