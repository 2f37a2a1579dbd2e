// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/main_window.h"

#include "bus/names.h"
#include "gui/chart_key.h"
#include "gui/clock_watch.h"
#include "gui/format.h"
#include "gui/history_panel.h"
#include "gui/message_bar.h"
#include "gui/panel.h"
#include "gui/placeholder_page.h"
#include "gui/plain_text.h"
#include "gui/reach_delegate.h"
#include "gui/selection_view.h"
#include "gui/source_order.h"
#include "gui/status_header.h"
#include "gui/symbolic_icon.h"
#include "gui/tone.h"
#include "gui/verdict_text.h"

#include <QAction>
#include <QClipboard>
#include <QCloseEvent>
#include <QDBusPendingCallWatcher>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolBar>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>
#include <QWindow>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace foliot::gui {

namespace {

const QString geometryKey = QStringLiteral("window/geometry");
const QString rowsKey = QStringLiteral("window/rows");
const QString columnsKey = QStringLiteral("window/columns");
const QString tableKey = QStringLiteral("window/table");
const QString rangeKey = QStringLiteral("window/range");

// What fills a column at its widest, as long as nobody changes the width.
constexpr std::array columnSamples{"Only watched xx", "time.example.org", "198.51.100.100:10123", "Stratum x", "",
    "Interval x", "+999 ms xx", "999 ms xx", "999 ms xx", "Last answer xx"};
static_assert(columnSamples.size() == SourceModel::ColumnCount);

constexpr int panelAir = 4;

// What a step may exceed what was agreed to: the clock drifts while the question stands.
constexpr double stepMarginSeconds = 1.0;
constexpr double stepMarginFactor = 1.1;

} // namespace

MainWindow::MainWindow(ClockWatch& watch, QWidget* parent)
    : QMainWindow(parent)
    , m_watch(watch)
    , m_order(new SourceOrder(this))
    , m_messages(new MessageBar(this))
    , m_problems(new MessageBar(this))
    , m_header(new StatusHeader(this))
    , m_pages(new QStackedWidget(this))
    , m_placeholder(new PlaceholderPage(this))
{
    setWindowTitle(tr("Foliot"));
    setContextMenuPolicy(Qt::NoContextMenu);
    m_order->setSourceModel(&watch.sources());
    makeActions();
    makeToolBar();

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

    connect(m_header, &StatusHeader::addSourceWanted, m_add, &QAction::trigger);
    connect(m_header, &StatusHeader::stepClockWanted, m_step, &QAction::trigger);
    connect(&watch, &ClockWatch::statusChanged, this, &MainWindow::showStatus);
    connect(&watch, &ClockWatch::clockChanged, this, &MainWindow::showAgreement);
    connect(&watch, &ClockWatch::clockChanged, this, &MainWindow::showProblems);
    connect(&watch.sources(), &QAbstractItemModel::rowsRemoved, this, &MainWindow::updateActions);
    connect(&watch.sources(), &QAbstractItemModel::modelReset, this, &MainWindow::updateActions);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &MainWindow::updateActions);

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

void MainWindow::makeActions()
{
    const auto make = [this](const QString& icon, const QString& text, const QKeySequence& keys) {
        auto* action = new QAction(themeIcon(icon), text, this);
        action->setShortcut(keys);
        QMainWindow::addAction(action);
        return action;
    };
    m_add = make(QStringLiteral("list-add"), tr("&Add Source…"), QKeySequence::New);
    m_remove = make(QStringLiteral("list-remove"), tr("&Remove"), QKeySequence::Delete);
    m_refresh = make(QStringLiteral("view-refresh"), tr("Re&fresh Now"), QKeySequence::Refresh);
    m_step = make(QStringLiteral("clock"), tr("&Step Clock…"), {});
    m_copy = make(QStringLiteral("edit-copy"), tr("&Copy"), QKeySequence::Copy);
    m_about = make(QStringLiteral("help-about"), tr("A&bout Foliot"), {});
    m_close = make(QStringLiteral("window-close"), tr("C&lose Window"), QKeySequence::Close);
    m_quit = make(QStringLiteral("application-exit"), tr("&Quit"), QKeySequence(Qt::CTRL | Qt::Key_Q));
    m_refresh->setToolTip(tr("Ask all sources for the time now"));
    m_step->setToolTip(tr("Correct the clock at once instead of gradually"));

    connect(m_add, &QAction::triggered, this, [this] { openAddDialog(); });
    connect(m_remove, &QAction::triggered, this, &MainWindow::removeSelected);
    connect(m_refresh, &QAction::triggered, this, &MainWindow::refresh);
    connect(m_step, &QAction::triggered, this, &MainWindow::confirmStep);
    connect(m_copy, &QAction::triggered, this, &MainWindow::copySelected);
    connect(m_about, &QAction::triggered, this, &MainWindow::showAbout);
    connect(m_close, &QAction::triggered, this, &QWidget::close);
    connect(m_quit, &QAction::triggered, this, &MainWindow::quitWanted);
}

