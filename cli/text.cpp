// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/text.h"

#include <QList>

#include <algorithm>

#include <cwchar>
#include <utility>

namespace foliot::cli {

using namespace Qt::StringLiterals;

namespace {

int widthOf(char32_t character)
{
    const int width = wcwidth(static_cast<wchar_t>(character));
    return width < 0 ? 1 : width;
}

} // namespace

int displayWidth(QStringView text)
{
    int width = 0;
    for (const char32_t character : text.toUcs4())
        width += widthOf(character);
    return width;
}

QString elided(const QString& text, int width)
{
    if (displayWidth(text) <= width)
        return text;
    QString result;
    int used = 0;
    for (const char32_t character : text.toUcs4()) {
        used += widthOf(character);
        if (used > width - 1)
            break;
        result += QString::fromUcs4(&character, 1);
    }
    return width > 0 ? result + u'…' : QString();
}

QStringList wrapped(const QString& text, std::optional<int> width)
{
    if (!width || displayWidth(text) <= *width)
        return {text};
    QStringList lines;
    QString line;
    for (const QString& word : text.split(u' ')) {
        if (!line.isEmpty() && displayWidth(line) + 1 + displayWidth(word) > *width)
            lines.append(std::exchange(line, {}));
        line += line.isEmpty() ? word : u' ' + word;
    }
    lines.append(line);
    return lines;
}

QString asciiOnly(const QString& text)
{
    static constexpr std::pair<char16_t, QLatin1StringView> likenesses[] = {{u'µ', "u"_L1}, {u'±', "+-"_L1},
        {u'∞', "-"_L1}, {u'●', "*"_L1}, {u'○', "."_L1}, {u'…', "~"_L1}, {u'–', "-"_L1}};
    QString result;
    for (const char32_t character : text.toUcs4()) {
        if (character < 0x80) {
            result += QChar(static_cast<char16_t>(character));
            continue;
        }
        const auto* const likeness =
            std::ranges::find(likenesses, character, [](const auto& entry) { return char32_t(entry.first); });
        result += likeness == std::end(likenesses) ? "?"_L1 : likeness->second;
    }
    return result;
}

} // namespace foliot::cli
