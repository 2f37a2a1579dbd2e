// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What is known of the clock in figures, as ClockSentence puts it below its sentence.

#include "bus/client/data.h"

#include <QCoreApplication>
#include <QStringList>

namespace foliot::gui {

class ClockFacts final {
    Q_DECLARE_TR_FUNCTIONS(foliot::gui::ClockFacts)

public:
    // "ntp1.example.org · own stratum 2 · offset +28 µs · uncertainty ±190 µs · frequency −30.13 ppm", of which what is not
    // known is left out.
    [[nodiscard]] static QString of(const bus::ClockData& clock, const QString& selectedName);
    // How long ago the clock was last measured; empty when it never was. Seconds, infinity for never.
    [[nodiscard]] static QString age(double seconds);
    // Those that are not empty.
    [[nodiscard]] static QString inOneLine(QStringList facts);
};

} // namespace foliot::gui