void MainWindow::makeToolBar()
{
    auto* bar = new QToolBar(tr("Tools"), this);
    bar->setObjectName(QStringLiteral("tools"));
    bar->setMovable(false);
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    const int iconSize = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, bar);
    bar->setIconSize(QSize(iconSize, iconSize));
    bar->addAction(m_add);
    bar->addAction(m_remove);
    bar->addAction(m_refresh);

    auto* space = new QWidget(bar);
    space->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addWidget(space);

    auto* menu = new QMenu(this);
    menu->addAction(m_copy);
    menu->addAction(m_step);
    menu->addSeparator();
    menu->addAction(m_about);
    menu->addSeparator();
    menu->addAction(m_close);
    menu->addAction(m_quit);
    auto* more = new QToolButton(bar);
    more->setIcon(themeIcon(QStringLiteral("application-menu")));
    more->setToolTip(tr("Menu"));
    more->setAccessibleName(tr("Menu"));
    more->setMenu(menu);
    more->setPopupMode(QToolButton::InstantPopup);
    more->setShortcut(Qt::Key_F10);
    more->setFocusPolicy(Qt::TabFocus);
    bar->addWidget(more);
    addToolBar(bar);
}

QWidget* MainWindow::makeBody()
{
    m_selection = new SelectionView(this);
    m_selection->setFrameShape(QFrame::NoFrame);
    auto* picture = new Panel(tr("Agreement"), this);
    picture->addToHeading(new ChartKey(
        ChartKey::Shape::DashedLine, [](const QPalette& colors) { return secondaryText(colors); }, tr("this clock"),
        picture));
    picture->addToHeading(new ChartKey(
        ChartKey::Shape::Patch,
        [](const QPalette& colors) { return mixed(colors.color(QPalette::Base), toneColor(Tone::Good, colors), 0.35); },
        tr("agreed by the majority"), picture));
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
    m_table = new QTreeView(this);
    m_table->setRootIsDecorated(false);
    m_table->setItemsExpandable(false);
    m_table->setUniformRowHeights(true);
    m_table->setAlternatingRowColors(true);
    m_table->setAllColumnsShowFocus(true);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setModel(m_order);
    m_table->setItemDelegateForColumn(SourceModel::ReachColumn, new ReachDelegate(m_table));
    m_table->setAccessibleName(tr("Sources"));

    QHeaderView* header = m_table->header();
    header->setSortIndicatorClearable(true);
    header->setSortIndicator(-1, Qt::AscendingOrder);
    m_table->setSortingEnabled(true);
    header->setStretchLastSection(false);
    header->setSectionsMovable(true);
    header->setMinimumSectionSize(fontMetrics().averageCharWidth() * 8);
    header->setHighlightSections(false);
    for (int column = 0; column < SourceModel::ColumnCount; ++column) {
        const QString sample = QString::fromLatin1(columnSamples.at(static_cast<std::size_t>(column)));
        const int forHeading = header->sectionSizeHint(column);
        header->resizeSection(column, std::max(fontMetrics().horizontalAdvance(sample) + 16, forHeading));
    }
    QStyleOptionViewItem option;
    option.font = m_table->font();
    header->resizeSection(SourceModel::ReachColumn,
        std::max(header->sectionSizeHint(SourceModel::ReachColumn),
            m_table->itemDelegateForColumn(SourceModel::ReachColumn)->sizeHint(option, {}).width()));
    header->setSectionResizeMode(SourceModel::NameColumn, QHeaderView::Stretch);

    for (QAbstractItemView* view :
        {static_cast<QAbstractItemView*>(m_table), static_cast<QAbstractItemView*>(m_selection)}) {
        view->setContextMenuPolicy(Qt::CustomContextMenu);
        connect(view, &QWidget::customContextMenuRequested, this,
            [this, view](const QPoint& place) { showMenu(view->viewport()->mapToGlobal(place)); });
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
    m_table->header()->restoreState(settings.value(tableKey).toByteArray());
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
    if (status.hasService)
        m_header->setStatus(status);
    else
        m_placeholder->setStatus(status);
    m_pages->setCurrentWidget(status.hasService ? m_body : m_placeholder);
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
    QStringList sentences;
    for (const QString& line : clock.configurationProblem.split(QLatin1Char('\n'), Qt::SkipEmptyParts))
        //: %1 is a place in a file and what is wrong there, in English
        sentences << tr("The settings from before stay in force, because the configuration file is wrong: %1")
                         .arg(plainText(line));
    if (!clock.restartNeeded.isEmpty())
        //: %1 is a list of settings, as they are called in the configuration file
        sentences << tr("The service takes these settings only when it is restarted: %1")
                         .arg(plainText(clock.restartNeeded.join(QLatin1String(", "))));
    if (!clock.otherClockKeepers.isEmpty())
        //: %1 is a list of programs
        sentences << tr("Another program keeps this clock, so the service only watches it: %1")
                         .arg(plainText(clock.otherClockKeepers.join(QLatin1String(", "))));
    if (!clock.stateProblem.isEmpty())
        //: %1 is what is wrong, in English
        sentences
            << tr("What is learnt about the clock is lost at the next restart: %1").arg(plainText(clock.stateProblem));
    const QString text = sentences.join(QLatin1Char('\n'));
    if (text == std::exchange(m_shownProblems, text))
        return;
    if (text.isEmpty())
        m_problems->dismiss();
    else
        m_problems->show(clock.configurationProblem.isEmpty() && clock.stateProblem.isEmpty()
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
    m_add->setEnabled(isReachable);
    m_refresh->setEnabled(isReachable && !m_watch.sources().sources().isEmpty());
    m_remove->setEnabled(isReachable && hasSelection);
    m_copy->setEnabled(hasSelection);
    m_step->setEnabled(
        isReachable && clock.clockType != bus::ClockType::None &&
        (clock.condition == bus::Condition::Synchronized || clock.condition == bus::Condition::StepRefused));
}

bool MainWindow::event(QEvent* event)
{
    const bool isHandled = QMainWindow::event(event);
    const QEvent::Type type = event->type();
    if (type == QEvent::Show && windowHandle())
        windowHandle()->installEventFilter(this);
    if (type == QEvent::Show || type == QEvent::Hide || type == QEvent::WindowStateChange)
        noticeVisibility();
    return isHandled;
}

bool MainWindow::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == windowHandle() && event->type() == QEvent::Expose)
        noticeVisibility();
    return QMainWindow::eventFilter(watched, event);
}

