// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the window shows, of a daemon in every state and of one that is gone or hangs.

#include "gui/clock_watch.h"
#include "gui/history_chart.h"
#include "gui/history_panel.h"
#include "gui/main_window.h"
#include "gui/message_bar.h"
#include "gui/selection_view.h"
#include "gui/source_model.h"
#include "gui/status_header.h"
#include "gui/window_rig.h"
#include "support/child_process.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QRegularExpression>
#include <QSettings>
#include <QSignalSpy>
#include <QSplitter>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

#include <signal.h>

using namespace foliot;
using namespace foliot::gui;
using namespace foliot::tests;

class TestMainWindow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QSettings().clear(); }
    void absentDaemonIsSaidAndItsComingIsNoticed();
    void vanishedDaemonLeavesNothingBehind();
    void everySceneIsShown_data();
    void everySceneIsShown();
    void hungDaemonIsSaidToBeSilent();
    void tableAndPictureShareTheSelection();
    void reasonIsReadOnItsOwnGround();
    void chartsKnowThePast();
    void hiddenWindowDrawsNothing();
    void problemsOfTheServiceAreShownUntilTheyEnd();
    void chartIsWalkedByKeyboard();
    void layoutIsRemembered();
    void everythingIsReachedByKeyboard();
    void everyControlHasAName();
};

void TestMainWindow::initTestCase()
{
    if (!prepareWindowTests())
        QSKIP("no dbus-daemon");
}

void TestMainWindow::absentDaemonIsSaidAndItsComingIsNoticed()
{
    WindowRig setup;
    QTRY_COMPARE(setup.client.availability(), bus::Availability::Absent);
    QVERIFY(setup.showsPlaceholder());
    QCOMPARE(setup.watch.status().headline, QStringLiteral("The Foliot service is not running"));
    QVERIFY(!setup.action(QStringLiteral("Re&fresh Now"))->isEnabled());
    QVERIFY(setup.publish(QStringLiteral("falseticker")));
    QTRY_VERIFY(!setup.showsPlaceholder());
    QTRY_VERIFY(setup.watch.status().headline.startsWith(QStringLiteral("Synchronized: within")));
    QCOMPARE(setup.find<QTreeView>()->model()->rowCount(), 5);
    QVERIFY(setup.action(QStringLiteral("Re&fresh Now"))->isEnabled());
}

void TestMainWindow::vanishedDaemonLeavesNothingBehind()
{
    WindowRig setup;
    QVERIFY(setup.publish(QStringLiteral("falseticker")));
    const auto* history = setup.find<HistoryPanel>();
    QTRY_VERIFY(!history->buffer().slotList().isEmpty());
    QTRY_VERIFY(history->offsetChart().pointCount() > 0);
    // At the very moment that its absence is known, nothing of it is left.
    bool isClean = false;
    connect(&setup.client, &bus::Client::availabilityChanged, &setup.watch, [&] {
        isClean = setup.showsPlaceholder() && setup.watch.sources().rowCount() == 0 &&
                  setup.watch.status().facts.isEmpty() && history->buffer().slotList().isEmpty() &&
                  history->offsetChart().pointCount() == 0;
    });
    setup.daemon.stop();
    QTRY_COMPARE(setup.client.availability(), bus::Availability::Absent);
    QVERIFY(isClean);
    QVERIFY(setup.publish(QStringLiteral("synchronized")));
    QTRY_VERIFY(!setup.showsPlaceholder());
}

void TestMainWindow::everySceneIsShown_data()
{
    QTest::addColumn<QString>("headline");
    const auto row = [](const char* scene, const char* headline) {
        QTest::newRow(scene) << QString::fromUtf8(headline);
    };
    row("starting", "Starting: asking the sources for the time");
    row("synchronized", "Synchronized: within ");
    row("falseticker", "Synchronized: within ");
    row("holdover", "On its own: still within ");
    row("no-majority", "The sources disagree about the time");
    row("too-few-sources", "Too few sources agree about the time");
    row("unreachable", "No source answers");
    row("no-sources", "There is no source to take the time from");
    row("step-refused", "The clock is 3.20 h behind");
    row("clock-failed", "The clock cannot be corrected");
    row("pool", "Synchronized: within ");
}

