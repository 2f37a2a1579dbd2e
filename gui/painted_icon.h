// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The base of icons that are painted anew for each size and colour scheme. Qt asks for pixmaps too, which show the same.

#include <QIconEngine>
#include <QPainter>
#include <QPixmap>

namespace foliot::gui {

class PaintedIcon : public QIconEngine {
public:
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }
    bool isNull() override { return false; }
};

} // namespace foliot::gui
