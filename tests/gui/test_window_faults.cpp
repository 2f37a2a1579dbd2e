// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// FAULTS row 84: a daemon that is absent, restarts, sends a million points, not-a-numbers and markup. The window neither
// freezes nor believes it, and shows text as text. (A daemon that hangs: test_main_window; a million points in one chart:
// test_history_chart.)

#include "bus/client/boottime.h"
#include "gui/clock_watch.h"
#include "gui/history_chart.h"
#include "gui/history_panel.h"
#include "gui/hostile_daemon.h"
#include "gui/main_window.h"
#include "gui/placeholder_page.h"
#include "gui/published_scene.h"
#include "gui/selection_view.h"
#include "gui/source_details_dialog.h"
#include "gui/source_order.h"
#include "gui/window_rig.h"
#include "support/private_session_bus.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QLabel>
#include <QRegularExpression>
#include <QTest>
#include <QTreeView>

#include <limits>

using namespace foliot;
using namespace foliot::gui;
using namespace foliot::tests;

namespace {

const QString markup = QStringLiteral("<h1>huge</h1><img src='file:///etc/passwd'>\u202E\n&amp;");

class Setup {
public:
    Setup()
        : client({.kind = bus::BusKind::Session, .address = bus.address()})
        , watch(client, bus::BusKind::Session)
        , window(std::make_unique<MainWindow>(watch))
        , rows(&watch.sources(), QAbstractItemModelTester::FailureReportingMode::QtTest)
        , order(window->findChild<SourceOrder*>(), QAbstractItemModelTester::FailureReportingMode::QtTest)
    {
        QObject::connect(window.get(), &MainWindow::lookedAtChanged, &watch, &ClockWatch::setLookedAt);
        window->show();
        client.start();
    }

    // Everything that is written in the window and its dialogs, and spoken by a screen reader.
    QStringList texts() const
    {
        QStringList result{window->windowTitle()};
        const QList<QWidget*> widgets = window->findChildren<QWidget*>();
        for (QWidget* widget : widgets) {
            QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(widget);
            if (!spoken)
                continue;
            for (const QAccessible::Text kind : {QAccessible::Name, QAccessible::Description, QAccessible::Value})
                result << spoken->text(kind);
        }
        const QAbstractItemModel* model = window->findChild<QTreeView*>()->model();
        for (int row = 0; row < model->rowCount(); ++row) {
            for (int column = 0; column < model->columnCount(); ++column) {
                for (const int role : {static_cast<int>(Qt::DisplayRole), static_cast<int>(Qt::AccessibleTextRole)})
                    result << model->index(row, column).data(role).toString();
            }
        }
        return result;
    }

    PrivateSessionBus bus;
    bus::Client client;
    ClockWatch watch;
    std::unique_ptr<MainWindow> window;
    QAbstractItemModelTester rows;
    QAbstractItemModelTester order;
};

} // namespace

class TestWindowFaults : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void restartingDaemonIsFollowed_84();
    void numbersThatAreNoneAreDashes_84_data();
    void numbersThatAreNoneAreDashes_84();
    void markupIsText_84();
    void hugePastIsDrawnInFewPoints_84();
};

void TestWindowFaults::initTestCase()
{
    if (!prepareWindowTests())
        QSKIP("no dbus-daemon");
}

void TestWindowFaults::restartingDaemonIsFollowed_84()
{
    Setup setup;
    PublishedScene daemon(setup.bus.address());
    const auto* history = setup.window->findChild<HistoryPanel*>();
    const auto* page = setup.window->findChild<PlaceholderPage*>();
    for (const char* name : {"falseticker", "pool", "no-majority", "starting", "synchronized", "holdover"}) {
        QTRY_VERIFY(page->isVisible());
        QCOMPARE(setup.watch.sources().rowCount(), 0);
        QVERIFY(history->buffer().slotList().isEmpty());
        const Scene shown = scene(QString::fromUtf8(name));
        daemon.show(shown);
        QVERIFY(daemon.start());
        QTRY_VERIFY(!page->isVisible());
        QCOMPARE(setup.watch.sources().rowCount(), static_cast<int>(shown.sources.size()));
        setup.window->findChild<QTreeView*>()->selectAll();
        daemon.stop();
    }
    QTRY_COMPARE(setup.watch.status().headline, QStringLiteral("The Foliot service is not running"));
}

void TestWindowFaults::numbersThatAreNoneAreDashes_84_data()
{
    QTest::addColumn<double>("number");
    QTest::newRow("not a number") << std::numeric_limits<double>::quiet_NaN();
    QTest::newRow("infinity") << std::numeric_limits<double>::infinity();
    QTest::newRow("minus infinity") << -std::numeric_limits<double>::infinity();
    QTest::newRow("the largest") << std::numeric_limits<double>::max();
    QTest::newRow("the smallest") << std::numeric_limits<double>::denorm_min();
}

