// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/tray_icon.h"

#include "gui/clock_watch.h"
#include "gui/main_window.h"
#include "gui/plain_text.h"
#include "gui/symbolic_icon.h"

#include <QAction>
#include <QEvent>
#include <QGuiApplication>
#include <QMenu>
#include <QSettings>

namespace foliot::gui {

namespace {

const QString explainedKey = QStringLiteral("tray/closingExplained");

} // namespace

TrayIcon::TrayIcon(ClockWatch& watch, MainWindow& window, QObject* parent)
    : QObject(parent)
    , m_watch(watch)
    , m_menu(std::make_unique<QMenu>())
    , m_sentence(m_menu->addAction(QString()))
{
    m_sentence->setEnabled(false);
    m_menu->addSeparator();
    connect(m_menu->addAction(tr("&Open Foliot")), &QAction::triggered, this, &TrayIcon::openWanted);
    m_menu->addAction(window.refreshAction());
    // The dialog belongs to the window, so the window comes first.
    QAction* add = m_menu->addAction(tr("&Add Source…"));
    connect(add, &QAction::triggered, this, [this, &window] {
        Q_EMIT openWanted();
        window.openAddDialog();
    });
    connect(window.addSourceAction(), &QAction::changed, add,
        [add, source = window.addSourceAction()] { add->setEnabled(source->isEnabled()); });
    add->setEnabled(window.addSourceAction()->isEnabled());
    m_menu->addSeparator();
    connect(m_menu->addAction(tr("&Quit")), &QAction::triggered, this, &TrayIcon::quitWanted);

    m_icon.setContextMenu(m_menu.get());
    connect(&m_icon, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason == QSystemTrayIcon::Trigger || reason == QSystemTrayIcon::DoubleClick)
            Q_EMIT openWanted();
    });
    connect(&m_icon, &QSystemTrayIcon::messageClicked, this, &TrayIcon::openWanted);
    connect(&watch, &ClockWatch::statusChanged, this, &TrayIcon::showStatus);
    qGuiApp->installEventFilter(this);
    drawIcon();
    showStatus();
    m_icon.show();
}

TrayIcon::~TrayIcon() = default;

QString TrayIcon::iconName(bus::Health health)
{
    switch (health) {
    case bus::Health::Good:
        return QStringLiteral("org.foliot.Foliot-ok-symbolic");
    case bus::Health::Attention:
        return QStringLiteral("org.foliot.Foliot-attention-symbolic");
    case bus::Health::Bad:
        return QStringLiteral("org.foliot.Foliot-error-symbolic");
    }
    return {};
}

QString TrayIcon::toolTip() const
{
    return m_icon.toolTip();
}

void TrayIcon::explainClosing()
{
    QSettings settings;
    if (settings.value(explainedKey).toBool())
        return;
    settings.setValue(explainedKey, true);
    m_icon.showMessage(tr("Foliot keeps watching the clock"),
        tr("Its icon stays in the notification area. To quit, use the icon's menu."),
        ownIcon(QStringLiteral("org.foliot.Foliot")));
}

bool TrayIcon::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == qGuiApp && event->type() == QEvent::ApplicationPaletteChange)
        drawIcon();
    return QObject::eventFilter(watched, event);
}

void TrayIcon::drawIcon()
{
    m_icon.setIcon(installedIcon(iconName(m_health)));
}

void TrayIcon::showStatus()
{
    const ClockStatus& status = m_watch.status();
    if (m_health != status.health) {
        m_health = status.health;
        drawIcon();
    }
    const QString text =
        withoutMarkup(status.facts.isEmpty() ? status.headline : status.headline + QLatin1Char('\n') + status.facts);
    if (m_icon.toolTip() != text)
        m_icon.setToolTip(text);
    const QString sentence = menuText(status.headline);
    if (m_sentence->text() != sentence)
        m_sentence->setText(sentence);
}

} // namespace foliot::gui
