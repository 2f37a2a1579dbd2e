// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Quantities as a person reads them, in the language and with the digits of the locale. Units and rounding are those of
// bus/client/duration.h, so that the window and foliotctl agree. A number that is not finite is a dash everywhere.

#include "bus/client/duration.h"

#include <QCoreApplication>
#include <QString>

namespace foliot::gui {

class Format {
    Q_DECLARE_TR_FUNCTIONS(foliot::gui::Format)

public:
    using Sign = bus::Sign;

    // What stands for a number that is unknown or not finite.
    [[nodiscard]] static QString unknown();

    // Three significant digits: "412 µs", "−1.24 ms".
    [[nodiscard]] static QString seconds(double seconds, Sign sign = Sign::WhenNegative);
    // As few digits as the value has, for the labels of an axis: "10 ms".
    [[nodiscard]] static QString tick(double seconds, Sign sign = Sign::Always);
    // Two significant digits, rounded away from zero: what is claimed is never less than what is known.
    [[nodiscard]] static QString limit(double seconds);
    // How long ago or how often, in whole units: "12 s", "5 min".
    [[nodiscard]] static QString age(double seconds);
    // A round length of time in the largest unit that it is a whole number of: "1 h", "90 min".
    [[nodiscard]] static QString span(double seconds);
    // Parts per million: "+30.12 ppm".
    [[nodiscard]] static QString ppm(double ppm, Sign sign = Sign::Always);
    [[nodiscard]] static QString count(qulonglong number);

private:
    static QString withUnit(bus::DurationUnit unit, const QString& number);
    static QString years(double seconds, Sign sign, bus::Rounding rounding);
    static QString text(const bus::ScaledDuration& duration, Sign sign, int decimals);
};

} // namespace foliot::gui
