// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/visibility_watch.h"

#include <QEvent>
#include <QWindow>

namespace foliot::gui {

VisibilityWatch::VisibilityWatch(QWidget& window)
    : m_window(window)
{
    window.installEventFilter(this);
}

bool VisibilityWatch::eventFilter(QObject* watched, QEvent* event)
{
    const QEvent::Type type = event->type();
    if (type == QEvent::Show && watched == &m_window && m_window.windowHandle())
        m_window.windowHandle()->installEventFilter(this); // it alone is told of Expose
    if (type == QEvent::Show || type == QEvent::Hide || type == QEvent::WindowStateChange || type == QEvent::Expose)
        look();
    return QObject::eventFilter(watched, event);
}

void VisibilityWatch::look()
{
    const QWindow* handle = m_window.windowHandle();
    const bool isLookedAt = m_window.isVisible() && !m_window.isMinimized() && handle && handle->isExposed();
    if (isLookedAt == m_isLookedAt)
        return;
    m_isLookedAt = isLookedAt;
    Q_EMIT changed(isLookedAt);
}

} // namespace foliot::gui
