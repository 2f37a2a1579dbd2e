// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The fixture itself: what other tests conclude from it must be true of it.

#include "support/private_bus.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace foliot;
using foliot::tests::PrivateBus;

namespace {

constexpr uint strangerId = 65'534;
constexpr uint keeperId = 64'321;

tests::RunResult onBus(const PrivateBus& bus, const QStringList& command)
{
    return tests::run(command.first(), command.sliced(1), 20'000, bus.environment());
}

} // namespace

class TestPrivateBus : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sessionBusAnswersAndComesBackAtTheSameAddress();
    void systemBusRefusesNamesThatNoPolicyAllows();
    void polkitFollowsTheRulesOfTheTest();
};

void TestPrivateBus::sessionBusAnswersAndComesBackAtTheSameAddress()
{
    PrivateBus bus;
    QVERIFY2(bus.start(), qPrintable(bus.problem()));
    const QString address = bus.address();
    const QStringList ask{u"dbus-send"_s, u"--session"_s, u"--print-reply"_s, u"--dest=org.freedesktop.DBus"_s, u"/"_s,
        u"org.freedesktop.DBus.GetId"_s};
    const tests::RunResult first = onBus(bus, ask);
    QCOMPARE(first.exitCode, 0);
    bus.stop();
    QVERIFY(onBus(bus, ask).exitCode != 0);
    QVERIFY(bus.start());
    QCOMPARE(bus.address(), address);
    QCOMPARE(onBus(bus, ask).exitCode, 0);
}

void TestPrivateBus::systemBusRefusesNamesThatNoPolicyAllows()
{
    PrivateBus bus({.kind = PrivateBus::Kind::System});
    QVERIFY2(bus.start(), qPrintable(bus.problem()));
    const tests::RunResult outcome =
        onBus(bus, {u"dbus-send"_s, u"--system"_s, u"--print-reply"_s, u"--dest=org.freedesktop.DBus"_s, u"/"_s,
                       u"org.freedesktop.DBus.RequestName"_s, u"string:org.example.Name"_s, u"uint32:0"_s});
    QVERIFY(outcome.exitCode != 0);
    QVERIFY2(outcome.output.contains("org.freedesktop.DBus.Error.AccessDenied"_L1), qPrintable(outcome.output));
}

void TestPrivateBus::polkitFollowsTheRulesOfTheTest()
{
    PrivateBus bus({.kind = PrivateBus::Kind::System,
        .withPolkit = true,
        .polkitRules = {u"polkit.addRule(function(action, subject) {"
                        " if (action.id == 'org.freedesktop.hostname1.set-hostname'"
                        " && subject.user == 'keeper') return polkit.Result.YES; });"_s},
        .users = {{u"keeper"_s, keeperId}}});
    if (const auto reason = PrivateBus::whyImpossible(bus.options()))
        QSKIP(qPrintable(*reason));
    QVERIFY2(bus.start(), qPrintable(bus.problem()));

    const auto check = [&](uint user) {
        QProcess subject;
        const QStringList sleeper = PrivateBus::asUser(user) + QStringList{u"sleep"_s, u"60"_s};
        subject.start(sleeper.first(), sleeper.sliced(1));
        subject.waitForStarted();
        // setpriv has become the user once its place is taken by sleep.
        const QString status = u"/proc/%1/comm"_s.arg(subject.processId());
        const auto isSleeping = [&] {
            QFile file(status);
            return file.open(QIODevice::ReadOnly) && file.readAll().startsWith("sleep");
        };
        [&] { QTRY_VERIFY(isSleeping()); }();
        const tests::RunResult outcome =
            onBus(bus, {u"pkcheck"_s, u"--action-id"_s, u"org.freedesktop.hostname1.set-hostname"_s, u"--process"_s,
                           QString::number(subject.processId())});
        subject.kill();
        subject.waitForFinished();
        return outcome.exitCode;
    };
    QCOMPARE(check(keeperId), 0);
    QVERIFY(check(strangerId) != 0);

    // Rules of a running polkitd can be replaced.
    QVERIFY(bus.setPolkitRules({}));
    QTRY_VERIFY(check(keeperId) != 0);
}

QTEST_GUILESS_MAIN(TestPrivateBus)
#include "test_private_bus.moc"