void TestWindowFaults::numbersThatAreNoneAreDashes_84()
{
    QFETCH(double, number);
    Setup setup;
    HostileDaemon daemon(setup.bus.address());
    daemon.name = QStringLiteral("server");
    daemon.number = number;
    const quint64 now = bus::boottimeUSec();
    for (quint64 second = 0; second < 100; ++second) {
        daemon.past.append({.boottimeUSec = now - second * 1'000'000,
            .offsetSeconds = second % 2 == 0 ? number : 0.001,
            .uncertaintySeconds = number,
            .boundSeconds = number,
            .jitterSeconds = number,
            .frequencyPpm = number});
    }
    QVERIFY(daemon.start());
    QTRY_COMPARE(setup.watch.sources().rowCount(), 3);
    QTRY_VERIFY(daemon.historyCalls > 0);
    QTRY_VERIFY(!setup.window->findChild<HistoryPanel*>()->buffer().slotList().isEmpty());
    setup.window->findChild<QTreeView*>()->selectAll();
    setup.window->openDetails();
    // It can be drawn, and nothing anywhere reads as a number that is none.
    QVERIFY(!setup.window->grab().isNull());
    QVERIFY(!setup.window->findChild<SourceDetailsDialog*>()->grab().isNull());
    QStringList texts = setup.texts();
    texts << setup.window->findChild<SourceDetailsDialog*>()->text();
    for (const QString& text : std::as_const(texts)) {
        static const QRegularExpression none(
            QStringLiteral("\\b(nan|inf|e\\+[0-9]+)\\b"), QRegularExpression::CaseInsensitiveOption);
        QVERIFY2(!none.match(text).hasMatch(), qPrintable(text));
    }
    // With a sane daemon in its place the picture is sane again.
    daemon.stop();
    QTRY_COMPARE(setup.watch.sources().rowCount(), 0);
    PublishedScene sane(setup.bus.address());
    sane.show(scene(QStringLiteral("synchronized")));
    QVERIFY(sane.start());
    QTRY_VERIFY(setup.watch.status().headline.startsWith(QStringLiteral("Synchronized: within ")));
    const auto* picture = setup.window->findChild<SelectionView*>();
    QTRY_VERIFY(picture->xOf(0.000'5) > picture->xOf(0.0) + 5.0 && picture->xOf(0.000'5) < picture->plotRight());
}

void TestWindowFaults::markupIsText_84()
{
    Setup setup;
    HostileDaemon daemon(setup.bus.address());
    daemon.name = markup;
    daemon.number = 0.001;
    QVERIFY(daemon.start());
    QTRY_COMPARE(setup.watch.sources().rowCount(), 3);
    setup.window->findChild<QTreeView*>()->selectAll();
    setup.window->openDetails();
    const auto* details = setup.window->findChild<SourceDetailsDialog*>();
    QVERIFY(details->text().contains(QStringLiteral("<h1>huge</h1>")));
    QVERIFY(!details->text().contains(QChar(0x202e)));
    // No label takes it for markup, and it stays on its line.
    const QList<QLabel*> labels = setup.window->findChildren<QLabel*>();
    for (const QLabel* label : labels)
        QVERIFY2(label->textFormat() == Qt::PlainText || !label->text().contains(QLatin1Char('<')),
            qPrintable(label->text()));
    const QStringList texts = setup.texts();
    for (const QString& text : texts)
        QVERIFY2(!text.contains(QChar(0x202e)), qPrintable(text));
    // A tooltip is markup, so there it is escaped.
    const QAbstractItemModel* model = setup.window->findChild<QTreeView*>()->model();
    for (int column = 0; column < model->columnCount(); ++column) {
        const QString tip = model->index(0, column).data(Qt::ToolTipRole).toString();
        QVERIFY2(!tip.contains(QStringLiteral("<h1>")) && !tip.contains(QStringLiteral("<img")), qPrintable(tip));
    }
    QVERIFY(!setup.window->grab().isNull());
}

void TestWindowFaults::hugePastIsDrawnInFewPoints_84()
{
    Setup setup;
    HostileDaemon daemon(setup.bus.address());
    daemon.name = QStringLiteral("server");
    daemon.number = 0.001;
    // A million would be more than a message of the bus may hold; a hundred times what was asked for is ill-mannered enough.
    const quint64 now = bus::boottimeUSec();
    for (quint64 point = 0; point < 100ULL * HistoryBuffer::slotCount; ++point) {
        daemon.past.append({.boottimeUSec = now - point * 15'000,
            .offsetSeconds = 0.001 * static_cast<double>(point % 7),
            .uncertaintySeconds = 0.01,
            .boundSeconds = 0.02,
            .jitterSeconds = 0.001,
            .frequencyPpm = 0.0});
    }
    QVERIFY(daemon.start());
    const auto* history = setup.window->findChild<HistoryPanel*>();
    QTRY_VERIFY(history->buffer().slotList().size() > HistoryBuffer::slotCount / 2);
    QVERIFY(history->buffer().slotList().size() <= HistoryBuffer::slotCount + 1);
    QTRY_VERIFY(history->offsetChart().pointCount() > HistoryBuffer::slotCount);
    QVERIFY(history->offsetChart().pointCount() <= 6 * (HistoryBuffer::slotCount + 1));
}

QTEST_MAIN(TestWindowFaults)
#include "test_window_faults.moc"
