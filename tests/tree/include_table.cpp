// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tree/include_table.h"

#include <QDir>
#include <QLibraryInfo>
#include <QRegularExpression>

#include <algorithm>
#include <utility>

namespace foliot::tree {

namespace {

bool fits(const QString& wildcard, const QString& name)
{
    static QHash<QString, QRegularExpression> expressions;
    QRegularExpression& expression = expressions[wildcard];
    if (expression.pattern().isEmpty())
        expression = QRegularExpression::fromWildcard(
            wildcard, Qt::CaseSensitive, QRegularExpression::NonPathWildcardConversion);
    return expression.match(name).hasMatch();
}

bool isBelow(const QString& path, const QString& folder)
{
    return path == folder || path.startsWith(folder + '/');
}

struct Include {
    QString header;
    bool isQuoted = false;
};

QList<Include> includesOf(const QString& source)
{
    static const QRegularExpression line(
        R"(^[ \t]*#[ \t]*include[ \t]*(["<])([^">]+)[">])", QRegularExpression::MultilineOption);
    QList<Include> includes;
    for (const QRegularExpressionMatch& match : line.globalMatch(source))
        includes.append({match.captured(2), match.captured(1) == "\""});
    return includes;
}

// The code alone: a comment may name what the code may not use.
QString withoutComments(QString source)
{
    static const QRegularExpression comment(R"(//[^\n]*|/\*.*?\*/)", QRegularExpression::DotMatchesEverythingOption);
    return source.remove(comment);
}

// Where a quoted include is found: beside the file, then where all of ours are looked for.
QString resolve(const QString& header, const QString& path, const QSet<QString>& knownFiles)
{
    const QString beside = QDir::cleanPath(path.section('/', 0, -2) + '/' + header);
    for (const QString& candidate : {beside, "shared/" + header, header, "tests/" + header}) {
        if (knownFiles.contains(candidate))
            return candidate;
    }
    return {};
}

} // namespace

IncludeTable IncludeTable::parse(const QString& text, QString* problem)
{
    IncludeTable table;
    for (const QString& line : text.split('\n')) {
        QStringList words = line.section('#', 0, 0).split(' ', Qt::SkipEmptyParts);
        if (words.isEmpty())
            continue;
        const QString kind = words.takeFirst();
        if (kind == "generated") {
            table.m_generated += words;
            continue;
        }
        if (words.size() < 2) {
            *problem = "incomplete line: " + line;
            return {};
        }
        const QString subject = words.takeFirst();
        if (kind == "group") {
            for (const QString& header : std::as_const(words))
                table.m_groups.append({header, subject});
        } else if (kind == "words") {
            table.m_words[subject] += words;
        } else if (kind == "allow") {
            const auto known = std::ranges::find(table.m_rows, subject, &Row::folder);
            Row& row = known == table.m_rows.end() ? table.m_rows.emplace_back(Row{subject, {}, {}}) : *known;
            for (const QString& word : std::as_const(words)) {
                if (word.startsWith('!'))
                    row.forbidden.append(word.sliced(1));
                else
                    row.allowed.append(word);
            }
        } else {
            *problem = "unknown kind of line: " + line;
            return {};
        }
    }
    return table;
}

QStringList IncludeTable::folders() const
{
    QStringList folders;
    for (const Row& row : m_rows)
        folders.append(row.folder);
    return folders;
}

QStringList IncludeTable::violations(const QString& path, const QString& source, const QSet<QString>& knownFiles) const
{
    const Row* row = rowFor(path);
    if (!row)
        return {path + " is in a folder that has no row in the table"};
    QStringList found;
    for (const Include& include : includesOf(source)) {
        if (isGenerated(include.header))
            continue;
        const QString own = include.isQuoted ? resolve(include.header, path, knownFiles) : QString();
        if (include.isQuoted && own.isEmpty()) {
            found.append(path + " includes \"" + include.header + "\", which is not in the tree");
            continue;
        }
        const QString group = include.isQuoted ? QString() : groupOf(include.header);
        if (!include.isQuoted && group.isEmpty()) {
            found.append(path + " includes <" + include.header + ">, which is in no group of the table");
            continue;
        }
        const bool isAllowed = include.isQuoted ? allowsOwn(*row, own) : row->allowed.contains(group);
        if (!isAllowed || row->forbidden.contains(include.header))
            found.append(path + " includes " + include.header + ", which " + row->folder + " may not");
    }
    const QString code = withoutComments(source);
    for (const QString& word : m_words.value(row->folder)) {
        if (code.contains(QRegularExpression("\\b" + word + "\\b")))
            found.append(path + " says " + word + ", which " + row->folder + " may not");
    }
    return found;
}

const IncludeTable::Row* IncludeTable::rowFor(const QString& path) const
{
    const Row* best = nullptr;
    for (const Row& row : m_rows) {
        if (isBelow(path, row.folder) && (!best || row.folder.size() > best->folder.size()))
            best = &row;
    }
    return best;
}

QString IncludeTable::groupOf(const QString& header) const
{
    for (const auto& [wildcard, group] : m_groups) {
        if (fits(wildcard, header))
            return group;
    }
    return qtModuleOf(header);
}

bool IncludeTable::allowsOwn(const Row& row, const QString& file) const
{
    // A row of a folder within this one is another folder's.
    if (rowFor(file) == &row)
        return true;
    return std::ranges::any_of(row.allowed, [&file](const QString& allowed) { return isBelow(file, allowed); });
}

bool IncludeTable::isGenerated(const QString& header) const
{
    return std::ranges::any_of(m_generated, [&header](const QString& wildcard) { return fits(wildcard, header); });
}

QString qtModuleOf(const QString& header)
{
    static const QHash<QString, QString> modules = [] {
        QHash<QString, QString> found;
        const QDir headers(QLibraryInfo::path(QLibraryInfo::HeadersPath));
        for (const QString& module : headers.entryList({"Qt*"}, QDir::Dirs)) {
            for (const QString& file : QDir(headers.filePath(module)).entryList(QDir::Files)) {
                // Some modules repeat another's header for old code; the one named first, QtCore, is where it is from.
                if (!found.contains(file))
                    found.insert(file, module);
            }
        }
        return found;
    }();
    if (header.startsWith("Qt") && header.contains('/'))
        return header.section('/', 0, 0);
    return modules.value(header);
}

} // namespace foliot::tree
