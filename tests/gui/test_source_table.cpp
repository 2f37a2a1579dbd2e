// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How the table of the sources is laid out, in a style that leaves headings no air of their own.

#include "gui/source_model.h"
#include "gui/source_table.h"

#include <QApplication>
#include <QHeaderView>
#include <QStyle>
#include <QTest>

using namespace foliot;
using namespace foliot::gui;

class TestSourceTable : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void textsKeepOffTheLinesBetweenTheColumns()
    {
        QApplication::setStyle(QStringLiteral("Fusion"));
        SourceModel model;
        SourceTable table;
        table.setModel(&model);
        table.fitColumns();
        const QHeaderView& header = *table.header();
        for (int column = 0; column < SourceModel::PictureColumn; ++column) {
            const QString heading = model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
            const int text = header.fontMetrics().horizontalAdvance(heading);
            QVERIFY2(header.sectionSize(column) >= text + 12, qPrintable(heading));
        }
        QStyleOptionHeader option;
        option.rect = QRect(0, 0, 100, 30);
        const QRect label = header.style()->subElementRect(QStyle::SE_HeaderLabel, &option, &header);
        QVERIFY(label.left() >= 6 && label.right() <= 100 - 6);
        // Cells begin where their headings do: QCommonStyle adds one.
        QCOMPARE(table.style()->pixelMetric(QStyle::PM_FocusFrameHMargin, nullptr, &table) + 1, label.left());
    }
};

QTEST_MAIN(TestSourceTable)
#include "test_source_table.moc"
