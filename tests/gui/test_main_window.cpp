// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/clock_watch.h"
#include "gui/history_chart.h"
#include "gui/history_panel.h"
#include "gui/main_window.h"
#include "gui/message_bar.h"
#include "gui/placeholder_page.h"
#include "gui/published_scene.h"
#include "gui/selection_view.h"
#include "gui/source_details_dialog.h"
#include "gui/source_order.h"
#include "gui/status_header.h"
#include "support/child_process.h"
#include "support/private_session_bus.h"

#include <QAccessible>
#include <QAction>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

#include <signal.h>

using namespace foliot;
using namespace foliot::gui;
using namespace foliot::tests;

namespace {

// The real window over a real bus, and the daemon's publisher at the other end.
class Setup {
public:
    Setup()
        : daemon(bus.address())
        , client(daemon.choice())
        , watch(client, bus::BusKind::Session)
        , window(std::make_unique<MainWindow>(watch))
    {
        QObject::connect(window.get(), &MainWindow::lookedAtChanged, &watch, &ClockWatch::setLookedAt);
        window->show();
        client.start();
    }

    bool publish(const QString& name)
    {
        daemon.show(scene(name));
        return daemon.start() && QTest::qWaitFor([&] { return client.isAvailable(); });
    }

    template<typename Widget>
    Widget* find() const
    {
        return window->findChild<Widget*>();
    }
    QAction* action(const QString& text) const
    {
        const QList<QAction*> actions = window->findChildren<QAction*>();
        const auto found = std::ranges::find_if(actions, [&](QAction* action) { return action->text() == text; });
        return found == actions.end() ? nullptr : *found;
    }
    bool showsPlaceholder() const { return find<PlaceholderPage>()->isVisible(); }
    QString message() const { return find<MessageBar>()->isVisible() ? find<MessageBar>()->text() : QString(); }

    PrivateSessionBus bus;
    PublishedScene daemon;
    bus::Client client;
    ClockWatch watch;
    std::unique_ptr<MainWindow> window;
};

} // namespace

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
    void chartsKnowThePast();
    void hiddenWindowDrawsNothing();
    void sourceIsAddedThroughTheDialog();
    void refusalStandsInTheMessageBar();
    void problemsOfTheServiceAreShownUntilTheyEnd();
    void removedSourceCanBeBroughtBack();
    void severalRemovedSourcesComeBackTogether();
    void withoutSourcesTheWindowOffersToAddOne();
    void detailsFollowTheChosenRow();
    void detailsOutliveTheirSourceButShowNothingOfIt();
    void chartIsWalkedByKeyboard();
    void stepIsConfirmedAndLimited();
    void copiedRowsArePlainText();
    void layoutIsRemembered();
    void markupFromTheBusIsText();
    void everythingIsReachedByKeyboard();
    void everyControlHasAName();
};

void TestMainWindow::initTestCase()
{
    QCoreApplication::setOrganizationName(QStringLiteral("foliot-tests"));
    QSettings::setDefaultFormat(QSettings::IniFormat);
    static const QTemporaryDir settings;
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings.path());
    const PrivateSessionBus bus;
    if (bus.address().isEmpty())
        QSKIP("no dbus-daemon");
}

