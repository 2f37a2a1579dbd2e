// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The window: how right the clock is, which sources agree, and what can be done. Everything it asks of the daemon is
// asked without waiting; what comes of it stands in the message bar.

#include "gui/add_source_dialog.h"

#include <QMainWindow>
#include <QVariantMap>

class QAction;
class QDBusPendingCall;
class QSplitter;
class QStackedWidget;
class QTreeView;

namespace foliot::gui {

class ClockWatch;
class HistoryPanel;
class MessageBar;
class PlaceholderPage;
class SelectionView;
class SourceOrder;
class StatusHeader;

class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    explicit MainWindow(ClockWatch& watch, QWidget* parent = nullptr);
    ~MainWindow() override;

    // Shared with the tray icon's menu.
    [[nodiscard]] QAction* addSourceAction() const { return m_add; }
    [[nodiscard]] QAction* refreshAction() const { return m_refresh; }

    void openAddDialog(const SourceRequest& start = {});
    // Comes to the front, from wherever it is.
    void present();

Q_SIGNALS:
    // Closed by the user.
    void closed();
    void quitWanted();
    void lookedAtChanged(bool isLookedAt);

protected:
    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;

private:
    void makeActions();
    void makeToolBar();
    [[nodiscard]] QWidget* makeBody();
    [[nodiscard]] QWidget* makeTable();
    void restoreLayout();
    void saveLayout() const;

    void showStatus();
    void showAgreement();
    // What is wrong with the service that no measurement shows.
    void showProblems();
    void updateActions();
    void noticeVisibility();

    [[nodiscard]] QList<quint32> selectedIds() const;
    void addSource(const SourceRequest& request, const QString& server);
    void removeSelected();
    void restoreRemoved(const QString& server, const QVariantMap& options);
    void refresh();
    void confirmStep();
    void copySelected();
    void showMenu(const QPoint& onScreen);
    void showAbout();
    // Shows an error of the call in the message bar, or the text when all is well and it is not empty.
    void report(const QDBusPendingCall& call, const QString& success, const QString& failure);
    [[nodiscard]] QString errorText(const QString& name, const QString& message) const;

    ClockWatch& m_watch;
    SourceOrder* m_order;
    MessageBar* m_messages;
    MessageBar* m_problems;
    QString m_shownProblems; // closed by the user or not
    StatusHeader* m_header;
    QStackedWidget* m_pages;
    QWidget* m_body = nullptr;
    QSplitter* m_rows = nullptr;
    QSplitter* m_columns = nullptr;
    SelectionView* m_selection = nullptr;
    HistoryPanel* m_history = nullptr;
    QTreeView* m_table = nullptr;
    PlaceholderPage* m_placeholder = nullptr;
    QAction* m_add = nullptr;
    QAction* m_remove = nullptr;
    QAction* m_refresh = nullptr;
    QAction* m_step = nullptr;
    QAction* m_copy = nullptr;
    QAction* m_about = nullptr;
    QAction* m_close = nullptr;
    QAction* m_quit = nullptr;
    bool m_isLookedAt = false;
};

} // namespace foliot::gui
