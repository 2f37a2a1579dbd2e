// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/serving_text.h"

#include "gui/format.h"
#include "gui/plain_text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <functional>
#include <numeric>

namespace foliot::gui {

namespace {

class Texts {
    Q_DECLARE_TR_FUNCTIONS(foliot::gui::MainWindow)
};

QString dateOf(quint64 usecSince1970)
{
    return QLocale().toString(
        QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(usecSince1970 / 1000)).date(), QLocale::ShortFormat);
}

QStringList ntsLines(const bus::NtsServerData& server)
{
    if (server.addresses.isEmpty())
        return {};
    //: %1 is a list of addresses
    QStringList lines{Texts::tr("For authenticated time, keys are exchanged on %1")
            .arg(plainText(server.addresses.join(QLatin1String(", "))))};
    for (const bus::ServedCertificate& certificate : server.certificates)
        if (certificate.isInForce())
            //: %1 is a list of names of this computer, %2 a date
            lines << Texts::tr("Certificate for %1, until %2")
                         .arg(plainText(certificate.names.join(QLatin1String(", "))), dateOf(certificate.expiresUSec));
    const auto answered = std::accumulate(server.answered.cbegin(), server.answered.cend(), qulonglong{0});
    //: %1 and %2 are numbers
    lines << Texts::tr("Keys exchanged: %1, authenticated answers: %2")
                 .arg(Format::count(server.keyExchanges), Format::count(answered));
    return lines;
}

} // namespace

QString servingText(const bus::ServerData& server, const bus::NtsServerData& ntsServer)
{
    const QString addresses = plainText(server.addresses.join(QLatin1String(", ")));
    if (addresses.isEmpty())
        return Texts::tr("Let other devices ask this computer for the time: those in its own networks, "
                         "unless the configuration file says otherwise");
    //: %1 is a list of addresses
    const QStringList lines{Texts::tr("Other devices can ask this computer for the time on %1").arg(addresses)};
    return (lines + ntsLines(ntsServer)).join(QLatin1Char('\n'));
}

} // namespace foliot::gui