void MainWindow::noticeVisibility()
{
    const bool isExposed = windowHandle() && windowHandle()->isExposed();
    const bool isLookedAt = isVisible() && !isMinimized() && isExposed;
    if (m_isLookedAt == isLookedAt)
        return;
    m_isLookedAt = isLookedAt;
    Q_EMIT lookedAtChanged(isLookedAt);
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

QList<quint32> MainWindow::selectedIds() const
{
    QList<quint32> ids;
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    for (const QModelIndex& row : rows)
        ids.append(row.data(SourceModel::SourceRole).value<bus::SourceData>().id);
    return ids;
}

void MainWindow::openAddDialog(const SourceRequest& start)
{
    if (!m_add->isEnabled())
        return;
    auto* dialog = new AddSourceDialog(start, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { addSource(dialog->request(), dialog->serverText()); });
    dialog->open();
}

void MainWindow::addSource(const SourceRequest& request, const QString& server)
{
    //: %1 is the name or address of a server
    m_messages->show(MessageBar::Kind::Information, tr("Adding %1…").arg(plainText(server)));
    auto* call = new QDBusPendingCallWatcher(m_watch.client().addSource(server, request.options()), this);
    connect(call, &QDBusPendingCallWatcher::finished, this, [this, call, request, server] {
        call->deleteLater();
        const QString shown = plainText(server);
        if (!call->isError()) {
            //: %1 is the name or address of a server
            m_messages->show(MessageBar::Kind::Success, tr("%1 was added.").arg(shown));
            return;
        }
        //: %1 is the name or address of a server, %2 a sentence
        m_messages->show(MessageBar::Kind::Error,
            tr("%1 was not added. %2").arg(shown, errorText(call->error().name(), call->error().message())),
            {.text = tr("Edit…"), .run = [this, request] { openAddDialog(request); }});
    });
}

void MainWindow::removeSelected()
{
    const QList<quint32> ids = selectedIds();
    for (const quint32 id : ids) {
        const bus::SourceData* source = m_watch.client().source(id);
        if (!source)
            continue;
        const bus::SourceData removed = *source;
        QVariantMap options = m_watch.client().sourceProperties(id).value(QStringLiteral("Options")).toMap();
        options.insert(QStringLiteral("keep"), removed.origin == bus::Origin::Kept);
        auto* call = new QDBusPendingCallWatcher(m_watch.client().removeSource(id), this);
        connect(call, &QDBusPendingCallWatcher::finished, this, [this, call, removed, options] {
            call->deleteLater();
            const QString shown = VerdictText::sourceName(removed);
            if (call->isError()) {
                //: %1 is the name or address of a server, %2 a sentence
                m_messages->show(MessageBar::Kind::Error,
                    tr("%1 was not removed. %2").arg(shown, errorText(call->error().name(), call->error().message())));
                return;
            }
            //: %1 is the name or address of a server
            QString text = tr("%1 was removed.").arg(shown);
            if (removed.origin == bus::Origin::Configured)
                text +=
                    QLatin1Char(' ') + tr("It is in the configuration file and comes back when the service restarts.");
            // An address of a pool is replaced by another one; there is nothing to bring back.
            if (removed.origin == bus::Origin::Pool) {
                m_messages->show(MessageBar::Kind::Success, text);
                return;
            }
            const QString server = removed.name.isEmpty() ? removed.address : removed.name;
            const QString address =
                removed.port == 123 || removed.port == 0
                    ? server
                    : (server.contains(QLatin1Char(':')) ? QStringLiteral("[%1]:%2") : QStringLiteral("%1:%2"))
                          .arg(server)
                          .arg(removed.port);
            m_messages->show(MessageBar::Kind::Success, text,
                {.text = tr("Undo"), .run = [this, address, options] { restoreRemoved(address, options); }});
        });
    }
}

void MainWindow::restoreRemoved(const QString& server, const QVariantMap& options)
{
    //: %1 is the name or address of a server
    report(m_watch.client().addSource(server, options), tr("%1 is back.").arg(plainText(server)),
        //: %1 is the name or address of a server, %2 a sentence
        tr("%1 was not added. %2").arg(plainText(server)));
}

void MainWindow::refresh()
{
    //: %1 is a sentence
    report(m_watch.client().refresh(), {}, tr("The sources could not be asked. %1"));
}

void MainWindow::confirmStep()
{
    const bus::ClockData& clock = m_watch.client().clock();
    const double step = clock.condition == bus::Condition::StepRefused ? clock.refusedStepSeconds : clock.offsetSeconds;
    auto* question = new QMessageBox(this);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setWindowTitle(tr("Step the Clock"));
    question->setTextFormat(Qt::PlainText);
    question->setIcon(QMessageBox::Question);
    question->setText(step < 0.0
                          //: %1 is a length of time such as 3.2 h
                          ? tr("Set the clock back by %1?").arg(Format::seconds(-step))
                          //: %1 is a length of time such as 3.2 h
                          : tr("Set the clock forward by %1?").arg(Format::seconds(step)));
    question->setInformativeText(
        tr("It jumps at once. Programs that measure time by the clock may be confused by this; small errors are "
           "better left to be corrected gradually."));
    QPushButton* confirm = question->addButton(tr("Step Clock"), QMessageBox::AcceptRole);
    question->addButton(QMessageBox::Cancel);
    question->setDefaultButton(QMessageBox::Cancel);
    // What was agreed to is the most that may happen, whatever the sources say meanwhile.
    const double limit = std::abs(step) * stepMarginFactor + stepMarginSeconds;
    connect(confirm, &QPushButton::clicked, this, [this, limit] {
        //: %1 is a sentence
        report(m_watch.client().stepClock(limit), tr("The clock was stepped."), tr("The clock was not stepped. %1"));
    });
    question->open();
}

void MainWindow::report(const QDBusPendingCall& pending, const QString& success, const QString& failure)
{
    auto* call = new QDBusPendingCallWatcher(pending, this);
    connect(call, &QDBusPendingCallWatcher::finished, this, [this, call, success, failure] {
        call->deleteLater();
        if (call->isError()) {
            m_messages->show(
                MessageBar::Kind::Error, failure.arg(errorText(call->error().name(), call->error().message())));
        } else if (!success.isEmpty()) {
            m_messages->show(MessageBar::Kind::Success, success);
        }
    });
}

QString MainWindow::errorText(const QString& name, const QString& message) const
{
    if (name == bus::errorDuplicate)
        return tr("It is there already.");
    if (name == bus::errorTooMany)
        return tr("There are as many sources as the service allows.");
    if (name == bus::errorNoSuchSource)
        return tr("It is not there any more.");
    if (name == bus::errorNotSynchronized)
        return tr("The right time is not known yet.");
    if (name == bus::errorClockUnavailable)
        return tr("The clock cannot be set at the moment.");
    if (name == bus::errorStepTooLarge)
        return tr("The error is larger than what you agreed to.");
    if (name == bus::errorNotKept)
        return tr("The service could not write it down, so nothing was changed.");
    const QDBusError error(QDBusMessage::createError(name, message));
    const QDBusError::ErrorType type = error.type();
    if (type == QDBusError::AccessDenied)
        return tr("You are not allowed to do this.");
    if (type == QDBusError::ServiceUnknown || type == QDBusError::Disconnected)
        return tr("The service is not running.");
    if (type == QDBusError::NoReply || type == QDBusError::Timeout || type == QDBusError::TimedOut)
        return tr("The service did not answer.");
    return plainText(message);
}

void MainWindow::copySelected()
{
    QModelIndexList rows = m_table->selectionModel()->selectedRows();
    std::ranges::sort(rows, {}, &QModelIndex::row);
    QStringList lines;
    for (const QModelIndex& row : rows) {
        QStringList cells;
        for (int column = 0; column < SourceModel::ColumnCount; ++column) {
            const QModelIndex cell = row.siblingAtColumn(column);
            cells << cell.data(column == SourceModel::ReachColumn ? static_cast<int>(Qt::AccessibleTextRole)
                                                                  : static_cast<int>(Qt::DisplayRole))
                         .toString();
        }
        lines << cells.join(QLatin1Char('\t'));
    }
    QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

void MainWindow::showMenu(const QPoint& onScreen)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(m_copy);
    menu->addAction(m_remove);
    menu->addSeparator();
    menu->addAction(m_add);
    menu->addAction(m_refresh);
    menu->popup(onScreen);
}

void MainWindow::showAbout()
{
    auto* about = new QMessageBox(this);
    about->setAttribute(Qt::WA_DeleteOnClose);
    about->setWindowTitle(tr("About Foliot"));
    about->setTextFormat(Qt::PlainText);
    about->setIconPixmap(windowIcon().pixmap(QSize(64, 64), devicePixelRatioF()));
    //: %1 is a version such as 0.1.0
    about->setText(tr("Foliot %1").arg(QCoreApplication::applicationVersion()));
    QString text = tr("Keeps the clock of this computer right, and shows how right it is.\n\nNamed after the bar that "
                      "swung in the first mechanical clocks. Licence: GPL, version 3 or later.");
    const QString service = m_watch.client().clock().version;
    if (!service.isEmpty())
        //: %1 is a version such as 0.1.0
        text += QStringLiteral("\n\n") + tr("Version of the service: %1").arg(plainText(service));
    about->setInformativeText(text);
    about->open();
}

} // namespace foliot::gui
