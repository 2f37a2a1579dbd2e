// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Three computers that ask each other, one of which has a source: what they follow while it is there, while its cable is
// out, and afterwards. Each runs the real foliotd; none can touch this machine's clock.

#include "interop/foliot_daemon.h"
#include "interop/lan.h"

#include <QTest>

#include <array>

using namespace Qt::StringLiterals;
using namespace foliot;
using namespace foliot::tests;

namespace {

constexpr std::size_t upstream = 3; // host; the orphans are 0 to 2
constexpr quint32 orphanStratum = 10;
constexpr int patience = 60'000; // ms

const QStringList addresses{u"10.98.0.1"_s, u"10.98.0.2"_s, u"10.98.0.3"_s, u"10.98.0.9"_s};

QString sourceAt(const QString& address)
{
    return u"[[source]]\naddress = \"%1\"\nminpoll = 0\nmaxpoll = 0\n"_s.arg(address);
}

// What they go on by without a source soon is too little for so small a distance: they are orphans then.
QString serverAt(const QString& address, const QString& stratum)
{
    return u"[clock]\ntype = \"none\"\n[selection]\nmax-distance = 0.001\n[server]\nlisten = [\"%1:123\"]\n%2\n"_s.arg(
        address, stratum);
}

} // namespace

class OrphanMode : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void computersCutOffFollowTheSmallestAddressUntilTheSourceIsBack();

private:
    std::unique_ptr<FoliotDaemon> start(std::size_t host, const QString& configuration);
    quint32 stratum(std::size_t host) const { return m_hosts.at(host)->client().clock().stratum; }
    // The address of the source that the host follows.
    QString followed(std::size_t host) const;
    bool haveTheTime() const;
    bool followTheFirst() const;
    QString state() const; // for people

    Lan m_lan;
    std::array<std::unique_ptr<FoliotDaemon>, 4> m_hosts;
};

void OrphanMode::initTestCase()
{
    bus::registerTypes();
    if (const auto why = m_lan.make(addresses); !why.isEmpty())
        QSKIP(qPrintable(why));
    m_hosts[upstream] = start(upstream, u"source = []\n"_s + serverAt(addresses[upstream], u"local-stratum = 1"_s));
    for (std::size_t host = 0; host < upstream; ++host) {
        QString sources;
        for (const QString& address : addresses) {
            // Only the last of the orphans knows the source.
            const bool isAsked =
                address != addresses[qsizetype(host)] && (address != addresses[upstream] || host + 1 == upstream);
            if (isAsked)
                sources += sourceAt(address);
        }
        m_hosts[host] = start(host,
            sources + serverAt(addresses[qsizetype(host)], u"local-stratum = %1\norphan = true"_s.arg(orphanStratum)));
    }
}

std::unique_ptr<FoliotDaemon> OrphanMode::start(std::size_t host, const QString& configuration)
{
    if (!m_lan.enter(host))
        qFatal("host %zu cannot be entered", host);
    return std::make_unique<FoliotDaemon>(configuration);
}

QString OrphanMode::followed(std::size_t host) const
{
    auto& client = m_hosts.at(host)->client();
    const auto selected = client.clock().selectedSource;
    const auto sources = client.sources();
    const auto at = selected ? sources.find(*selected) : sources.end();
    return at == sources.end() ? QString() : at->second.address;
}

bool OrphanMode::haveTheTime() const
{
    return stratum(2) == 2 && followed(2) == addresses[upstream] && stratum(0) < orphanStratum &&
           stratum(1) < orphanStratum;
}

bool OrphanMode::followTheFirst() const
{
    return followed(0).isEmpty() && followed(1) == addresses[0] && followed(2) == addresses[0] &&
           stratum(1) == orphanStratum + 1 && stratum(2) == orphanStratum + 1;
}

QString OrphanMode::state() const
{
    QString text;
    for (std::size_t host = 0; host < upstream; ++host)
        text += u"host %1: stratum %2, follows '%3'\n"_s.arg(host).arg(stratum(host)).arg(followed(host));
    return text;
}

void OrphanMode::computersCutOffFollowTheSmallestAddressUntilTheSourceIsBack()
{
    QTRY_VERIFY2_WITH_TIMEOUT(haveTheTime(), qPrintable(state()), patience);
    QVERIFY(m_lan.unplug(upstream));
    QTRY_VERIFY2_WITH_TIMEOUT(followTheFirst(), qPrintable(state()), patience);
    QVERIFY(m_lan.plug(upstream));
    QTRY_VERIFY2_WITH_TIMEOUT(haveTheTime(), qPrintable(state()), patience);
    for (auto& host : m_hosts)
        QCOMPARE(host->stop(), 0);
}

QTEST_GUILESS_MAIN(OrphanMode)
#include "test_orphan_mode.moc"
