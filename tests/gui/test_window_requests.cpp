// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a person asks for through the window, and what becomes of it.

#include "gui/clock_watch.h"
#include "gui/main_window.h"
#include "gui/message_bar.h"
#include "gui/placeholder_page.h"
#include "gui/source_details_dialog.h"
#include "gui/status_header.h"
#include "gui/window_rig.h"
#include "support/sample_state.h"

#include <QAction>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QTest>
#include <QTreeView>

#include <algorithm>

using namespace foliot;
using namespace foliot::gui;
using namespace foliot::tests;

class TestWindowRequests : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QSettings().clear(); }
    void sourceIsAddedThroughTheDialog();
    void refusalStandsInTheMessageBar();
    void removedSourceCanBeBroughtBack();
    void severalRemovedSourcesComeBackTogether();
    void withoutSourcesTheWindowOffersToAddOne();
    void detailsFollowTheChosenRow();
    void detailsOutliveTheirSourceButShowNothingOfIt();
    void stepIsConfirmedAndLimited();
    void stepThatIsAdvisedCanBeAsked_data();
    void stepThatIsAdvisedCanBeAsked();
    void timeIsServedAtARequest();
    void servingThatFailsIsSaid();
    void copiedRowsArePlainText();
};

void TestWindowRequests::initTestCase()
{
    if (!prepareWindowTests())
        QSKIP("no dbus-daemon");
}

void TestWindowRequests::sourceIsAddedThroughTheDialog()
{
    WindowRig setup;
    QVERIFY(setup.publish(QStringLiteral("no-sources")));
    QTRY_VERIFY(setup.window->addSourceAction()->isEnabled());
    setup.window->addSourceAction()->trigger();
    auto* dialog = setup.find<AddSourceDialog>();
    QVERIFY(dialog);
    QTest::keyClicks(dialog->findChild<QLineEdit*>(), QStringLiteral("time.example.org:1123"));
    dialog->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok)->click();
    QTRY_COMPARE(setup.daemon.added.size(), 1);
    QCOMPARE(setup.daemon.added.constFirst().address, std::string("time.example.org"));
    QCOMPARE(setup.daemon.added.constFirst().port, 1123);
    QCOMPARE(setup.daemon.kept.constFirst(), true);
    QTRY_COMPARE(setup.message(), QStringLiteral("time.example.org:1123 was added."));
}

void TestWindowRequests::refusalStandsInTheMessageBar()
{
    WindowRig setup;
    QVERIFY(setup.publish(QStringLiteral("synchronized")));
    setup.daemon.addError = daemon::SourceError::Duplicate;
    QTRY_VERIFY(setup.window->addSourceAction()->isEnabled());
    setup.window->openAddDialog({.address = QStringLiteral("ntp1.example.org")});
    setup.find<AddSourceDialog>()->accept();
    QTRY_COMPARE(setup.message(), QStringLiteral("ntp1.example.org was not added. It is there already."));
    QCOMPARE(setup.find<MessageBar>()->kind(), MessageBar::Kind::Error);
    QCOMPARE(QGuiApplication::modalWindow(), nullptr);
    QTest::keyClick(setup.find<MessageBar>(), Qt::Key_Escape);
    QVERIFY(setup.message().isEmpty());
}

void TestWindowRequests::removedSourceCanBeBroughtBack()
{
    WindowRig setup;
    QVERIFY(setup.publish(QStringLiteral("falseticker")));
    auto* table = setup.find<QTreeView>();
    QTRY_COMPARE(table->model()->rowCount(), 5);
    QVERIFY(!setup.action(QStringLiteral("&Remove"))->isEnabled());
    table->setCurrentIndex(table->model()->index(4, 0));
    setup.action(QStringLiteral("&Remove"))->trigger();
    QTRY_COMPARE(setup.daemon.removed, QList<quint32>{5});
    QTRY_COMPARE(setup.message(), QStringLiteral("wrong.example.org was removed."));
    QTRY_COMPARE(table->model()->rowCount(), 4);
    const QList<QAbstractButton*> buttons = setup.find<MessageBar>()->findChildren<QAbstractButton*>();
    const auto undo = std::ranges::find(buttons, QStringLiteral("Undo"), &QAbstractButton::text);
    QVERIFY(undo != buttons.end());
    (*undo)->click();
    QTRY_COMPARE(setup.daemon.added.size(), 1);
    QCOMPARE(setup.daemon.added.constFirst().address, std::string("wrong.example.org"));
}

void TestWindowRequests::severalRemovedSourcesComeBackTogether()
{
    WindowRig setup;
    QVERIFY(setup.publish(QStringLiteral("falseticker")));
    auto* table = setup.find<QTreeView>();
    QTRY_COMPARE(table->model()->rowCount(), 5);
    table->selectAll();
    setup.action(QStringLiteral("&Remove"))->trigger();
    QTRY_VERIFY(setup.message().startsWith(QStringLiteral("5 source")));
    QCOMPARE(setup.daemon.removed.size(), 5);
    const QList<QAbstractButton*> buttons = setup.find<MessageBar>()->findChildren<QAbstractButton*>();
    (*std::ranges::find(buttons, QStringLiteral("Undo"), &QAbstractButton::text))->click();
    QTRY_COMPARE(setup.daemon.added.size(), 5);
}

