// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The sources as rows; with markup in names and numbers that are none (FAULTS row 84).

#include "gui/reach_delegate.h"
#include "gui/source_model.h"
#include "gui/source_order.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <limits>

using namespace foliot;
using namespace foliot::gui;

namespace {

bus::SourceData source(quint32 id, double offset)
{
    bus::SourceData data;
    data.id = id;
    data.name = QStringLiteral("ntp%1.example.org").arg(id);
    data.address = QStringLiteral("192.0.2.%1").arg(id);
    data.port = 123;
    data.verdict = bus::Verdict::Combined;
    data.reason = bus::Reason::Agrees;
    data.reach = 0xff;
    data.hasEstimate = true;
    data.offsetSeconds = offset;
    data.lastAnswerBoottimeUSec = 1'000'000'000;
    return data;
}

QString cell(const QAbstractItemModel& model, int row, int column, int role = Qt::DisplayRole)
{
    return model.index(row, column).data(role).toString();
}

QList<quint32> order(const QAbstractItemModel& model)
{
    QList<quint32> ids;
    for (int row = 0; row < model.rowCount(); ++row)
        ids.append(model.index(row, 0).data(SourceModel::SourceRole).value<bus::SourceData>().id);
    return ids;
}

} // namespace

class TestSourceModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void comingAndGoingKeepsTheModelConsistent();
    void unchangedSourceIsNoNews();
    void sortingGoesByValueNotByText();
    void unknownComesLastBothWays();
    void withoutAColumnTheOrderIsThatOfTheConfiguration();
    void ageIsToldWhenItReadsDifferently();
    void markupInNamesIsText();
    void controlCharactersInNamesAreVisible();
    void portThatIsNotTheUsualOneStandsBehindItsAddress();
    void notANumberIsADash();
    void silentSourceShowsItsNumbersAsHistory();
    void dotsComeFromTheRegister_data();
    void dotsComeFromTheRegister();
    void answersAreReadAloud();
    void pictureIsReadAloud();
    void padlockStandsForAnAuthenticAnswer();
};

