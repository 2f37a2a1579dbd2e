// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How single values read, wherever they are reported.

#include <QString>
#include <QVariantMap>

namespace foliot::cli {

inline const QString none = QStringLiteral("–"); // in place of a value that there is not

// A word of the interface, safe to show.
QString wordOf(const QVariantMap& properties, const QString& name);
QString signedDuration(double seconds); // "+12.0 µs"
QString ppm(double value, bool isSigned = true);
// Since a time of CLOCK_BOOTTIME in microseconds; none for 0.
QString ageOf(quint64 then, quint64 now);
QString dateText(quint64 usec); // since 1970; "never" for 0

} // namespace foliot::cli
