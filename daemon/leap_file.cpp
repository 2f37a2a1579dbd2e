// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/leap_file.h"

#include "config/config.h"
#include "leap/leap_list.h"

#include <QDateTime>
#include <QTimeZone>

#include <utility>

namespace foliot::daemon {

using namespace std::chrono_literals;

LeapFile::LeapFile(std::function<RealTime()> now, QObject* parent)
    : QObject(parent)
    , m_now(std::move(now))
{
    m_hourly.setInterval(1h);
    m_hourly.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_hourly, &QTimer::timeout, this, &LeapFile::readAgain);
}

void LeapFile::read(const std::filesystem::path& file)
{
    m_file = file;
    readAgain();
}

void LeapFile::readAgain()
{
    const ntp::LeapSeconds listBefore = m_list;
    QString problem = load();
    const QString problemBefore = std::exchange(m_problem, std::move(problem));
    if (m_file.empty())
        m_hourly.stop();
    else if (!m_hourly.isActive())
        m_hourly.start();
    if (m_list != listBefore || m_problem != problemBefore)
        Q_EMIT changed();
}

QString LeapFile::load()
{
    std::error_code unused;
    const bool isUsual = m_file == config::Leap{}.list;
    if (m_file.empty() || (isUsual && !std::filesystem::exists(m_file, unused))) {
        m_list = {};
        return {};
    }
    auto list = leap::readLeapList(m_file);
    if (!list)
        return QString::fromStdString(list.error());
    m_list = *std::move(list);
    if (m_now() < m_list.expires)
        return {};
    const auto seconds = std::chrono::floor<std::chrono::seconds>(m_list.expires.time_since_epoch()).count();
    const QDate expired = QDateTime::fromSecsSinceEpoch(seconds, QTimeZone::UTC).date();
    return QStringLiteral("%1: expired on %2; an update of the system has a new one")
        .arg(QString::fromStdString(m_file.string()), expired.toString(Qt::ISODate));
}

} // namespace foliot::daemon