void TestMainWindow::absentDaemonIsSaidAndItsComingIsNoticed()
{
    Setup setup;
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
    Setup setup;
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
    Setup setup;
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
    Setup setup;
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

void TestMainWindow::chartsKnowThePast()
{
    Setup setup;
    QVERIFY(setup.daemon.start());
    setup.daemon.live(scene(QStringLiteral("synchronized")));
    const auto* history = setup.find<HistoryPanel>();
    QTRY_VERIFY(history->buffer().slotList().size() > 100);
    QTRY_VERIFY(history->offsetChart().pointCount() > 100);
}

void TestMainWindow::hiddenWindowDrawsNothing()
{
    Setup setup;
    QVERIFY(setup.publish(QStringLiteral("synchronized")));
    QTRY_VERIFY(setup.watch.isLookedAt());
    setup.window->hide();
    QTRY_VERIFY(!setup.watch.isLookedAt());
    const auto* history = setup.find<HistoryPanel>();
    const quint64 before = history->offsetChart().drawings();
    const QSignalSpy news(&setup.client, &bus::Client::clockChanged);
    setup.daemon.show(scene(QStringLiteral("falseticker")));
    QTRY_VERIFY(!news.isEmpty());
    QCOMPARE(history->offsetChart().drawings(), before);
    setup.window->show();
    QTRY_VERIFY(history->offsetChart().drawings() > before);
    setup.window->showMinimized();
    QTRY_VERIFY(!setup.watch.isLookedAt());
    setup.window->present();
    QTRY_VERIFY(setup.watch.isLookedAt());
}

void TestMainWindow::sourceIsAddedThroughTheDialog()
{
    Setup setup;
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

void TestMainWindow::refusalStandsInTheMessageBar()
{
    Setup setup;
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

void TestMainWindow::problemsOfTheServiceAreShownUntilTheyEnd()
{
    Setup setup;
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
    setup.daemon.tell({.clockType = config::ClockType::Simulated});
    QTRY_VERIFY(!bar->isVisible());
}

void TestMainWindow::removedSourceCanBeBroughtBack()
{
    Setup setup;
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

void TestMainWindow::severalRemovedSourcesComeBackTogether()
{
    Setup setup;
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

void TestMainWindow::withoutSourcesTheWindowOffersToAddOne()
{
    Setup setup;
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

void TestMainWindow::detailsFollowTheChosenRow()
{
    Setup setup;
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
        liar.startsWith(QStringLiteral("wrong.example.org\nWrong time: Its time cannot be right")), qPrintable(liar));
    for (const char* line :
        {"\nStratum\t1\n", "\nReference\tGPS\n", "\nTimestamps\tby the kernel\n", "\nAnswered\t38 of 40 queries\n",
            "\nRecently\t8 of the last 8 queries\n", "\nIt alone says\toffset +40.1 ms, delay 1.40 ms\n"})
        QVERIFY2(liar.contains(QString::fromUtf8(line)), line);
    table->setCurrentIndex(table->model()->index(0, 0));
    QVERIFY(dialog->text().startsWith(QStringLiteral("ntp1.example.org\nSelected: ")));
    // The same dialog again, not another one.
    setup.window->openDetails();
    QCOMPARE(setup.window->findChildren<SourceDetailsDialog*>().size(), 1);
}

void TestMainWindow::detailsOutliveTheirSourceButShowNothingOfIt()
{
    Setup setup;
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

void TestMainWindow::chartIsWalkedByKeyboard()
{
    Setup setup;
    QVERIFY(setup.daemon.start());
    setup.daemon.live(scene(QStringLiteral("synchronized")));
    const auto* history = setup.find<HistoryPanel>();
    QTRY_VERIFY(history->buffer().slotList().size() > 100);
    auto* chart = setup.find<HistoryChart>();
    QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(chart);
    QCOMPARE(spoken->role(), QAccessible::Chart);
    // 80 ms behind ten minutes ago, and two seconds later 80 ms · exp(−2/12).
    const auto summary = [&] { return spoken->text(QAccessible::Description); };
    QTRY_VERIFY2(summary().endsWith(QStringLiteral(" and +67.7 ms in the last 10 min.")), qPrintable(summary()));
    QVERIFY2(summary().startsWith(QStringLiteral("Now: Offset ")), qPrintable(summary()));
    QCOMPARE(spoken->text(QAccessible::Value), QString());
    QVERIFY(QTest::qWaitForWindowActive(setup.window.get()));
    chart->setFocus();
    QTRY_VERIFY(chart->hasFocus());
    QTest::keyClick(chart, Qt::Key_Home);
    const QString first = spoken->text(QAccessible::Value);
    QVERIFY2(first.contains(QStringLiteral("min ago, Offset +67.7 ms, ")), qPrintable(first));
    QTest::keyClick(chart, Qt::Key_Right);
    QVERIFY(spoken->text(QAccessible::Value) != first);
    QTest::keyClick(chart, Qt::Key_End);
    QVERIFY(spoken->text(QAccessible::Value).contains(QStringLiteral("µs")));
}

void TestMainWindow::stepIsConfirmedAndLimited()
{
    Setup setup;
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

void TestMainWindow::copiedRowsArePlainText()
{
    Setup setup;
    QVERIFY(setup.publish(QStringLiteral("falseticker")));
    auto* table = setup.find<QTreeView>();
    QTRY_COMPARE(table->model()->rowCount(), 5);
    table->selectAll();
    setup.action(QStringLiteral("&Copy"))->trigger();
    const QStringList lines = QGuiApplication::clipboard()->text().split(QLatin1Char('\n'));
    QCOMPARE(lines.size(), 5);
    QVERIFY(
        lines.constFirst().startsWith(QStringLiteral("Selected\tntp1.example.org\t192.0.2.11\t1\t8 of the last 8")));
}

void TestMainWindow::layoutIsRemembered()
{
    QSize size;
    {
        Setup setup;
        setup.window->resize(755, 611);
        setup.find<HistoryPanel>()->setRangeSeconds(86'400.0);
        size = setup.window->size();
    }
    Setup setup;
    QCOMPARE(setup.window->size(), size);
    QCOMPARE(setup.find<HistoryPanel>()->rangeSeconds(), 86'400.0);
}

void TestMainWindow::markupFromTheBusIsText()
{
    Setup setup;
    Scene hostile = scene(QStringLiteral("synchronized"));
    for (auto& [id, info] : hostile.sources)
        info.name = QStringLiteral("<h1>huge</h1>\n\u202E<img src='file:///etc/passwd'>");
    setup.daemon.show(hostile);
    QVERIFY(setup.daemon.start());
    QTRY_COMPARE(setup.find<QTreeView>()->model()->rowCount(), 5);
    QTRY_VERIFY(setup.watch.status().facts.contains(QStringLiteral("<h1>huge</h1>\\u{000a}\\u{202e}<img")));
    // Nowhere does a label guess.
    const QList<QLabel*> labels = setup.window->findChildren<QLabel*>();
    for (const QLabel* label : labels)
        QVERIFY2(label->textFormat() == Qt::PlainText || !label->text().contains(QLatin1Char('<')),
            qPrintable(label->text()));
    QVERIFY(!setup.window->grab().isNull());
}

void TestMainWindow::everythingIsReachedByKeyboard()
{
    Setup setup;
    QVERIFY(setup.publish(QStringLiteral("step-refused")));
    QTRY_COMPARE(setup.watch.status().remedy, ClockStatus::Remedy::StepClock);
    QSet<QWidget*> reached;
    for (QWidget* widget = setup.window->nextInFocusChain(); widget != setup.window.get();
        widget = widget->nextInFocusChain()) {
        if (widget->isVisible() && (widget->focusPolicy() & Qt::TabFocus) != 0)
            reached.insert(widget);
    }
    QVERIFY(reached.contains(setup.find<QTreeView>()));
    QVERIFY(reached.contains(setup.find<SelectionView>()));
    QVERIFY(reached.contains(setup.find<HistoryChart>()));
    QVERIFY(reached.contains(setup.find<StatusHeader>()->findChild<QPushButton*>()));
    for (const char* text : {"&Add Source…", "&Remove", "&Details", "Re&fresh Now", "&Copy", "&Quit"})
        QVERIFY2(!setup.action(QString::fromUtf8(text))->shortcut().isEmpty(), text);
}

void TestMainWindow::everyControlHasAName()
{
    Setup setup;
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
