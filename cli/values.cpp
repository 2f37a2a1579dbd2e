// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/values.h"

#include "bus/client/boottime.h"
#include "bus/client/duration.h"
#include "cli/text.h"

#include <QDateTime>
#include <QTimeZone>

namespace foliot::cli {

using namespace Qt::StringLiterals;
using bus::ageText;
using bus::durationText;

QString wordOf(const QVariantMap& properties, const QString& name)
{
    return printable(properties.value(name).toString());
}

QString signedDuration(double seconds)
{
    return durationText(seconds, bus::Sign::Always);
}

QString ppm(double value, bool isSigned)
{
    const QString number = QString::number(value, 'f', 3);
    return (isSigned && value >= 0.0 ? u"+"_s : QString()) + number + u" ppm"_s;
}

QString ageOf(quint64 then, quint64 now)
{
    return then == 0 ? none : ageText(bus::ageSeconds(then, now));
}

QString dateText(quint64 usec)
{
    return usec == 0 ? u"never"_s
                     : QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(usec / 1000), QTimeZone::UTC)
                           .toString(u"yyyy-MM-dd HH:mm 'UTC'"_s);
}

} // namespace foliot::cli
