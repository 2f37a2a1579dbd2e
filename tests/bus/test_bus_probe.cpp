// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A bus that takes connections and never answers, and those who would like to be on it.

#include "bus/bus_probe.h"

#include "bus/client/client.h"
#include "daemon/publisher/published_daemon.h"

#include <QFile>
#include <QTemporaryDir>

#include <algorithm>
#include <cstddef>
#include <iterator>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace foliot;
using namespace foliot::tests;
using namespace std::chrono_literals;

namespace {

// Listens and does nothing else.
class MuteBus {
public:
    // Beginning with a zero octet: in the abstract namespace.
    explicit MuteBus(const QByteArray& name)
        : m_descriptor(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::copy(name.begin(), name.end(), std::begin(address.sun_path));
        const auto length = offsetof(sockaddr_un, sun_path) + static_cast<std::size_t>(name.size());
        m_isThere =
            ::bind(m_descriptor, reinterpret_cast<const sockaddr*>(&address), static_cast<socklen_t>(length)) == 0 &&
            ::listen(m_descriptor, 10) == 0;
    }
    ~MuteBus() { ::close(m_descriptor); }
    Q_DISABLE_COPY_MOVE(MuteBus)

    bool isThere() const { return m_isThere; }

private:
    int m_descriptor;
    bool m_isThere = false;
};

bus::BusChoice at(const QString& address)
{
    return {.kind = bus::BusKind::Session, .address = address};
}

} // namespace

class TestBusProbe : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void busThatAnswersIsNotSilent()
    {
        PrivateBus bus;
        QVERIFY2(bus.start(), qPrintable(bus.problem()));
        QVERIFY(!bus::whyNotAnswering(at(bus.address())));
        QVERIFY(!bus::whyNotAnswering(at(bus.address() + u",guid=0123456789abcdef0123456789abcdef"_s)));
    }

    void busThatDoesNotAnswerIsSilent()
    {
        const MuteBus bus(m_folder.filePath(u"a bus"_s).toUtf8());
        QVERIFY(bus.isThere());
        QVERIFY(bus::whyNotAnswering(at(u"unix:path="_s + m_folder.filePath(u"a%20bus"_s)), 10ms));
        const QByteArray name = "foliot-mute-" + QByteArray::number(::getpid());
        const MuteBus abstract('\0' + name);
        QVERIFY(abstract.isThere());
        QVERIFY(
            bus::whyNotAnswering(at(u"unix:guid=00,abstract="_s + QString::fromLatin1(name) + u";tcp:host=x"_s), 10ms));
    }

    void whatIsNoBusIsNotSilent_data()
    {
        QTest::addColumn<QString>("address");
        for (const char* address : {"unix:path=/nonexistent", "unix:path=/dev/null", "unix:path=", "unix:", "unix:path",
                 "tcp:host=127.0.0.1,port=1", "nonsense", ";"})
            QTest::newRow(address) << QString::fromLatin1(address);
        QTest::newRow("longer than a socket's name") << u"unix:path="_s + QString(200, u'x');
    }
    void whatIsNoBusIsNotSilent()
    {
        QFETCH(QString, address);
        QVERIFY(!bus::whyNotAnswering(at(address), 10ms));
    }

    void probeSaysTheSameWithoutWaiting()
    {
        PrivateBus good;
        QVERIFY2(good.start(), qPrintable(good.problem()));
        const QString path = m_folder.filePath(u"probed"_s);
        const MuteBus mute(path.toUtf8());
        QVERIFY(mute.isThere());
        bus::BusProbe probe;
        QList<std::optional<QString>> answers;
        connect(&probe, &bus::BusProbe::answered, this, [&](const auto& answer) { answers.append(answer); });
        for (const auto& [address, isSilent] : {std::pair(good.address(), false),
                 std::pair(u"unix:path="_s + path, true), std::pair(u"nonsense"_s, false)}) {
            probe.ask(at(address), 50ms);
            QVERIFY(answers.isEmpty());
            QTRY_COMPARE(answers.size(), 1);
            QCOMPARE(answers.takeFirst().has_value(), isSilent);
        }
        // Only the last question is answered.
        probe.ask(at(u"unix:path="_s + path), 1ms);
        probe.ask(at(good.address()), 1h);
        QTRY_COMPARE(answers.size(), 1);
        QVERIFY(!answers.first());
    }

    void clientAndPublisherGoOnWithoutASilentBus()
    {
        const QString path = m_folder.filePath(u"bus"_s);
        const MuteBus bus(path.toUtf8());
        QVERIFY(bus.isThere());
        bus::Client client(at(u"unix:path="_s + path));
        client.start();
        QCOMPARE(client.availability(), bus::Availability::NoBus);
        QCOMPARE(client.problem(), u"It takes connections and does not answer."_s);

        Asked asked;
        const auto publisher = makePublisher(at(u"unix:path="_s + path), asked);
        QVERIFY(publisher->start().has_value()); // and tries again
        QVERIFY(!publisher->isOnBus());
    }

    void clientAndPublisherFindABusThatWasSilent()
    {
        PrivateBus late;
        const QString path = QString(late.address()).remove(u"unix:path="_s);
        auto mute = std::make_unique<MuteBus>(path.toUtf8());
        QVERIFY2(mute->isThere(), qPrintable(path));
        bus::Client client(at(late.address()));
        client.start();
        Asked asked;
        const auto publisher = makePublisher(at(late.address()), asked);
        QVERIFY(publisher->start().has_value());
        QCOMPARE(client.availability(), bus::Availability::NoBus);
        mute.reset();
        QVERIFY(QFile::remove(path));
        QVERIFY2(late.start(), qPrintable(late.problem()));
        QTRY_VERIFY_WITH_TIMEOUT(publisher->isOnBus(), 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(client.isAvailable(), 20'000);
    }

private:
    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestBusProbe)
#include "test_bus_probe.moc"
