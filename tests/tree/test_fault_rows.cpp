// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tree/source_tree.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace foliot::tree;

namespace {

// The rows that a test names: "row 12", "rows 3, 4 and 6 to 8" in its remarks and data, "somethingHolds_12()" in its name.
QSet<int> rowsNamedIn(const QString& text)
{
    static const QRegularExpression mention(R"(\brows? (\d+(?:(?:, | and | to )\d+)*))");
    static const QRegularExpression range(R"((\d+)(?: to (\d+))?)");
    static const QRegularExpression suffix(R"([A-Za-z]_(\d{1,2})(?:_data)?\(\))");
    QSet<int> rows;
    for (const auto& list : mention.globalMatch(text)) {
        for (const auto& part : range.globalMatch(list.captured(1))) {
            const int first = part.captured(1).toInt();
            const int last = part.hasCaptured(2) ? part.captured(2).toInt() : first;
            for (int row = first; row <= last; ++row)
                rows.insert(row);
        }
    }
    for (const auto& name : suffix.globalMatch(text))
        rows.insert(name.captured(1).toInt());
    return rows;
}

} // namespace

// docs/faults.md against the tests: each of its rows is held by one that says so.
class FaultRowsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rowsAreReadAsTheyAreWritten();
    void everyRowIsHeldByATest();
};

void FaultRowsTest::rowsAreReadAsTheyAreWritten()
{
    QCOMPARE(rowsNamedIn("// FAULTS rows 3 to 5, 7 and 9. row 12: none"), QSet<int>({3, 4, 5, 7, 9, 12}));
    QCOMPARE(rowsNamedIn("void refusedIsRefused_76_data()"), QSet<int>({76}));
    QCOMPARE(rowsNamedIn("arrow 3, rows, 12_() and s_123()"), QSet<int>());
}

void FaultRowsTest::everyRowIsHeldByATest()
{
    QSet<int> named;
    for (const QString& file : sourceFiles()) {
        if (file.startsWith("tests/") && file != "tests/tree/test_fault_rows.cpp")
            named |= rowsNamedIn(QString::fromUtf8(contents(file)));
    }
    static const QRegularExpression row(R"(^\| (\d+) \|)", QRegularExpression::MultilineOption);
    QStringList missing;
    int count = 0;
    for (const auto& match : row.globalMatch(QString::fromUtf8(contents("docs/faults.md")))) {
        QCOMPARE(match.captured(1).toInt(), ++count); // a row keeps its number for good
        if (!named.contains(count))
            missing.append(match.captured(1));
    }
    QVERIFY(count >= 84);
    QCOMPARE(missing.join(' '), "");
}

QTEST_GUILESS_MAIN(FaultRowsTest)
#include "test_fault_rows.moc"