void TestWindowRequests::withoutSourcesTheWindowOffersToAddOne()
{
    WindowRig setup;
    QVERIFY(setup.publish(QStringLiteral("no-sources")));
    QTRY_COMPARE(setup.watch.status().remedy, ClockStatus::Remedy::AddSource);
    QVERIFY(setup.showsPlaceholder());
    const QList<QPushButton*> buttons = setup.find<PlaceholderPage>()->findChildren<QPushButton*>();
    const auto add = std::ranges::find(buttons, QStringLiteral("Add Source…"), &QPushButton::text);
    QVERIFY(add != buttons.end() && (*add)->isVisible());
    (*add)->click();
    QVERIFY(setup.find<AddSourceDialog>());
    setup.daemon.show(scene(QStringLiteral("synchronized")));
    QTRY_VERIFY(!setup.showsPlaceholder());
}

void TestWindowRequests::detailsFollowTheChosenRow()
{
    WindowRig setup;
    QVERIFY(setup.publish(QStringLiteral("falseticker")));
    auto* table = setup.find<QTreeView>();
    QTRY_COMPARE(table->model()->rowCount(), 5);
    QVERIFY(!setup.action(QStringLiteral("&Details"))->isEnabled());
    table->setCurrentIndex(table->model()->index(4, 0));
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Return);
    auto* dialog = setup.find<SourceDetailsDialog>();
    QVERIFY(dialog && dialog->isVisible());
    QCOMPARE(QGuiApplication::modalWindow(), nullptr);
    const QString liar = dialog->text();
    QVERIFY2(
        liar.startsWith(QStringLiteral("wrong.example.org\nFalseticker: Its time cannot be right")), qPrintable(liar));
    for (const char* line :
        {"\nStratum\t1\n", "\nReference ID\tGPS\n", "\nTimestamps\tby the kernel\n", "\nQueries\t40, 38 answered\n",
            "\nReach\t8 of the last 8 queries\n", "\nLast sample\toffset +40.1 ms, delay 1.40 ms\n"})
        QVERIFY2(liar.contains(QString::fromUtf8(line)), line);
    table->setCurrentIndex(table->model()->index(0, 0));
    QVERIFY(dialog->text().startsWith(QStringLiteral("ntp1.example.org\nSelected: ")));
    // The same dialog again, not another one.
    setup.window->openDetails();
    QCOMPARE(setup.window->findChildren<SourceDetailsDialog*>().size(), 1);
}

void TestWindowRequests::detailsOutliveTheirSourceButShowNothingOfIt()
{
    WindowRig setup;
    QVERIFY(setup.publish(QStringLiteral("falseticker")));
    auto* table = setup.find<QTreeView>();
    QTRY_COMPARE(table->model()->rowCount(), 5);
    table->setCurrentIndex(table->model()->index(1, 0));
    setup.window->openDetails();
    auto* dialog = setup.find<SourceDetailsDialog>();
    QVERIFY(dialog->text().contains(QStringLiteral("Stratum")));
    setup.daemon.stop();
    QTRY_COMPARE(dialog->text(), QStringLiteral("ntp2.example.org\nThe Foliot service is not running"));
    QVERIFY(setup.publish(QStringLiteral("synchronized")));
    QTRY_VERIFY(dialog->text().contains(QStringLiteral("Stratum")));
}

void TestWindowRequests::stepIsConfirmedAndLimited()
{
    WindowRig setup;
    QVERIFY(setup.publish(QStringLiteral("step-refused")));
    QTRY_COMPARE(setup.watch.status().remedy, ClockStatus::Remedy::StepClock);
    auto* header = setup.find<StatusHeader>();
    header->findChild<QPushButton*>()->click();
    auto* question = setup.find<QMessageBox>();
    QVERIFY(question);
    QCOMPARE(question->text(), QStringLiteral("Set the clock forward by 3.20 h?"));
    // Nothing happens by pressing Return unread.
    QVERIFY(question->defaultButton() == question->button(QMessageBox::Cancel));
    QVERIFY(setup.daemon.steps.isEmpty());
    const QList<QAbstractButton*> buttons = question->buttons();
    (*std::ranges::find_if(buttons, [&](auto* button) {
        return question->buttonRole(button) == QMessageBox::AcceptRole;
    }))->click();
    QTRY_COMPARE(setup.daemon.steps.size(), 1);
    const double limit = Seconds(setup.daemon.steps.constFirst()).count();
    QVERIFY(limit > 11'520.0 && limit < 13'000.0);
}

void TestWindowRequests::stepThatIsAdvisedCanBeAsked_data()
{
    QTest::addColumn<sync::Condition>("condition");
    QTest::addColumn<sync::ClockFault>("fault");
    QTest::addColumn<double>("extraRatePpm");
    QTest::newRow("slewing") << sync::Condition::Starting << sync::ClockFault::None << 500.0;
    QTest::newRow("contested") << sync::Condition::ClockFailed << sync::ClockFault::Contested << 0.0;
}

