// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/plain_text.h"

#include <QChar>
#include <QGuiApplication>

namespace foliot::gui {

namespace {

// Exhaustive over what Unicode says a character is; only what would not stand still on the line is written out.
bool mustBeWrittenOut(char32_t character)
{
    const QChar::Category category = QChar::category(character);
    return category == QChar::Other_Control || category == QChar::Other_Format || category == QChar::Other_Surrogate ||
           category == QChar::Other_PrivateUse || category == QChar::Other_NotAssigned ||
           category == QChar::Separator_Line || category == QChar::Separator_Paragraph;
}

} // namespace

QString plainText(const QString& outside, qsizetype longest)
{
    QString result;
    const QList<uint> characters = outside.left(longest).toUcs4();
    for (const char32_t character : characters) {
        if (mustBeWrittenOut(character))
            result += QStringLiteral("\\u{%1}").arg(static_cast<uint>(character), 4, 16, QLatin1Char('0'));
        else
            result += QString::fromUcs4(&character, 1);
    }
    if (outside.size() > longest)
        result += QChar(0x2026);
    return result;
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
