// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tree/licence_header.h"

#include <QRegularExpression>

#include <algorithm>

namespace foliot::tree {

bool hasLicenceHeader(const QString& text)
{
    const QString head = text.section('\n', 0, 9);
    return head.contains("SPDX-"
                         "FileCopyrightText: 2026 The Foliot authors") &&
           head.contains("SPDX-"
                         "License-Identifier: GPL-3.0-or-later");
}

QStringList annotatedPaths(const QString& reuse)
{
    static const QRegularExpression list(R"(^path\s*=\s*\[([^\]]*)\])", QRegularExpression::MultilineOption);
    static const QRegularExpression item(R"lit("([^"]*)")lit");
    QStringList paths;
    for (const QRegularExpressionMatch& match : list.globalMatch(reuse)) {
        for (const QRegularExpressionMatch& path : item.globalMatch(match.captured(1)))
            paths.append(path.captured(1));
    }
    return paths;
}

bool isAnnotated(const QString& path, const QStringList& patterns)
{
    return std::ranges::any_of(patterns, [&path](const QString& pattern) {
        QString expression = QRegularExpression::escape(pattern);
        expression.replace("\\*\\*", ".*").replace("\\*", "[^/]*");
        return QRegularExpression(QRegularExpression::anchoredPattern(expression)).match(path).hasMatch();
    });
}

} // namespace foliot::tree
