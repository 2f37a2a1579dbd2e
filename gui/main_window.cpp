// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/main_window.h"

#include "gui/chart_key.h"
#include "gui/clock_watch.h"
#include "gui/history_panel.h"
#include "gui/message_bar.h"
#include "gui/message_boxes.h"
#include "gui/panel.h"
#include "gui/placeholder_page.h"
#include "gui/problem_text.h"
#include "gui/selection_view.h"
#include "gui/service_requests.h"
#include "gui/serving_text.h"
#include "gui/source_details_dialog.h"
#include "gui/source_order.h"
#include "gui/source_table.h"
#include "gui/status_header.h"
#include "gui/tone.h"

#include <QAction>
#include <QClipboard>
#include <QCloseEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QMessageBox>
#include <QSettings>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolBar>
#include <QVBoxLayout>

#include <cmath>
#include <utility>

namespace foliot::gui {

namespace {

const QString geometryKey = QStringLiteral("window/geometry");
const QString rowsKey = QStringLiteral("window/rows");
const QString columnsKey = QStringLiteral("window/columns");
const QString tableKey = QStringLiteral("window/table");
const QString rangeKey = QStringLiteral("window/range");

constexpr int panelAir = 4;

// What a step may exceed what was agreed to: the clock drifts while the question stands.
constexpr double stepMarginSeconds = 1.0;
constexpr double stepMarginFactor = 1.1;

// Whether the service would step the clock: it steers one, and knows what to set it to.
bool mayStep(const bus::ClockData& clock)
{
    return clock.clockType != bus::ClockType::None && std::isfinite(clock.boundSeconds) &&
           clock.condition != bus::Condition::NoMajority && clock.condition != bus::Condition::TooFewSources;
}

} // namespace

MainWindow::MainWindow(ClockWatch& watch, QWidget* parent)
    : QMainWindow(parent)
    , m_watch(watch)
    , m_visibility(*this)
    , m_actions(*this)
    , m_order(new SourceOrder(this))
    , m_messages(new MessageBar(this))
    , m_problems(new MessageBar(this))
    , m_requests(new ServiceRequests(watch.client(), *m_messages, this))
    , m_header(new StatusHeader(this))
    , m_pages(new QStackedWidget(this))
    , m_placeholder(new PlaceholderPage(this))
{
    setWindowTitle(tr("Foliot"));
    setContextMenuPolicy(Qt::NoContextMenu);
    connect(&m_visibility, &VisibilityWatch::changed, this, &MainWindow::lookedAtChanged);
    // Before the views hear of it, so that it is known while they choose another row.
    connect(&watch.sources(), &QAbstractItemModel::rowsAboutToBeRemoved, this, [this] { m_rowsAreGoing = true; });
    connect(&watch.sources(), &QAbstractItemModel::rowsRemoved, this, [this] { m_rowsAreGoing = false; });
    m_order->setSourceModel(&watch.sources());
    connectActions();
    addToolBar(m_actions.makeToolBar(this));

    m_body = makeBody();
    m_pages->addWidget(m_body);
    m_pages->addWidget(m_placeholder);
    auto* centre = new QWidget(this);
    auto* layout = new QVBoxLayout(centre);
    layout->setContentsMargins(12, 8, 12, 12);
    layout->setSpacing(8);
    layout->addWidget(m_messages);
    layout->addWidget(m_problems);
    layout->addWidget(m_pages, 1);
    setCentralWidget(centre);

    connect(m_requests, &ServiceRequests::editWanted, this, &MainWindow::openAddDialog);
    connect(m_header, &StatusHeader::addSourceWanted, m_actions.add, &QAction::trigger);
    connect(m_placeholder, &PlaceholderPage::addSourceWanted, m_actions.add, &QAction::trigger);
    connect(m_header, &StatusHeader::stepClockWanted, m_actions.step, &QAction::trigger);
    connect(&watch, &ClockWatch::statusChanged, this, &MainWindow::showStatus);
    connect(&watch, &ClockWatch::clockChanged, this, &MainWindow::showAgreement);
    connect(&watch, &ClockWatch::clockChanged, this, &MainWindow::showProblems);
    connect(&watch.client(), &bus::Client::serverChanged, this, &MainWindow::showProblems);
    connect(&watch.client(), &bus::Client::serverChanged, this, &MainWindow::showServing);
    connect(&watch.sources(), &QAbstractItemModel::rowsRemoved, this, &MainWindow::updateActions);
    connect(&watch.sources(), &QAbstractItemModel::modelReset, this, &MainWindow::updateActions);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &MainWindow::updateActions);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& row) {
        // Only what the user chooses is followed, not the row that takes the place of one that went.
        if (m_detailsDialog && row.isValid() && !m_rowsAreGoing)
            m_detailsDialog->setSource(SourceTable::sourceIdOf(row));
    });

    restoreLayout();
    showStatus();
    showAgreement();
    showProblems();
    updateActions();
}

