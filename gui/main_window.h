// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The window: how right the clock is, which sources agree, and what can be done. Everything it asks of the daemon is
// asked without waiting; what comes of it stands in the message bar.

#include "gui/add_source_dialog.h"
#include "gui/visibility_watch.h"
#include "gui/window_actions.h"

#include <QMainWindow>
#include <QPointer>

class QAction;
class QSplitter;
class QStackedWidget;

namespace foliot::gui {

class ClockWatch;
class HistoryPanel;
class MessageBar;
class PlaceholderPage;
class SelectionView;
class SourceDetailsDialog;
class ServiceRequests;
class SourceOrder;
class SourceTable;
class StatusHeader;

class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    explicit MainWindow(ClockWatch& watch, QWidget* parent = nullptr);
    ~MainWindow() override;

    // Shared with the tray icon's menu.
    [[nodiscard]] QAction* addSourceAction() const { return m_actions.add; }
    [[nodiscard]] QAction* refreshAction() const { return m_actions.refresh; }

    void openAddDialog(const SourceRequest& start = {});
    // Of the current row.
    void openDetails();
    // Comes to the front, from wherever it is.
    void present();

Q_SIGNALS:
    // Closed by the user.
    void closed();
    void quitWanted();
    void lookedAtChanged(bool isLookedAt); // see VisibilityWatch

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    void connectActions();
    [[nodiscard]] QWidget* makeBody();
    [[nodiscard]] QWidget* makeTable();
    void restoreLayout();
    void saveLayout() const;

    void showStatus();
    void showAgreement();
    // What is wrong with the service that no measurement shows.
    void showProblems();
    void updateActions();
    // Whether time is served, as the service says.
    void showServing();

    void confirmStep();
    void showMenu(const QPoint& onScreen);
    void showAbout();

    ClockWatch& m_watch;
    VisibilityWatch m_visibility;
    const WindowActions m_actions;
    SourceOrder* m_order;
    MessageBar* m_messages;
    MessageBar* m_problems;
    QString m_shownProblems; // closed by the user or not
    ServiceRequests* m_requests;
    StatusHeader* m_header;
    QStackedWidget* m_pages;
    QWidget* m_body = nullptr;
    QSplitter* m_rows = nullptr;
    QSplitter* m_columns = nullptr;
    SelectionView* m_selection = nullptr;
    HistoryPanel* m_history = nullptr;
    SourceTable* m_table = nullptr;
    PlaceholderPage* m_placeholder = nullptr;
    QPointer<SourceDetailsDialog> m_detailsDialog;
    bool m_rowsAreGoing = false;
};

} // namespace foliot::gui
