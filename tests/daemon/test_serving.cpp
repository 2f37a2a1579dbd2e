// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Serving time when a person wants it, on real sockets: what is refused, what is remembered, and what is said.

#include "daemon/clocks/none_clock.h"
#include "daemon/clocks/simulated_clock.h"
#include "daemon/serving.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUdpSocket>

#include <filesystem>

#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace foliot;
using namespace foliot::daemon;

namespace {

constexpr auto loopback = "127.0.0.1:";

} // namespace

class TestServing : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_directory = StateDirectory::open(m_folder->path().toStdString()).value();
        // A port that is free: that of a socket that was there a moment ago.
        QUdpSocket socket;
        QVERIFY(socket.bind(QHostAddress::LocalHost, 0));
        m_address = loopback + std::to_string(socket.localPort());
    }

    void personHasTimeServed()
    {
        auto serving = make();
        QVERIFY(!serving->isWanted());
        const QSignalSpy changes(serving.get(), &Serving::changed);
        QCOMPARE(serving->request(true, false), QStringList{QString::fromStdString(m_address)});
        QCOMPARE(serving->report().wish, ServingWish::Request);
        QVERIFY(isAnswered());
        QVERIFY(!changes.isEmpty());
        // Once more: the counters go on.
        QVERIFY(serving->request(true, false));
        QCOMPARE(serving->report().counters.answered, std::uint64_t(1));
        QCOMPARE(serving->request(false, false), QStringList());
        QVERIFY(!serving->report().isServing());
        QCOMPARE(make()->report().wish, ServingWish::Nobody);
    }

    void whatIsKeptIsThereAfterARestart()
    {
        QVERIFY(make()->request(true, true));
        {
            const auto restarted = make();
            QCOMPARE(restarted->report().wish, ServingWish::KeptRequest);
            QVERIFY(isAnswered());
            QVERIFY(restarted->request(false, false)); // until the next start
        }
        QCOMPARE(make()->report().wish, ServingWish::KeptRequest);
        QVERIFY(make()->request(false, true));
        QCOMPARE(make()->report().wish, ServingWish::Nobody);
        QVERIFY(std::filesystem::is_empty(m_folder->path().toStdString()));
    }

    void garbledFileIsNoWish()
    {
        QVERIFY(m_directory->write("serving", "foliot-serving 1\nserving y"));
        QTest::ignoreMessage(QtWarningMsg, "serving: not a file of ours, or cut off");
        QVERIFY(!make()->isWanted());
    }

    void takenPortIsSaidAndNothingChanges()
    {
        QUdpSocket other;
        QVERIFY(other.bind(QHostAddress::LocalHost, 0, QUdpSocket::DontShareAddress));
        m_address = loopback + std::to_string(other.localPort());
        auto serving = make();
        const auto refused = serving->request(true, true);
        QVERIFY(!refused);
        QCOMPARE(refused.error(),
            (ServingError{.kind = ServingError::Kind::NotServed,
                .text = u"cannot serve on %1: Address already in use (another program serves there)"_s.arg(
                    QString::fromStdString(m_address))}));
        QCOMPARE(serving->report().wish, ServingWish::Nobody);
        QCOMPARE(make()->report().wish, ServingWish::Nobody);
    }

    void lowPortWithoutPrivilegeSaysWhatIsMissing()
    {
        m_address = "127.0.0.1:1";
        auto serving = make();
        const uid_t user = ::geteuid();
        if (user == 0)
            QCOMPARE(::seteuid(65'534), 0); // which takes the effective capabilities away
        const auto refused = serving->request(true, false);
        if (user == 0)
            QCOMPARE(::seteuid(0), 0);
        if (refused)
            QSKIP("every user may bind to low ports here");
        QVERIFY2(refused.error().text.endsWith(
                     u"Permission denied (ports below 1024 need CAP_NET_BIND_SERVICE, which foliotd.service gives)"_s),
            qPrintable(refused.error().text));
    }

    void wishThatCannotBeKeptIsNotTaken()
    {
        auto serving = make(nullptr);
        const auto refused = serving->request(true, true);
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ServingError::Kind::NotKept);
        QVERIFY(!serving->isWanted());
        QVERIFY(!serving->report().isServing());
        QVERIFY(serving->request(true, false));
    }

    void simulatedClockIsServedToThisComputerAlone()
    {
        QCOMPARE(usualListen(m_clock).front(), std::string("0.0.0.0"));
        for (const std::string& address : usualListen(SimulatedClock(config::Simulation{})))
            QVERIFY2(address == "127.0.0.1" || address == "[::1]", address.c_str());
    }

    void addressesOfTheFileAreServedInPlaceOfTheUsual()
    {
        auto serving = make();
        const std::string configured = "127.0.0.2" + m_address.substr(m_address.find(':'));
        serving->configure({.listen = {configured}, .localStratum = 1}, {});
        QCOMPARE(serving->report().wish, ServingWish::Configuration);
        const QStringList addresses = serving->report().addresses;
        QCOMPARE(addresses, QStringList{QString::fromStdString(configured)});
        QCOMPARE(serving->request(true, false), addresses);
        QVERIFY(serving->request(false, false));
        QCOMPARE(serving->report().wish, ServingWish::Nobody);
        QVERIFY(!serving->report().isServing());
    }

private:
    std::unique_ptr<Serving> make() { return make(&*m_directory); }
    std::unique_ptr<Serving> make(const StateDirectory* directory)
    {
        auto serving = std::make_unique<Serving>(
            m_clock, Serving::Start{.state = [this]() -> const sync::State& { return m_state; },
                         .answeredBy = AnsweredBy::Workers,
                         .directory = directory,
                         .listen = {m_address}});
        serving->configure({.localStratum = 1}, {});
        return serving;
    }
    bool isAnswered() const
    {
        QUdpSocket client;
        const auto port = QByteArray::fromStdString(m_address.substr(m_address.find(':') + 1)).toUShort();
        client.writeDatagram(QByteArray("\x23").leftJustified(48, '\0'), QHostAddress::LocalHost, port);
        return QTest::qWaitFor([&] {
            return client.hasPendingDatagrams() || client.error() != QUdpSocket::UnknownSocketError;
        }) && client.hasPendingDatagrams();
    }

    NoneClock m_clock;
    sync::State m_state;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::optional<StateDirectory> m_directory;
    std::string m_address;
};

QTEST_GUILESS_MAIN(TestServing)
#include "test_serving.moc"
