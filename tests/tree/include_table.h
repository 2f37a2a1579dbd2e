// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>
#include <QList>
#include <QSet>
#include <QString>
#include <QStringList>

// The architecture's table of which folder may include what, and the check of one file against it. The table is
// include_table.txt, which explains its own format.
namespace foliot::tree {

class IncludeTable {
public:
    // Empty when the text is no table; problem says why.
    static IncludeTable parse(const QString& text, QString* problem);

    // The folders that have a row.
    [[nodiscard]] QStringList folders() const;

    // What is wrong with a file's includes and words, one sentence each. The path is from the top of the tree, and
    // knownFiles are all paths of the tree.
    [[nodiscard]] QStringList violations(
        const QString& path, const QString& source, const QSet<QString>& knownFiles) const;

private:
    struct Row {
        QString folder;
        QStringList allowed;
        QStringList forbidden;
    };

    [[nodiscard]] const Row* rowFor(const QString& path) const;
    [[nodiscard]] QString groupOf(const QString& header) const;
    [[nodiscard]] bool allowsOwn(const Row& row, const QString& file) const;
    [[nodiscard]] bool isGenerated(const QString& header) const;

    QList<Row> m_rows;
    QList<std::pair<QString, QString>> m_groups; // wildcard of header names, group; the first that fits counts
    QStringList m_generated;
    QHash<QString, QStringList> m_words; // folder, words that do not occur in it
};

// The Qt module a header belongs to, such as "QtCore", by where it is installed; empty for other headers.
[[nodiscard]] QString qtModuleOf(const QString& header);

} // namespace foliot::tree
