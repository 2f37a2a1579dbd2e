// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/symbolic_icon.h"

#include "gui/painted_icon.h"

#include <QFile>
#include <QGuiApplication>
#include <QPainter>
#include <QPalette>
#include <QStandardPaths>
#include <QSvgRenderer>

namespace foliot::gui {

namespace {

const QByteArray drawnColor = QByteArrayLiteral("#232629");

QString resourceFor(const QString& name)
{
    return QStringLiteral(":/org.foliot.Foliot/icons/%1.svg").arg(name);
}

class SymbolicEngine final : public PaintedIcon {
public:
    explicit SymbolicEngine(const QString& name)
        : m_name(name)
    {}

    void paint(QPainter* painter, const QRect& area, QIcon::Mode mode, QIcon::State) override
    {
        QFile file(resourceFor(m_name));
        if (!file.open(QIODevice::ReadOnly))
            return;
        const QPalette palette = QGuiApplication::palette();
        const QColor color = mode == QIcon::Disabled   ? palette.color(QPalette::Disabled, QPalette::WindowText)
                             : mode == QIcon::Selected ? palette.color(QPalette::HighlightedText)
                                                       : palette.color(QPalette::WindowText);
        QSvgRenderer renderer(file.readAll().replace(drawnColor, color.name().toLatin1()));
        QRectF square(0, 0, std::min(area.width(), area.height()), std::min(area.width(), area.height()));
        square.moveCenter(QRectF(area).center());
        renderer.render(painter, square);
    }

    // The notification area asks for what is there.
    QList<QSize> availableSizes(QIcon::Mode, QIcon::State) override
    {
        return {QSize(16, 16), QSize(22, 22), QSize(32, 32), QSize(44, 44)};
    }

    QIconEngine* clone() const override { return new SymbolicEngine(m_name); }
    QString key() const override { return QStringLiteral("foliot-symbolic"); }
    bool isNull() override { return !QFile::exists(resourceFor(m_name)); }

private:
    QString m_name;
};

} // namespace

QIcon themeIcon(const QString& name)
{
    return QIcon::hasThemeIcon(name) ? QIcon::fromTheme(name) : ownIcon(name);
}

QIcon ownIcon(const QString& name)
{
    return QIcon(new SymbolicEngine(name));
}

QIcon installedIcon(const QString& name)
{
    const QString file = QStringLiteral("icons/hicolor/symbolic/apps/%1.svg").arg(name);
    const bool isInstalled = !QStandardPaths::locate(QStandardPaths::GenericDataLocation, file).isEmpty();
    return isInstalled ? QIcon::fromTheme(name, ownIcon(name)) : ownIcon(name);
}

} // namespace foliot::gui