MainWindow::~MainWindow()
{
    saveLayout();
}

void MainWindow::connectActions()
{
    connect(m_actions.add, &QAction::triggered, this, [this] { openAddDialog(); });
    connect(m_actions.remove, &QAction::triggered, this, [this] { m_requests->removeSources(m_table->selectedIds()); });
    connect(m_actions.details, &QAction::triggered, this, &MainWindow::openDetails);
    connect(m_actions.refresh, &QAction::triggered, m_requests, &ServiceRequests::refresh);
    connect(m_actions.step, &QAction::triggered, this, &MainWindow::confirmStep);
    connect(m_actions.serve, &QAction::triggered, this, [this](bool isWanted) {
        showServing(); // the mark is there once it is true
        m_requests->setServing(isWanted);
    });
    connect(m_actions.copy, &QAction::triggered, this,
        [this] { QGuiApplication::clipboard()->setText(m_table->selectedText()); });
    connect(m_actions.about, &QAction::triggered, this, &MainWindow::showAbout);
    connect(m_actions.close, &QAction::triggered, this, &QWidget::close);
    connect(m_actions.quit, &QAction::triggered, this, &MainWindow::quitWanted);
}

QWidget* MainWindow::makeBody()
{
    m_selection = new SelectionView(this);
    m_selection->setFrameShape(QFrame::NoFrame);
    auto* picture = new Panel(tr("Agreement"), this);
    picture->addToHeadingIfRoom(new ChartKey(
        ChartKey::Shape::DashedLine, [](const QPalette& colors) { return secondaryText(colors); }, tr("this clock"),
        picture));
    // With the edges that it has in the picture: a dark patch on dark is not seen.
    picture->addToHeadingIfRoom(new ChartKey(
        ChartKey::Shape::Patch,
        [](const QPalette& colors) { return mixed(colors.color(QPalette::Base), toneColor(Tone::Good, colors), 0.35); },
        tr("agreed by the majority"), picture,
        [](const QPalette& colors) { return faded(toneColor(Tone::Good, colors), 0.7); }));
    picture->addContent(m_selection);
    m_history = new HistoryPanel(m_watch, this);

    m_columns = new QSplitter(Qt::Horizontal, this);
    m_columns->addWidget(picture);
    m_columns->addWidget(m_history);
    m_rows = new QSplitter(Qt::Vertical, this);
    m_rows->addWidget(m_columns);
    m_rows->addWidget(makeTable());
    // Air belongs to the panels, not to the handles: some styles draw a wide handle as a bar.
    picture->setContentsMargins(0, 0, panelAir, panelAir);
    m_history->setContentsMargins(panelAir, 0, 0, panelAir);
    for (QSplitter* splitter : {m_columns, m_rows})
        splitter->setChildrenCollapsible(false);
    m_columns->setStretchFactor(0, 1);
    m_columns->setStretchFactor(1, 1);
    m_rows->setStretchFactor(0, 3);
    m_rows->setStretchFactor(1, 2);

    m_selection->setModel(m_order);
    m_selection->setSelectionModel(m_table->selectionModel());

    auto* body = new QWidget(this);
    auto* layout = new QVBoxLayout(body);
    layout->setContentsMargins({});
    layout->setSpacing(10);
    layout->addWidget(m_header);
    layout->addWidget(m_rows, 1);
    return body;
}

QWidget* MainWindow::makeTable()
{
    m_table = new SourceTable(this);
    m_table->setModel(m_order);
    m_table->fitColumns();
    for (QAbstractItemView* view :
        {static_cast<QAbstractItemView*>(m_table), static_cast<QAbstractItemView*>(m_selection)}) {
        view->setContextMenuPolicy(Qt::CustomContextMenu);
        connect(view, &QWidget::customContextMenuRequested, this,
            [this, view](const QPoint& place) { showMenu(view->viewport()->mapToGlobal(place)); });
        // Not activated(): where one click activates, every choice of a row would open the dialog.
        connect(view, &QAbstractItemView::doubleClicked, m_actions.details, &QAction::trigger);
        for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Enter})
            new QShortcut(key, view, m_actions.details, &QAction::trigger, Qt::WidgetShortcut);
    }
    auto* panel = new Panel(tr("Sources"), this);
    panel->setContentsMargins(0, panelAir, 0, 0);
    panel->addContent(m_table);
    return panel;
}

void MainWindow::restoreLayout()
{
    const QSettings settings;
    resize(QSize(m_table->header()->length() + fontMetrics().averageCharWidth() * 10, fontMetrics().height() * 44));
    m_rows->setSizes({300, 200});
    restoreGeometry(settings.value(geometryKey).toByteArray());
    m_columns->restoreState(settings.value(columnsKey).toByteArray());
    m_rows->restoreState(settings.value(rowsKey).toByteArray());
    m_table->restoreColumns(settings.value(tableKey).toByteArray());
    m_history->setRangeSeconds(settings.value(rangeKey, m_history->rangeSeconds()).toDouble());
}

