// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tree/machine_traces.h"

#include <QRegularExpression>

namespace foliot::tree {

QStringList machineTraces(const QString& text)
{
    // Written so that this file does not find itself.
    static const QRegularExpression trace(
        R"((?<![\w./-])/(?:work|home/[a-z]|root/[a-z.]|Users/[A-Za-z])[\w./-]*)"
        R"(|\b(?:deb|ftp|security|archive|snapshot|packages|registry|ports|mirrors?)\.(?:[\w-]+\.)*(?:debian|ubuntu)[.](?:org|com)\b)"
        R"(|\b(?:registry|pypi|crates|proxy|index)[.](?:npmjs|golang|python|docker)?[.]?(?:org|io|com)\b)");
    QStringList found;
    const QStringList lines = text.split('\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (trace.match(lines[i]).hasMatch())
            found.append(QString::number(i + 1) + ": " + lines[i].trimmed());
    }
    return found;
}

} // namespace foliot::tree
