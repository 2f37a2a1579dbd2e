// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "bus/printable.h"

#include <QChar>
#include <QList>

#include <algorithm>

namespace foliot::bus {

using namespace Qt::StringLiterals;

namespace {

bool isPrintable(char32_t character)
{
    static constexpr QChar::Category hidden[] = {QChar::Other_Control, QChar::Other_Format, QChar::Other_Surrogate,
        QChar::Other_PrivateUse, QChar::Other_NotAssigned, QChar::Separator_Line, QChar::Separator_Paragraph};
    return !std::ranges::contains(hidden, QChar::category(character));
}

} // namespace

QString printable(const QString& text)
{
    QString result;
    for (const char32_t character : text.toUcs4()) {
        if (isPrintable(character))
            result += QString::fromUcs4(&character, 1);
        else
            result += u"\\u{%1}"_s.arg(static_cast<uint>(character), 0, 16);
    }
    return result;
}

} // namespace foliot::bus