void TestWindowRequests::stepThatIsAdvisedCanBeAsked()
{
    QFETCH(const sync::Condition, condition);
    QFETCH(const sync::ClockFault, fault);
    QFETCH(const double, extraRatePpm);
    WindowRig setup;
    Scene told = scene(QStringLiteral("clock-failed"));
    told.state.condition = condition;
    told.state.clockFault = fault;
    told.state.extraRatePpm = extraRatePpm;
    setup.daemon.show(told);
    QVERIFY(setup.daemon.start());
    const QAction* const step = setup.action(QStringLiteral("&Step Clock\u2026"));
    QVERIFY(step);
    QTRY_VERIFY(setup.watch.status().advice.contains(QLatin1String("tep the clock")));
    QTRY_VERIFY(step->isEnabled());
}

void TestWindowRequests::timeIsServedAtARequest()
{
    WindowRig setup;
    QVERIFY(setup.publish(QStringLiteral("synchronized")));
    QAction* const serve = setup.action(QStringLiteral("Ser&ve Time to My Network"));
    QTRY_VERIFY(serve->isEnabled());
    QVERIFY(serve->isCheckable() && !serve->isChecked());
    serve->trigger();
    QVERIFY(!serve->isChecked()); // before it is true
    QTRY_VERIFY(serve->isChecked());
    QVERIFY2(serve->toolTip().contains(QStringLiteral("0.0.0.0:123")), qPrintable(serve->toolTip()));
    QTRY_COMPARE(setup.message(), QStringLiteral("Time is served to the network on 0.0.0.0:123."));
    serve->trigger();
    QTRY_VERIFY(!serve->isChecked());
    QTRY_COMPARE(setup.message(), QStringLiteral("Time is no longer served to the network."));
    QCOMPARE(setup.daemon.served, (QList<std::pair<bool, bool>>{{true, true}, {false, true}}));

    // What the file wants comes back, and whoever turns it off is told.
    setup.daemon.tell(daemon::ServerReport{.wish = daemon::ServingWish::Configuration,
                          .addresses = {QStringLiteral("192.0.2.1:123")},
                          .counters = {.protectedWith = {3, 4}}},
        sampleNtsServerReport());
    QTRY_COMPARE(serve->toolTip(),
        QStringLiteral("Other devices can ask this computer for the time on 192.0.2.1:123\n"
                       "For authenticated time, keys are exchanged on 192.0.2.1:4460\n"
                       "Certificate for nts.example.org, ntp1.example.org, until %1\n"
                       "Keys exchanged: 20, authenticated answers: 7")
            .arg(QLocale().toString(QDateTime::fromSecsSinceEpoch(1'806'000'000).date(), QLocale::ShortFormat)));
    QVERIFY(serve->isChecked());
    serve->trigger();
    QTRY_VERIFY2(
        setup.message().contains(QStringLiteral("comes back when the service restarts")), qPrintable(setup.message()));
    setup.daemon.stop();
    QTRY_VERIFY(!serve->isEnabled() && !serve->isChecked());
}

void TestWindowRequests::servingThatFailsIsSaid()
{
    WindowRig setup;
    QVERIFY(setup.publish(QStringLiteral("synchronized")));
    setup.daemon.servingError = daemon::ServingError{.kind = daemon::ServingError::Kind::NotServed,
        .text = QStringLiteral("cannot serve on 0.0.0.0:123: Address already in use")};
    QAction* const serve = setup.action(QStringLiteral("Ser&ve Time to My Network"));
    QTRY_VERIFY(serve->isEnabled());
    serve->trigger();
    QTRY_COMPARE(setup.message(), QStringLiteral("Time is not served to the network. The service says: cannot serve on "
                                                 "0.0.0.0:123: Address already in use"));
    QCOMPARE(setup.find<MessageBar>()->kind(), MessageBar::Kind::Error);
    QVERIFY(!serve->isChecked());
}

void TestWindowRequests::copiedRowsArePlainText()
{
    WindowRig setup;
    QVERIFY(setup.publish(QStringLiteral("falseticker")));
    auto* table = setup.find<QTreeView>();
    QTRY_COMPARE(table->model()->rowCount(), 5);
    table->selectAll();
    setup.action(QStringLiteral("&Copy"))->trigger();
    const QStringList lines = QGuiApplication::clipboard()->text().split(QLatin1Char('\n'));
    QCOMPARE(lines.size(), 5);
    QVERIFY(
        lines.constFirst().startsWith(QStringLiteral("Selected\tntp1.example.org\t192.0.2.11\t1\t8 of the last 8")));
    // From top to bottom, in whatever order they were chosen.
    table->clearSelection();
    for (const int row : {3, 0})
        table->selectionModel()->select(
            table->model()->index(row, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    setup.action(QStringLiteral("&Copy"))->trigger();
    QCOMPARE(QGuiApplication::clipboard()->text(), lines.at(0) + QLatin1Char('\n') + lines.at(3));
}

QTEST_MAIN(TestWindowRequests)
#include "test_window_requests.moc"