void MainWindow::saveLayout() const
{
    QSettings settings;
    settings.setValue(geometryKey, saveGeometry());
    settings.setValue(columnsKey, m_columns->saveState());
    settings.setValue(rowsKey, m_rows->saveState());
    settings.setValue(tableKey, m_table->header()->saveState());
    settings.setValue(rangeKey, m_history->rangeSeconds());
}

void MainWindow::showStatus()
{
    const ClockStatus& status = m_watch.status();
    const bool hasPicture = status.hasService && !status.isEmpty;
    if (hasPicture)
        m_header->setStatus(status);
    else
        m_placeholder->setStatus(status);
    m_pages->setCurrentWidget(hasPicture ? m_body : m_placeholder);
    // Numbers of a service that has fallen silent stay to be read, but grey.
    m_rows->setEnabled(!status.isStale);
    updateActions();
}

void MainWindow::showAgreement()
{
    const bus::ClockData& clock = m_watch.client().clock();
    m_selection->setAgreement(clock.hasAgreement
                                  ? std::optional(OffsetRange{clock.agreementLowSeconds, clock.agreementHighSeconds})
                                  : std::nullopt);
}

void MainWindow::showProblems()
{
    const bus::ClockData& clock = m_watch.client().clock();
    const bus::ServerData& server = m_watch.client().server();
    const bus::NtsServerData& ntsServer = m_watch.client().ntsServer();
    const QString text = problemText(clock, server, ntsServer);
    if (text == std::exchange(m_shownProblems, text))
        return;
    if (text.isEmpty())
        m_problems->dismiss();
    else
        m_problems->show(clock.configurationProblem.isEmpty() && clock.stateProblem.isEmpty() &&
                                 server.problems.isEmpty() && ntsServer.problems.isEmpty()
                             ? MessageBar::Kind::Information
                             : MessageBar::Kind::Error,
            text);
}

void MainWindow::updateActions()
{
    const ClockStatus& status = m_watch.status();
    const bool isReachable = status.hasService && !status.isStale;
    const bool hasSelection = m_table->selectionModel()->hasSelection();
    const bus::ClockData& clock = m_watch.client().clock();
    m_actions.add->setEnabled(isReachable);
    m_actions.refresh->setEnabled(isReachable && !m_watch.sources().sources().isEmpty());
    m_actions.remove->setEnabled(isReachable && hasSelection);
    m_actions.copy->setEnabled(hasSelection);
    m_actions.details->setEnabled(hasSelection);
    m_actions.serve->setEnabled(isReachable);
    showServing();
    m_actions.step->setEnabled(isReachable && mayStep(clock));
}

void MainWindow::showServing()
{
    const bus::ServerData& server = m_watch.client().server();
    m_actions.serve->setChecked(server.isWanted());
    m_actions.serve->setToolTip(servingText(server, m_watch.client().ntsServer()));
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    saveLayout();
    event->accept();
    Q_EMIT closed();
}

void MainWindow::present()
{
    if (isMinimized())
        setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

void MainWindow::openAddDialog(const SourceRequest& start)
{
    if (!m_actions.add->isEnabled())
        return;
    auto* dialog = new AddSourceDialog(start, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, m_requests,
        [this, dialog] { m_requests->addSource(dialog->request(), dialog->serverText()); });
    dialog->open();
}

void MainWindow::openDetails()
{
    const std::optional<quint32> id = m_table->currentId();
    if (!id)
        return;
    if (!m_detailsDialog) {
        // Beside the window, not in its way: it follows the rows that are chosen there.
        m_detailsDialog = new SourceDetailsDialog(m_watch, this);
        m_detailsDialog->setAttribute(Qt::WA_DeleteOnClose);
    }
    m_detailsDialog->setSource(*id);
    m_detailsDialog->show();
    m_detailsDialog->raise();
    m_detailsDialog->activateWindow();
}

void MainWindow::confirmStep()
{
    const bus::ClockData& clock = m_watch.client().clock();
    const double step = clock.condition == bus::Condition::StepRefused ? clock.refusedStepSeconds : clock.offsetSeconds;
    QMessageBox* question = stepQuestion(step, this);
    // What was agreed to is the most that may happen, whatever the sources say meanwhile.
    const double limit = std::abs(step) * stepMarginFactor + stepMarginSeconds;
    connect(question, &QMessageBox::accepted, this, [this, limit] { m_requests->stepClock(limit); });
    question->open();
}

void MainWindow::showMenu(const QPoint& onScreen)
{
    auto* menu = m_actions.makeContextMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->popup(onScreen);
}

void MainWindow::showAbout()
{
    aboutBox(m_watch.client().clock().version, this)->open();
}

} // namespace foliot::gui