void TestMainWindow::everySceneIsShown()
{
    QFETCH(QString, headline);
    const QString name = QString::fromUtf8(QTest::currentDataTag());
    WindowRig setup;
    QVERIFY(setup.publish(name));
    QTRY_VERIFY2(setup.watch.status().headline.startsWith(headline), qPrintable(setup.watch.status().headline));
    QCOMPARE(setup.find<SelectionView>()->model()->rowCount(), static_cast<int>(scene(name).sources.size()));
    // It can be drawn.
    QVERIFY(!setup.window->grab().isNull());
}

void TestMainWindow::hungDaemonIsSaidToBeSilent()
{
    const PrivateSessionBus bus;
    ChildProcess daemon(QStringLiteral(FOLIOT_SCENE_DAEMON), {QStringLiteral("falseticker")}, bus.environment());
    bus::Client client({.kind = bus::BusKind::Session, .address = bus.address()});
    ClockWatch watch(client, bus::BusKind::Session);
    watch.setPatience(200);
    MainWindow window(watch);
    window.show();
    client.start();
    QTRY_VERIFY(client.isAvailable());
    QTRY_COMPARE(watch.status().health, bus::Health::Good);
    const pid_t process = static_cast<pid_t>(daemon.process().processId());
    QCOMPARE(kill(process, SIGSTOP), 0);
    QTRY_VERIFY_WITH_TIMEOUT(watch.status().isStale, 20'000);
    QCOMPARE(watch.status().headline, QStringLiteral("The Foliot service has stopped answering"));
    QVERIFY(!window.findChild<QTreeView*>()->isEnabled());
    QVERIFY(!window.refreshAction()->isEnabled());
    QCOMPARE(kill(process, SIGCONT), 0);
    QTRY_VERIFY_WITH_TIMEOUT(!watch.status().isStale, 20'000);
    QVERIFY(window.findChild<QTreeView*>()->isEnabled());
}

void TestMainWindow::tableAndPictureShareTheSelection()
{
    WindowRig setup;
    QVERIFY(setup.publish(QStringLiteral("falseticker")));
    auto* table = setup.find<QTreeView>();
    auto* picture = setup.find<SelectionView>();
    QTRY_COMPARE(picture->model()->rowCount(), 5);
    const QModelIndex liar = picture->model()->index(4, picture->modelColumn());
    QTest::mouseClick(picture->viewport(), Qt::LeftButton, {}, picture->visualRect(liar).center());
    QVERIFY(table->selectionModel()->isRowSelected(4));
    table->setCurrentIndex(table->model()->index(1, 0));
    QVERIFY(picture->selectionModel()->isRowSelected(1));
    QVERIFY(!picture->selectionModel()->isRowSelected(4));
    // The keyboard moves through the picture as through any list.
    picture->setFocus();
    QTest::keyClick(picture, Qt::Key_Down);
    QVERIFY(table->selectionModel()->isRowSelected(2));
    // The liar's bar is outside of what the majority agrees on.
    QVERIFY(picture->xOf(0.039) > picture->xOf(0.000'86) + 10.0);
    QVERIFY(picture->xOf(0.041) < picture->plotRight());
}

// Where the others' agreement is shaded, a source without an interval says why it has none.
void TestMainWindow::reasonIsReadOnItsOwnGround()
{
    WindowRig setup;
    Scene told = scene(QStringLiteral("falseticker"));
    sync::SourceState& silent = told.state.sources.at(2);
    silent.verdict = sync::Verdict::Undecided;
    silent.reason = sync::Reason::RequiredMissing; // takes the whole width to say
    silent.correctness.reset();
    setup.daemon.show(told);
    QVERIFY(setup.daemon.start());
    auto* picture = setup.find<SelectionView>();
    QTRY_COMPARE(picture->model()->rowCount(), 5);
    QTRY_COMPARE(setup.watch.status().remedy, ClockStatus::Remedy::None);
    const QRect row = picture->visualRect(picture->model()->index(2, picture->modelColumn()));
    QCoreApplication::processEvents();
    const QImage drawn = picture->viewport()->grab().toImage();
    const int x = static_cast<int>(picture->xOf(0.000'2)); // in the shade, beside this clock's line
    const auto colorAt = [&](int y) { return drawn.pixelColor(QPoint(x, y) * drawn.devicePixelRatio()); };
    const QColor shade = colorAt(row.top() + 1);
    QVERIFY(shade != picture->palette().color(QPalette::Base));
    for (int y = row.center().y() - 3; y <= row.center().y() + 3; ++y)
        QVERIFY2(colorAt(y) != shade, qPrintable(QString::number(y)));
}

void TestMainWindow::chartsKnowThePast()
{
    WindowRig setup;
    QVERIFY(setup.daemon.start());
    setup.daemon.live(scene(QStringLiteral("synchronized")));
    const auto* history = setup.find<HistoryPanel>();
    QTRY_VERIFY(history->buffer().slotList().size() > 100);
    QTRY_VERIFY(history->offsetChart().pointCount() > 100);
}

void TestMainWindow::hiddenWindowDrawsNothing()
{
    WindowRig setup;
    QVERIFY(setup.publish(QStringLiteral("synchronized")));
    QTRY_VERIFY(setup.watch.isLookedAt());
    setup.window->hide();
    QTRY_VERIFY(!setup.watch.isLookedAt());
    const auto* history = setup.find<HistoryPanel>();
    const quint64 before = history->offsetChart().drawings();
    const QSignalSpy news(&setup.client, &bus::Client::clockChanged);
    setup.daemon.show(scene(QStringLiteral("falseticker")));
    QTRY_VERIFY(!news.isEmpty());
    // What is new is drawn at a tick, which a hidden window has seldom.
    setup.watch.setPatience(100);
    const QSignalSpy ticks(&setup.watch, &ClockWatch::ticked);
    QTRY_VERIFY(ticks.size() >= 2);
    QCOMPARE(history->offsetChart().drawings(), before);
    setup.window->show();
    QTRY_VERIFY(history->offsetChart().drawings() > before);
    setup.window->showMinimized();
    QTRY_VERIFY(!setup.watch.isLookedAt());
    setup.window->present();
    QTRY_VERIFY(setup.watch.isLookedAt());
}

void TestMainWindow::problemsOfTheServiceAreShownUntilTheyEnd()
{
    WindowRig setup;
    QVERIFY(setup.publish(QStringLiteral("synchronized")));
    const QList<MessageBar*> bars = setup.window->findChildren<MessageBar*>();
    QCOMPARE(bars.size(), 2);
    MessageBar* const bar = bars.at(1);
    QVERIFY(!bar->isVisible());
    daemon::DaemonFacts facts{.clockType = config::ClockType::Simulated};
    facts.configurationProblem = QStringLiteral("foliot.toml:3:1: <b>clok</b>: unknown key");
    facts.restartNeeded = {QStringLiteral("bus.type")};
    setup.daemon.tell(facts);
    QTRY_VERIFY(bar->isVisible());
    QCOMPARE(bar->kind(), MessageBar::Kind::Error);
    QVERIFY2(
        bar->text().contains(QStringLiteral("foliot.toml:3:1: <b>clok</b>: unknown key")), qPrintable(bar->text()));
    QVERIFY2(bar->text().contains(QStringLiteral("bus.type")), qPrintable(bar->text()));
    // Closed, it comes back with something new and not before.
    bar->dismiss();
    setup.daemon.show(scene(QStringLiteral("falseticker")));
    QTRY_COMPARE(setup.find<QTreeView>()->model()->rowCount(), 5);
    QVERIFY(!bar->isVisible());
    facts.configurationProblem.clear();
    setup.daemon.tell(facts);
    QTRY_VERIFY(bar->isVisible());
    QCOMPARE(bar->kind(), MessageBar::Kind::Information);
    setup.daemon.tell(daemon::DaemonFacts{.clockType = config::ClockType::Simulated});
    QTRY_VERIFY(!bar->isVisible());

    daemon::ServerReport server{.wish = daemon::ServingWish::Configuration,
        .problems = {QStringLiteral("cannot serve on 192.0.2.9:123: Cannot assign requested address")}};
    setup.daemon.tell(server);
    QTRY_COMPARE(bar->text(), QStringLiteral("Time is not served to the network: cannot serve on 192.0.2.9:123: "
                                             "Cannot assign requested address"));
    QVERIFY(bar->isVisible());
    QCOMPARE(bar->kind(), MessageBar::Kind::Error);
    server.addresses = {QStringLiteral("192.0.2.1:123")};
    setup.daemon.tell(server);
    QTRY_VERIFY(bar->text().startsWith(QStringLiteral("Time is not served on every address: ")));
    server.problems.clear();
    setup.daemon.tell(server, {.isWanted = true, .problems = {QStringLiteral("/etc/chain.pem: has expired")}});
    QTRY_COMPARE(
        bar->text(), QStringLiteral("Authenticated time is not served as it was set up: /etc/chain.pem: has expired"));
    QCOMPARE(bar->kind(), MessageBar::Kind::Error);
    setup.daemon.tell(daemon::ServerReport{.wish = daemon::ServingWish::Nobody});
    QTRY_VERIFY(!bar->isVisible());
}

void TestMainWindow::chartIsWalkedByKeyboard()
{
    WindowRig setup;
    QVERIFY(setup.daemon.start());
    setup.daemon.live(scene(QStringLiteral("synchronized")));
    const auto* history = setup.find<HistoryPanel>();
    QTRY_VERIFY(history->buffer().slotList().size() > 100);
    auto* chart = setup.find<HistoryChart>();
    QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(chart);
    QCOMPARE(spoken->role(), QAccessible::Chart);
    // 80 ms behind ten minutes ago, then 80 ms · exp(−t/12 s): a point leaves the span every two seconds.
    static const QRegularExpression highest(QStringLiteral(R"( and \+([0-9.]+) ms in the last 10 min\.$)"));
    const auto summary = [&] { return spoken->text(QAccessible::Description); };
    QTRY_VERIFY2(highest.match(summary()).hasMatch(), qPrintable(summary()));
    const double highestMs = highest.match(summary()).captured(1).toDouble();
    QVERIFY2(highestMs > 10.0 && highestMs < 68.0, qPrintable(summary()));
    QVERIFY2(summary().startsWith(QStringLiteral("Now: Offset ")), qPrintable(summary()));
    QCOMPARE(spoken->text(QAccessible::Value), QString());
    QVERIFY(QTest::qWaitForWindowActive(setup.window.get()));
    chart->setFocus();
    QTRY_VERIFY(chart->hasFocus());
    QTest::keyClick(chart, Qt::Key_Home);
    const QString first = spoken->text(QAccessible::Value);
    static const QRegularExpression firstPoint(QStringLiteral(R"(min ago, Offset \+[0-9.]+ ms, )"));
    QVERIFY2(first.contains(firstPoint), qPrintable(first));
    QTest::keyClick(chart, Qt::Key_Right);
    QVERIFY(spoken->text(QAccessible::Value) != first);
    QTest::keyClick(chart, Qt::Key_End);
    QVERIFY(spoken->text(QAccessible::Value).contains(QStringLiteral("µs")));
}

// Window, splitters, the table's columns and their order, and how far back the charts go.
void TestMainWindow::layoutIsRemembered()
{
    const auto splits = [](const WindowRig& setup) {
        QList<QList<int>> sizes;
        for (const QSplitter* splitter : setup.window->findChildren<QSplitter*>())
            sizes.append(splitter->sizes());
        return sizes;
    };
    QSize size;
    QList<QList<int>> chosen;
    {
        WindowRig setup;
        QVERIFY(setup.publish(QStringLiteral("synchronized")));
        QTRY_VERIFY(!setup.showsPlaceholder());
        setup.window->resize(785, 705);
        setup.find<HistoryPanel>()->setRangeSeconds(86'400.0);
        size = setup.window->size();
        for (QSplitter* splitter : setup.window->findChildren<QSplitter*>()) {
            const QList<int> usual = splitter->sizes();
            splitter->setSizes({usual.at(0) + 40, usual.at(1) - 40});
            QVERIFY(splitter->sizes() != usual);
        }
        chosen = splits(setup);
        QHeaderView* const header = setup.find<QTreeView>()->header();
        header->resizeSection(SourceModel::StratumColumn, 123);
        header->moveSection(header->visualIndex(SourceModel::DelayColumn), 1);
        header->setSortIndicator(SourceModel::OffsetColumn, Qt::DescendingOrder);
    }
    WindowRig setup;
    QVERIFY(setup.publish(QStringLiteral("synchronized")));
    QTRY_VERIFY(!setup.showsPlaceholder());
    QCOMPARE(setup.window->size(), size);
    QCOMPARE(setup.find<HistoryPanel>()->rangeSeconds(), 86'400.0);
    QTRY_COMPARE(splits(setup), chosen);
    const QHeaderView* const header = setup.find<QTreeView>()->header();
    QCOMPARE(header->sectionSize(SourceModel::StratumColumn), 123);
    QCOMPARE(header->visualIndex(SourceModel::DelayColumn), 1);
    QCOMPARE(header->sortIndicatorSection(), static_cast<int>(SourceModel::OffsetColumn));
    QCOMPARE(header->sortIndicatorOrder(), Qt::DescendingOrder);
}

void TestMainWindow::everythingIsReachedByKeyboard()
{
    WindowRig setup;
    QVERIFY(setup.publish(QStringLiteral("step-refused")));
    QTRY_COMPARE(setup.watch.status().remedy, ClockStatus::Remedy::StepClock);
    QVERIFY(QTest::qWaitForWindowActive(setup.window.get()));
    QSet<const QWidget*> reached;
    for (int presses = 0; presses < 50; ++presses) {
        QTest::keyClick(setup.window->windowHandle(), Qt::Key_Tab);
        reached.insert(QApplication::focusWidget());
    }
    for (const QWidget* widget : setup.window->findChildren<QWidget*>()) {
        // A viewport is its view's; of a label the mouse may choose words to copy.
        const bool takesFocus = widget->focusPolicy() != Qt::NoFocus && widget->focusProxy() == nullptr &&
                                qobject_cast<const QLabel*>(widget) == nullptr;
        if (widget->isVisible() && widget->isEnabled() && takesFocus)
            QVERIFY2(reached.contains(widget), widget->metaObject()->className());
    }
    QVERIFY(reached.contains(setup.find<StatusHeader>()->findChild<QPushButton*>()));
    // A button of the tool bar that takes no focus does what a key does.
    for (const QToolButton* button : setup.window->findChildren<QToolButton*>()) {
        if (button->isVisible() && button->focusPolicy() == Qt::NoFocus) {
            QVERIFY2(button->defaultAction() != nullptr, qPrintable(button->objectName()));
            QVERIFY2(!button->defaultAction()->shortcut().isEmpty(), qPrintable(button->text()));
        }
    }
    // Each line of the menu has a letter of its own.
    const auto* menu = setup.find<QMenu>();
    QVERIFY(menu->actions().size() > 5);
    QSet<QKeySequence> letters;
    for (const QAction* action : menu->actions()) {
        if (action->isSeparator())
            continue;
        const QKeySequence letter = QKeySequence::mnemonic(action->text());
        QVERIFY2(!letter.isEmpty() && !letters.contains(letter), qPrintable(action->text()));
        letters.insert(letter);
    }
}

void TestMainWindow::everyControlHasAName()
{
    WindowRig setup;
    QVERIFY(setup.publish(QStringLiteral("falseticker")));
    QTRY_VERIFY(!setup.showsPlaceholder());
    const QList<QWidget*> widgets = setup.window->findChildren<QWidget*>();
    for (QWidget* widget : widgets) {
        // A viewport speaks through its view.
        if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus || widget->focusProxy())
            continue;
        QAccessibleInterface* accessible = QAccessible::queryAccessibleInterface(widget);
        const QString name = accessible ? accessible->text(QAccessible::Name) : QString();
        QVERIFY2(!name.isEmpty(), qPrintable(QString::fromUtf8(widget->metaObject()->className())));
    }
}

QTEST_MAIN(TestMainWindow)
#include "test_main_window.moc"
