// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/plain_text.h"

#include "bus/printable.h"

#include <QChar>
#include <QGuiApplication>

namespace foliot::gui {

QString plainText(const QString& outside, qsizetype longest)
{
    const QString text = bus::printable(outside.left(longest));
    return outside.size() <= longest ? text : text + QChar(0x2026);
}

QString toolTipOf(const QString& title, const QStringList& paragraphs)
{
    QString html = QStringLiteral("<qt><b>%1</b>").arg(title.toHtmlEscaped());
    for (const QString& paragraph : paragraphs)
        html += QStringLiteral("<div>%1</div>").arg(paragraph.toHtmlEscaped());
    return html + QStringLiteral("</qt>");
}

QString withoutMarkup(QString text)
{
    text.replace(QLatin1Char('<'), QChar(0x2039));
    text.replace(QLatin1Char('>'), QChar(0x203a));
    text.replace(QLatin1Char('&'), QChar(0xff06));
    return text;
}

QString isolated(const QString& text)
{
    if (text.isEmpty() || QGuiApplication::layoutDirection() != Qt::RightToLeft)
        return text;
    return QChar(0x2068) + text + QChar(0x2069); // first strong isolate, pop directional isolate
}

QString menuText(QString text)
{
    return text.replace(QLatin1Char('&'), QStringLiteral("&&"));
}

} // namespace foliot::gui
