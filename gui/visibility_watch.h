// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Whether somebody can see a window: it is shown, not minimized, and not all of it is covered, as far as the display says.

#include <QWidget>

namespace foliot::gui {

class VisibilityWatch : public QObject {
    Q_OBJECT

public:
    // Ends before the window does: a window that ends hides itself, and whoever listens may have ended by then.
    explicit VisibilityWatch(QWidget& window);

Q_SIGNALS:
    void changed(bool isLookedAt); // false at the beginning

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void look();

    QWidget& m_window;
    bool m_isLookedAt = false;
};

} // namespace foliot::gui