void TestSourceModel::comingAndGoingKeepsTheModelConsistent()
{
    SourceModel model;
    SourceOrder proxy;
    const QAbstractItemModelTester strict(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    proxy.setSourceModel(&model);
    const QAbstractItemModelTester strictProxy(&proxy, QAbstractItemModelTester::FailureReportingMode::QtTest);
    proxy.sort(SourceModel::OffsetColumn);
    model.put(source(2, 0.2));
    model.put(source(1, 0.1));
    model.put(source(3, 0.3));
    QCOMPARE(order(model), (QList<quint32>{1, 2, 3}));
    model.put(source(1, 0.9));
    QCOMPARE(order(proxy), (QList<quint32>{2, 3, 1}));
    model.remove(2);
    model.remove(7);
    QCOMPARE(order(model), (QList<quint32>{1, 3}));
    model.clear();
    QCOMPARE(model.rowCount(), 0);
}

void TestSourceModel::unchangedSourceIsNoNews()
{
    SourceModel model;
    model.put(source(1, 0.1));
    const QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    model.put(source(1, 0.1));
    QCOMPARE(changes.count(), 0);
}

void TestSourceModel::sortingGoesByValueNotByText()
{
    SourceModel model;
    SourceOrder proxy;
    proxy.setSourceModel(&model);
    // As text: "+9.00 µs" > "+80.0 ms" > "+1.00 s".
    model.put(source(1, 1.0));
    model.put(source(2, 0.000'009));
    model.put(source(3, 0.08));
    model.put(source(4, -0.5));
    proxy.sort(SourceModel::OffsetColumn, Qt::AscendingOrder);
    QCOMPARE(order(proxy), (QList<quint32>{4, 2, 3, 1}));
    proxy.sort(SourceModel::OffsetColumn, Qt::DescendingOrder);
    QCOMPARE(order(proxy), (QList<quint32>{1, 3, 2, 4}));
}

void TestSourceModel::unknownComesLastBothWays()
{
    SourceModel model;
    SourceOrder proxy;
    proxy.setSourceModel(&model);
    bus::SourceData unknown = source(2, 0.0);
    unknown.hasEstimate = false;
    model.put(source(1, 0.1));
    model.put(unknown);
    model.put(source(3, -0.1));
    proxy.sort(SourceModel::OffsetColumn, Qt::AscendingOrder);
    QCOMPARE(order(proxy).constLast(), 2U);
    proxy.sort(SourceModel::OffsetColumn, Qt::DescendingOrder);
    QCOMPARE(order(proxy).constLast(), 2U);
}

void TestSourceModel::withoutAColumnTheOrderIsThatOfTheConfiguration()
{
    SourceModel model;
    SourceOrder proxy;
    proxy.setSourceModel(&model);
    model.put(source(1, 0.3));
    model.put(source(2, 0.1));
    proxy.sort(SourceModel::OffsetColumn);
    proxy.sort(-1);
    QCOMPARE(order(proxy), (QList<quint32>{1, 2}));
}

void TestSourceModel::ageIsToldWhenItReadsDifferently()
{
    SourceModel model;
    model.put(source(1, 0.1));
    model.setNow(1'005'000'000);
    QCOMPARE(cell(model, 0, SourceModel::AgeColumn), QStringLiteral("5 s"));
    const QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    model.setNow(1'005'400'000);
    QCOMPARE(changes.count(), 0);
    model.setNow(1'006'000'000);
    QCOMPARE(changes.count(), 1);
    QCOMPARE(changes.at(0).at(0).toModelIndex().column(), static_cast<int>(SourceModel::AgeColumn));
    // Minutes change once a minute.
    model.setNow(1'300'000'000);
    model.setNow(1'301'000'000);
    QCOMPARE(changes.count(), 2);
}

void TestSourceModel::markupInNamesIsText()
{
    SourceModel model;
    bus::SourceData hostile = source(1, 0.1);
    hostile.name = QStringLiteral("<b>ntp</b><img src='http://192.0.2.9/x'>");
    hostile.lastError = QStringLiteral("<a href='x'>click</a>");
    model.put(hostile);
    // Views draw a cell as it is; a tooltip could be taken for markup, so there it is escaped.
    QCOMPARE(cell(model, 0, SourceModel::NameColumn), hostile.name);
    const QString tip = cell(model, 0, SourceModel::NameColumn, Qt::ToolTipRole);
    QVERIFY(!tip.contains(QStringLiteral("<img")));
    QVERIFY(!tip.contains(QStringLiteral("<a ")));
    QVERIFY(tip.contains(QStringLiteral("&lt;img")));
}

void TestSourceModel::controlCharactersInNamesAreVisible()
{
    SourceModel model;
    bus::SourceData hostile = source(1, 0.1);
    hostile.name = QStringLiteral("good.example\u202Egro.live\nrest");
    model.put(hostile);
    QCOMPARE(cell(model, 0, SourceModel::NameColumn), QStringLiteral("good.example\\u{202e}gro.live\\u{a}rest"));
}

void TestSourceModel::portThatIsNotTheUsualOneStandsBehindItsAddress()
{
    SourceModel model;
    bus::SourceData authenticated = source(1, 0.1);
    authenticated.address = QStringLiteral("2001:db8::1");
    authenticated.authentication = bus::Authentication::Nts;
    authenticated.port = 4460;
    model.put(authenticated);
    QCOMPARE(cell(model, 0, SourceModel::AddressColumn), QStringLiteral("2001:db8::1"));
    authenticated.port = 123;
    model.put(authenticated);
    QCOMPARE(cell(model, 0, SourceModel::AddressColumn), QStringLiteral("[2001:db8::1]:123"));
}

void TestSourceModel::notANumberIsADash()
{
    SourceModel model;
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    bus::SourceData broken = source(1, nan);
    broken.delaySeconds = -std::numeric_limits<double>::infinity();
    broken.jitterSeconds = nan;
    broken.rootDistanceSeconds = nan;
    model.put(broken);
    for (const int column : {SourceModel::OffsetColumn, SourceModel::DelayColumn, SourceModel::JitterColumn})
        QCOMPARE(cell(model, 0, column), QStringLiteral("—"));
    QVERIFY(!cell(model, 0, SourceModel::OffsetColumn, Qt::ToolTipRole).contains(QStringLiteral("nan")));
}

void TestSourceModel::silentSourceShowsItsNumbersAsHistory()
{
    SourceModel model;
    bus::SourceData silent = source(1, 0.1);
    model.put(silent);
    QVERIFY(!model.index(0, SourceModel::OffsetColumn).data(Qt::ForegroundRole).isValid());
    silent.reach = 0;
    model.put(silent);
    QVERIFY(model.index(0, SourceModel::OffsetColumn).data(Qt::ForegroundRole).isValid());
}

void TestSourceModel::dotsComeFromTheRegister_data()
{
    QTest::addColumn<int>("reach");
    QTest::addColumn<QString>("dots"); // oldest first
    QTest::newRow("nothing") << 0x00 << "........";
    QTest::newRow("the newest only") << 0x01 << ".......o";
    QTest::newRow("the oldest only") << 0x80 << "o.......";
    QTest::newRow("the newest lost") << 0xfe << "ooooooo.";
    QTest::newRow("all") << 0xff << "oooooooo";
}

void TestSourceModel::dotsComeFromTheRegister()
{
    QFETCH(int, reach);
    QString dots;
    for (const bool isAnswered : reachDots(static_cast<quint8>(reach)))
        dots += QLatin1Char(isAnswered ? 'o' : '.');
    QTEST(dots, "dots");
}

void TestSourceModel::answersAreReadAloud()
{
    SourceModel model;
    bus::SourceData data = source(1, 0.1);
    data.reach = 0b1101'0111;
    model.put(data);
    QCOMPARE(cell(model, 0, SourceModel::ReachColumn, Qt::AccessibleTextRole),
        QStringLiteral("6 of the last 8 queries answered"));
}

void TestSourceModel::pictureIsReadAloud()
{
    SourceModel model;
    bus::SourceData liar = source(1, 0.04);
    liar.verdict = bus::Verdict::Falseticker;
    liar.reason = bus::Reason::OutsideAgreement;
    liar.hasInterval = true;
    liar.intervalLowSeconds = -0.003;
    liar.intervalHighSeconds = 0.041;
    model.put(liar);
    const QString words = cell(model, 0, SourceModel::PictureColumn, Qt::AccessibleTextRole);
    QVERIFY2(
        words.startsWith(QStringLiteral(
            "ntp1.example.org: Falseticker. Its time must be between −3.00 ms and +41.0 ms. Its time cannot be right")),
        qPrintable(words));
    QCOMPARE(cell(model, 0, SourceModel::PictureColumn), QStringLiteral("ntp1.example.org"));
}

void TestSourceModel::padlockStandsForAnAuthenticAnswer()
{
    SourceModel model;
    bus::SourceData data = source(1, 0.1);
    const auto hasPadlock = [&] {
        model.put(data);
        const QModelIndex name = model.index(0, SourceModel::NameColumn);
        const bool isShown = name.data(Qt::DecorationRole).isValid();
        const bool isRead = name.data(Qt::AccessibleTextRole).toString().endsWith(QStringLiteral(", authenticated"));
        const bool isTold = name.data(Qt::ToolTipRole).toString().contains(QStringLiteral("Authenticated by"));
        return isShown && isRead && isTold ? 1 : isShown || isRead || isTold ? -1 : 0;
    };
    data.answers = 3;
    QCOMPARE(hasPadlock(), 0);
    data.authentication = bus::Authentication::Nts;
    QCOMPARE(hasPadlock(), 0);
    data.ntsHasKeys = true;
    QCOMPARE(hasPadlock(), 1);
    data.answers = 0;
    QCOMPARE(hasPadlock(), 0);
}

QTEST_MAIN(TestSourceModel)
#include "test_source_model.moc"
